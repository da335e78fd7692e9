// The engine outside: packed, installed into an empty folder, and used there as its README and the examples say.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { openHouse, type House } from './support';

const root = path.resolve(import.meta.dirname, '../..');
const text = (name: string) => readFileSync(path.join(root, name), 'utf8');
const hashes = JSON.parse(text('tests/fixtures/weights_hash.json')) as { course: string };
const FILES = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'];

/** How the programs below begin. */
const IN_NODE = `
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import init, { DataSet, IdxReader, OneStep, Trainer } from 'atelier-engine';
await init();
const read = (kind, name) => {
  const reader = new IdxReader(name, kind);
  reader.feed(gunzipSync(readFileSync(name)));
  return reader;
};
const clothes = new DataSet(read('images', '${FILES[0]}'), read('labels', '${FILES[1]}'), [...'0123456789']);
`;

let house: House;
let server: Server;
let origin: string;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  folder = mkdtempSync(path.join(tmpdir(), 'atelier-outside-'));
  execFileSync('node', [path.join(root, 'scripts/package.mjs'), folder], { stdio: 'ignore' });
  const [tarball = 'no tarball'] = readdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], {
    cwd: folder,
    stdio: 'ignore',
  });
  for (const name of FILES)
    symlinkSync(path.join(root, 'assets/fashion-mnist', name), path.join(folder, name));
  server = await serve(folder, 0);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await house.close();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** What a program prints that has the package installed. */
function inNode(program: string): unknown {
  writeFileSync(path.join(folder, 'program.js'), IN_NODE + program);
  return JSON.parse(execFileSync('node', ['program.js'], { cwd: folder, encoding: 'utf8' }));
}

async function open(html: string): Promise<Page> {
  writeFileSync(path.join(folder, 'page.html'), html);
  const page = await house.browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`another origin: ${request.url()}`);
  });
  await page.goto(`${origin}/page.html`);
  return page;
}

const readme = () => readFileSync(path.join(folder, 'node_modules/atelier-engine/README.md'), 'utf8');

test('an epoch in Node ends at the fingerprint that a native build ends at', () => {
  const hash = inNode(`
    const trainer = new Trainer(clothes, { seed: 42 });
    trainer.run(Infinity, 1);
    console.log(JSON.stringify(trainer.weightsHash()));`);
  expect(hash).toBe(hashes.course);
});

test("the README's page of twenty lines trains in Chromium as in Node", async () => {
  const html = /```html\n([\s\S]*?)```/.exec(readme())?.[1] ?? '';
  expect(html.trimEnd().split('\n')).toHaveLength(20);
  const page = await open(html);
  await page.getByText('"stopped": {').waitFor();
  const shown = JSON.parse((await page.locator('pre').textContent()) ?? '') as unknown[];
  const computed = inNode(`
    const trainer = new Trainer(clothes, { epochs: 3, seed: 42 });
    trainer.run(Infinity);
    console.log(JSON.stringify([...trainer.history(), trainer.report()]));`) as {
    validationAccuracy: number;
  }[];
  expect(shown).toEqual(computed);
  expect(computed).toHaveLength(4);
  expect(computed[2]?.validationAccuracy).toBeGreaterThan(0.8);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the example trains, steps, goes back to the bit and finds its gradients right', async () => {
  const page = await open(text('examples/first_steps.html'));
  const said = page.getByRole('listitem');
  await said.filter({ hasText: 'gradients' }).waitFor();
  const [trained, stepped, back, checked] = await said.allTextContents();
  const computed = inNode(`
    const trainer = new Trainer(clothes, { hidden: [{ units: 32, activation: 'relu' }], seed: 42 });
    const loss = trainer.runSteps(100).loss.toFixed(4);
    const hash = trainer.weightsHash();
    console.log(JSON.stringify({ loss, hash, next: (trainer.step(), trainer.weightsHash()) }));`) as {
    loss: string;
    hash: string;
    next: string;
  };
  expect(computed.next).not.toBe(computed.hash);
  expect(trained).toBe(`after 100 steps the loss is ${computed.loss}`);
  expect(stepped).toContain(`the weights ${computed.hash} are now ${computed.next}`);
  expect(back).toBe(`back at step 100, the weights are ${computed.hash}`);
  expect(checked).toMatch(/^of [1-9]\d+ gradients [1-9]\d+ agree and 0 differ$/);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the types know every name of the public face, by Node’s rules and by a bundler’s', () => {
  const table = readme()
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const names = table.flatMap((row) =>
    [...(row.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(names).toContain('Trainer');
  writeFileSync(
    path.join(folder, 'uses.ts'),
    `import init, { ${names.join(', ')} } from 'atelier-engine';
     await init();
     const refused: EngineError | undefined = (new Error() as Error & { record?: EngineError }).record;
     export type Known = [typeof Trainer, Report, typeof refused];`,
  );
  const tsc = path.join(root, 'node_modules/.bin/tsc');
  for (const rules of ['--module nodenext', '--module esnext --moduleResolution bundler']) {
    const given = ['--noEmit', '--strict', '--target', 'es2022', ...rules.split(' '), 'uses.ts'];
    expect(spawnSync(tsc, given, { cwd: folder, encoding: 'utf8' }).stdout, rules).toBe('');
  }
});

test.each(['first_steps.html', 'first_steps.rs'])('%s has less than sixty lines', (name) => {
  expect(text(`examples/${name}`).trimEnd().split('\n').length).toBeLessThan(60);
});
