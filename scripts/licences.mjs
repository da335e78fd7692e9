// Lists what is shipped, with licences: node scripts/licences.mjs [--check]
//
// www/shell/parts.json   names, versions and licences, which the page's About shows
// assets/licences.txt    the licences' texts, beside the page and in the npm package
//
// The page's packages are those that its build has code of; the engine's are the crates of its WebAssembly build.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'smol-toml';
import * as prettier from 'prettier';
import { isAccepted } from './spdx.mjs';

const root = path.resolve(import.meta.dirname, '..');
const at = (name) => path.join(root, name);
const text = (name) => readFileSync(at(name), 'utf8');
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1);

/** What the page's bundles have code of, found by building it. */
function pagePackages() {
  const folder = mkdtempSync(path.join(tmpdir(), 'atelier-licences-'));
  try {
    const found = path.join(folder, 'found.json');
    execFileSync(
      at('node_modules/.bin/vite'),
      ['build', '--outDir', path.join(folder, 'page'), '--logLevel', 'error'],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ATELIER_SHIPPED: found },
      },
    );
    return JSON.parse(readFileSync(found, 'utf8')).map((name) => {
      const folder = at(`node_modules/${name}`);
      const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      return { name, version, licence: license, folder };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Crates that the engine is compiled from: those of builds and macros leave no code of their own. */
function engineCrates() {
  const given = [
    'metadata',
    '--format-version',
    '1',
    '--locked',
    '--filter-platform',
    'wasm32-unknown-unknown',
  ];
  const metadata = JSON.parse(
    execFileSync('cargo', given, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
  const packages = new Map(metadata.packages.map((each) => [each.id, each]));
  const nodes = new Map(metadata.resolve.nodes.map((each) => [each.id, each]));
  const seen = new Set();
  const visit = (id) => {
    const isMacro = packages.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
    if (isMacro || seen.has(id)) return;
    seen.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps)
      if (kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  visit(metadata.resolve.root);
  seen.delete(metadata.resolve.root);
  return [...seen].map((id) => {
    const { name, version, license, manifest_path } = packages.get(id);
    return { name, version, licence: license.replaceAll('/', ' OR '), folder: path.dirname(manifest_path) };
  });
}

/** Rust's own library is in the engine as well; its texts are kept here, for not every toolchain brings them. */
const standardLibrary = {
  name: 'Rust standard library',
  version: parse(text('rust-toolchain.toml')).toolchain.channel,
  licence: 'MIT OR Apache-2.0',
  folder: at('scripts/licences/rust'),
};

/** The data sets, by what is written beside them. */
const dataSets = ['assets/fashion-mnist', 'assets/mnist', 'tests/fixtures/pen-digits'].map((folder) => {
  const licence = /^(?:- Licence:|\| licence \|) (.+?), see `LICENSE`/m.exec(
    text(`${folder}/README.md`),
  )?.[1];
  if (!licence) throw new Error(`${folder}/README.md names no licence`);
  return { name: path.basename(folder), licence, folder: at(folder) };
});

/** A package's licence texts: MIT's where one may choose it, else all that there are. */
function textsOf({ name, folder }) {
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|unlicense)/i.test(file))
    .sort();
  const chosen = files.some((file) => /mit/i.test(file))
    ? files.filter((file) => /mit|unicode|notice/i.test(file))
    : files;
  if (chosen.length === 0) throw new Error(`${name} has no text of its licence`);
  return chosen.map((file) =>
    readFileSync(path.join(folder, file), 'utf8')
      .replaceAll('\r\n', '\n')
      // What a tool is itself made of is in the tool, not in what its helpers leave in the page.
      .replace(/^# Licenses of bundled dependencies[^]*/m, '')
      .trim(),
  );
}

/** All texts, each once, below the names that it is of. */
function allTexts(packages) {
  const owners = new Map();
  for (const each of packages)
    for (const text of textsOf(each))
      owners.set(text, [...(owners.get(text) ?? []), [each.name, each.version].join(' ').trim()]);
  const line = '='.repeat(80);
  const chapters = [...owners].map(([text, names]) => `${line}\n${names.join(', ')}\n${line}\n\n${text}\n`);
  return `What Atelier is made of, beside its own code, and under which licences.\n\n${chapters.join('\n')}`;
}

const page = pagePackages().sort(byName);
const engine = [...engineCrates(), standardLibrary].sort(byName);
const refused = [...page, ...engine].filter(({ licence }) => !isAccepted(licence));
for (const { name, version, licence } of refused)
  console.error(
    `${name} ${version} is under ${licence ?? 'no licence'}, which scripts/spdx.mjs does not know`,
  );
if (refused.length > 0) process.exit(1);

const shown = (packages) => packages.map(({ name, version, licence }) => ({ name, version, licence }));
const list = 'www/shell/parts.json';
const options = { ...(await prettier.resolveConfig(at(list))), filepath: at(list) };
const files = {
  [list]: await prettier.format(
    JSON.stringify({ data: shown(dataSets), page: shown(page), engine: shown(engine) }),
    options,
  ),
  'assets/licences.txt': allTexts([...dataSets, ...page, ...engine]),
};
if (process.argv.includes('--check')) {
  const old = Object.keys(files).filter((name) => files[name] !== text(name));
  for (const name of old) console.error(`${name} is not what is shipped: run make licences`);
  process.exit(old.length > 0 ? 1 : 0);
}
for (const [name, contents] of Object.entries(files)) writeFileSync(at(name), contents);
console.log(`${page.length} packages in the page, ${engine.length} in the engine, every licence accepted`);
