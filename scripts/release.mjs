// What a release is made of, from the built page: node scripts/release.mjs TAG FOLDER
//
// FOLDER gets the page as a zip for any static host, and what CHANGELOG.md says of the version.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { parse } from 'smol-toml';
import { filesOf } from './files-of.mjs';

const root = path.resolve(import.meta.dirname, '..');
const text = (name) => readFileSync(path.join(root, name), 'utf8');
const [tag, folder] = process.argv.slice(2);

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

if (!tag || !folder) stop('usage: node scripts/release.mjs TAG FOLDER');
const { version } = parse(text('Cargo.toml')).package;
if (tag !== `v${version}`)
  stop(`The tag is ${tag}, but Cargo.toml says ${version}: a release has v${version}.`);
const chapters = text('CHANGELOG.md').split(/^## /m);
const notes = chapters.find((chapter) => chapter.startsWith(`${version}\n`));
if (!notes) stop(`CHANGELOG.md has no chapter “## ${version}”.`);

const files = Object.fromEntries([
  ['atelier/LICENSE', readFileSync(path.join(root, 'LICENSE'))],
  ...filesOf(path.join(root, 'dist'), 'atelier'),
]);
// Data sets are compressed already.
for (const [name, bytes] of Object.entries(files))
  if (name.endsWith('.gz')) files[name] = [bytes, { level: 0 }];
const zip = zipSync(files, { level: 9 });
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, `atelier-${version}.zip`), zip);
writeFileSync(path.join(folder, 'notes.md'), notes.slice(version.length).trim() + '\n');
console.log(
  `atelier-${version}.zip: ${(zip.length / 1e6).toFixed(1)} MB, ${Object.keys(files).length} files`,
);
