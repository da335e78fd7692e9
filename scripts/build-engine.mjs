// Builds the engine with wasm-pack, from the arguments recorded in wasm-pack.toml.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'smol-toml';

const root = path.resolve(import.meta.dirname, '..');
const recorded = parse(readFileSync(path.join(root, 'wasm-pack.toml'), 'utf8'));
const features = recorded.features.length > 0 ? ['--features', recorded.features.join(',')] : [];
const output = ['--out-dir', recorded['out-dir'], '--out-name', recorded['out-name'], '--no-pack'];

execFileSync(
  'wasm-pack',
  [
    'build',
    '--target',
    recorded.target,
    `--${recorded.profile}`,
    ...output,
    '.',
    '--',
    '--locked',
    ...features,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    // wasm-opt comes from the npm package binaryen.
    env: {
      ...process.env,
      PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
    },
  },
);

const wasm = path.join(root, recorded['out-dir'], `${recorded['out-name']}_bg.wasm`);
const zipped = gzipSync(readFileSync(wasm), { level: 9 }).length;
const kibibytes = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
console.log(`engine: ${kibibytes(statSync(wasm).size)} raw, ${kibibytes(zipped)} gzipped`);
