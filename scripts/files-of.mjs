import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Files below `folder` with their bytes, by their path in a zip below `below`. */
export function filesOf(folder, below) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [[below, ...path.relative(folder, file).split(path.sep)].join('/'), readFileSync(file)]);
}
