// Gives the service worker the list of the files that the page is made of.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

/** The service worker's script: its place is its scope, so it lies beside index.html, and its name stays. */
export const SERVICE_WORKER = 'service-worker.js';

/** What the page is not made of: data sets are kept when they are fetched, and nobody opens texts without a line. */
const IS_NO_PART = /^(fashion-mnist|mnist)\/|\.md$|SHA256SUMS$|^service-worker\.js$/;

/** Each file below `folder` that belongs to the page, with a digest of its bytes, in order of its path. */
export function pageFiles(folder: string): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !IS_NO_PART.test(name))
    .sort();
  return Object.fromEntries(all.map((name) => [name, digestOf(readFileSync(path.join(folder, name)))]));
}

function digestOf(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** Names a version by its files. */
export const versionOf = (files: Record<string, string>) => digestOf(JSON.stringify(files));

/** The script with its list in it; another list makes another script, by which browsers notice a new version. */
export function withFiles(script: string, files: Record<string, string>): string {
  return script
    .replaceAll('__FILES__', JSON.stringify(files))
    .replaceAll('__VERSION__', JSON.stringify(versionOf(files)));
}

export function offline(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'atelier-offline',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    // When every file is written, those that are only copied too.
    closeBundle: {
      order: 'post',
      handler() {
        const folder = path.resolve(config.root, config.build.outDir);
        const script = path.join(folder, SERVICE_WORKER);
        writeFileSync(script, withFiles(readFileSync(script, 'utf8'), pageFiles(folder)));
      },
    },
  };
}
