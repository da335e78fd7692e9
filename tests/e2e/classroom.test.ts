// The zip for rooms without a line: unpacked, started with what a machine has, it serves a page that works.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataReady, openHouse, type House } from './support';
import { button, finished } from './train-room';

let house: House;
let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  house = await openHouse();
  folder = mkdtempSync(path.join(tmpdir(), 'atelier-'));
  const zip = path.join(folder, 'classroom.zip');
  execFileSync('node', [path.resolve(import.meta.dirname, '../../scripts/classroom.mjs'), zip]);
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
});
afterAll(async () => {
  for (const each of started) each.kill();
  await house.close();
  rmSync(folder, { recursive: true });
});

/** A port that nobody listens on. */
function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(String(port)));
    });
  });
}

/** Starts a server of the zip and waits for what it prints; resolves to the addresses in it. */
function start(command: string, given: string[], addresses: number): Promise<string[]> {
  const server = spawn(command, given, { cwd: path.join(folder, 'atelier') });
  started.push(server);
  let printed = '';
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.stdout.on('data', (text: Buffer) => {
      printed += text.toString();
      const found = printed.match(/http:\/\/[^\s]+:\d+/g) ?? [];
      if (found.length >= addresses) resolve(found);
    });
    server.on('exit', () => reject(new Error(`it ended: ${printed}`)));
  });
}

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const network = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal);

test.skipIf(!hasPython)('Python serves it', async () => {
  const [origin = ''] = await start('python3', ['serve.py', '--quiet', '--port', await freePort()], 1);
  await trains(origin);
  const answer = await fetch(`${origin}/page/../fashion-mnist/train-labels-idx1-ubyte.gz`);
  expect(answer.headers.get('content-type')).toBe('application/gzip');
  expect((await fetch(`${origin}/../serve.py`)).status).toBe(404);
});

test('Node serves it, and nothing beside it', async () => {
  const [origin = ''] = await start('node', ['serve.mjs', '--port', await freePort()], 1);
  await trains(origin);
  for (const outside of ['/..%2fserve.mjs', '/%00', '/%', '/page', '//elsewhere/index.html/..%2f..%2f'])
    expect((await fetch(`${origin}${outside}`)).status, outside).toBe(404);
});

test.skipIf(!network)('another device in the room trains too, though its browser keeps nothing', async () => {
  const port = await freePort();
  await start('node', ['serve.mjs', '--everyone', '--port', port], 2);
  const page = await trains(`http://${network?.address}:${port}`);
  await page.goto(`http://${network?.address}:${port}/?lang=en#/data`);
  await page.getByText('This browser keeps nothing here').waitFor();
  await page.close();
});

async function trains(origin: string) {
  const context = await house.browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${origin}/?lang=en#/train?images=1000&epochs=1`);
  await dataReady(page);
  await button(page, 'Play').click();
  await finished(page);
  expect(errors).toEqual([]);
  return page;
}
