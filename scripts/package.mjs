// Packs the built engine as an npm package: node scripts/package.mjs [FOLDER]
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'smol-toml';

const root = path.resolve(import.meta.dirname, '..');
const at = (name) => path.join(root, name);
const text = (name) => readFileSync(at(name), 'utf8');
const [output = at('dist-package')] = process.argv.slice(2);

/** The public face as the crate's documentation has it: its rows, without the column of Rust. */
function publicFace() {
  const rows = text('src/lib.rs').match(/^\/\/! \| to \| Rust \| npm \|\n(?:\/\/! \|.*\n)+/m);
  if (!rows) throw new Error('src/lib.rs has no table of the public face');
  const cells = rows[0]
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  return cells.map(([, to, , npm]) => `| ${to} | ${npm} |`).join('\n');
}

const FILES = {
  'www/engine/pkg': ['atelier.js', 'atelier.d.ts', 'atelier_bg.wasm', 'atelier_bg.wasm.d.ts'],
  npm: ['node.js'],
  assets: ['licences.txt'],
  '.': ['LICENSE'],
};

const folder = mkdtempSync(path.join(tmpdir(), 'atelier-package-'));
try {
  for (const [from, names] of Object.entries(FILES))
    for (const name of names) copyFileSync(path.join(root, from, name), path.join(folder, name));
  // `using` frees an engine's object; TypeScript asks by name for what it needs to know of it.
  const types = path.join(folder, 'atelier.d.ts');
  writeFileSync(types, `/// <reference lib="esnext.disposable" />\n${readFileSync(types, 'utf8')}`);
  const { version } = parse(text('Cargo.toml')).package;
  const described = { ...JSON.parse(text('npm/package.json')), version };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
  const readme = text('npm/README.md').replace('<!-- the public face -->', publicFace());
  writeFileSync(path.join(folder, 'README.md'), readme);
  mkdirSync(output, { recursive: true });
  const packed = execFileSync('npm', ['pack', folder, '--pack-destination', output, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [{ filename, size }] = JSON.parse(packed);
  console.log(`${path.join(output, filename)}: ${(size / 1e3).toFixed(0)} kB`);
} finally {
  rmSync(folder, { recursive: true });
}
