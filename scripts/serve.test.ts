// The server of `make run`: whatever is asked of it, it answers, and goes on.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from './serve.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'atelier-serve-'));
const text = 'abcdefghij';
let server: Server;
let port: number;
beforeAll(async () => {
  writeFileSync(path.join(folder, 'file.txt'), text);
  writeFileSync(path.join(folder, 'empty.txt'), '');
  mkdirSync(path.join(folder, 'page'));
  writeFileSync(path.join(folder, 'page/room-loss-B8Cii0ld.js'), '');
  writeFileSync(path.join(folder, 'page/files.json'), '{}');
  server = await serve(folder, 0);
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** What comes back for bytes put on the line as they are: no client tidies them up. */
function sent(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const asked = (file: string, headers: string[] = []) =>
  sent([`GET ${file} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'));
const body = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4);
const status = (answer: string) => Number(answer.split(' ')[1]);

test.each([
  ['bytes=2-4', 206, 'cde'],
  ['bytes=7-', 206, 'hij'],
  ['bytes=0-99', 206, text],
  ['bytes=10-', 416, ''],
  // What cannot be served as a part is served whole.
  ['bytes=5-2', 200, text],
  ['bytes=0-18446744073709551615', 200, text],
  ['bytes=18446744073709551615-', 200, text],
  ['bytes=0-0', 200, text],
  ['bytes=-3', 200, text],
  ['bytes=0-1,4-5', 200, text],
  ['bytes=-', 200, text],
  ['bytes=a-b', 200, text],
  ['lines=1-2', 200, text],
  ['', 200, text],
] as const)('a Range of %s', async (range, code, part) => {
  const answer = await asked('/file.txt', [`Range: ${range}`]);
  expect([status(answer), body(answer)]).toEqual([code, part]);
});

test.each(['/empty.txt', '/%00', '/%zz', '/../../etc/passwd', '/.%2e/', '//', '/file.txt/', '/?', '/no.txt'])(
  'a path of %s has an answer',
  async (file) => {
    for (const headers of [[], ['Range: bytes=0-'], ['Range: bytes=5-2'], ['If-None-Match: "x"']]) {
      expect(status(await asked(file, headers)), headers.join()).toBeGreaterThanOrEqual(200);
    }
  },
);

test('a file that cannot be read breaks off its own answer only', async () => {
  // Listed as a file, and not to be opened: a socket.
  const plug = createServer();
  await new Promise<void>((resolve) => plug.listen(path.join(folder, 'plug'), resolve));
  expect(body(await asked('/plug'))).toBe('');
  await new Promise((resolve) => plug.close(resolve));
  expect(body(await asked('/file.txt'))).toBe(text);
});

test.each([
  ['/page/room-loss-B8Cii0ld.js', 'immutable'],
  ['/page/files.json', 'no-cache'],
  ['/file.txt', 'no-cache'],
])('%s is kept by the browser as %s', async (file, wanted) => {
  const answer = await asked(file);
  expect(/^Cache-Control: (.*)$/im.exec(answer)?.[1]).toContain(wanted);
});
