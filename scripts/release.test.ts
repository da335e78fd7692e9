import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const version = /^version = "(.+)"$/m.exec(readFileSync(path.join(root, 'Cargo.toml'), 'utf8'))?.[1];
const folder = mkdtempSync(path.join(tmpdir(), 'atelier-release-'));
afterAll(() => rmSync(folder, { recursive: true }));

const release = (...given: string[]) =>
  spawnSync('node', [path.join(root, 'scripts/release.mjs'), ...given], { encoding: 'utf8' });

test('a tag that is not the version makes no release', () => {
  const { status, stderr } = release('v99.0.0', folder);
  expect(status).toBe(1);
  expect(stderr).toBe(`The tag is v99.0.0, but Cargo.toml says ${version}: a release has v${version}.\n`);
});

test.skipIf(!existsSync(path.join(root, 'dist/index.html')))(
  'a release has the page and what changed',
  () => {
    expect(release(`v${version}`, folder).status).toBe(0);
    const files = unzipSync(readFileSync(path.join(folder, `atelier-${version}.zip`)));
    for (const name of [
      'LICENSE',
      'index.html',
      'licences.txt',
      'fashion-mnist/train-images-idx3-ubyte.gz',
    ]) {
      const original = name === 'LICENSE' ? 'LICENSE' : `dist/${name}`;
      const same = Buffer.compare(
        files[`atelier/${name}`] ?? Buffer.of(),
        readFileSync(path.join(root, original)),
      );
      expect(same, name).toBe(0);
    }
    expect(readFileSync(path.join(folder, 'notes.md'), 'utf8')).toMatch(/^- \S/);
  },
);
