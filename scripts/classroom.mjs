// Packs the built page with a server of one file: node scripts/classroom.mjs OUTPUT.zip
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { filesOf } from './files-of.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [output = 'dist-classroom/atelier-classroom.zip'] = process.argv.slice(2);

const MAY_RUN = { os: 3, attrs: 0o100755 << 16 };
const start = readFileSync(path.join(root, 'classroom/start.sh'));
const files = Object.fromEntries([
  ...filesOf(path.join(root, 'classroom'), 'atelier'),
  ['atelier/LICENSE', readFileSync(path.join(root, 'LICENSE'))],
  ...filesOf(path.join(root, 'dist'), 'atelier/page'),
]);
// What is double-clicked on macOS has another name.
files['atelier/start.command'] = [start, MAY_RUN];
files['atelier/start.sh'] = [start, MAY_RUN];
// Data sets are compressed already.
for (const [name, bytes] of Object.entries(files))
  if (name.endsWith('.gz')) files[name] = [bytes, { level: 0 }];

mkdirSync(path.dirname(path.resolve(output)), { recursive: true });
const zip = zipSync(files, { level: 9 });
writeFileSync(output, zip);
console.log(`${output}: ${(zip.length / 1e6).toFixed(1)} MB, ${Object.keys(files).length} files`);
