// Data files from hosts of other habits, and over lines that break: a real server, a real browser.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handler } from '../../scripts/serve.mjs';
import { dataReady, openHouse, type House } from './support';

const dist = path.resolve(import.meta.dirname, '../../dist');
const FILE = '/fashion-mnist/train-images-idx3-ubyte.gz';
const bytes = readFileSync(path.join(dist, FILE));

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => boolean;

/** Serves the page; `answer` may take over requests for the training images. */
async function serveWith(
  answer: Answer,
): Promise<{ server: Server; origin: string; ranges: (string | undefined)[] }> {
  const usual = handler(dist);
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url === FILE) {
      ranges.push(request.headers.range);
      if (answer(request, response, ranges.length)) return;
    }
    usual(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges };
}

/** Sends the first half, then cuts the line. */
function half(response: ServerResponse, etag: string) {
  response.writeHead(200, { 'Content-Length': bytes.length, ETag: etag });
  response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 100));
}

async function visit(origin: string): Promise<Page> {
  const context = await house.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${origin}/?lang=en#/data`);
  return page;
}

it('loads from a host that declares the files as encoded, so that the browser decompresses them', async () => {
  const usual = handler(dist);
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('.gz')) return usual(request, response);
    const body = readFileSync(path.join(dist, request.url));
    response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': body.length });
    return response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await dataReady(page);
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.context().close();
  server.close();
});

/** The file with one byte in its middle turned over: an inflater finds it there, or at the check sum. */
function damaged(): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length / 2] = ~(bytes[bytes.length / 2] ?? 0);
  return copy;
}

const unusable: [string, number, Buffer, string][] = [
  [
    'a web page',
    200,
    Buffer.from('<!doctype html><title>Not here</title>'),
    'is a web page, not an IDX file.',
  ],
  ['nothing', 404, Buffer.from('Not found'), 'is not on the server (404).'],
  [
    'half of it, promised as the whole',
    200,
    bytes.subarray(0, bytes.length / 2),
    'is cut short: its gzip data ends too early.',
  ],
  ['a damaged copy', 200, damaged(), 'is damaged: its gzip data cannot be decompressed.'],
];
it.each(unusable)('names what is wrong with %s in a file’s place', async (_, status, body, sentence) => {
  const { server, origin } = await serveWith((_, response) => {
    response.writeHead(status, { 'Content-Length': body.length });
    response.end(body);
    return true;
  });
  const page = await visit(origin);
  await page
    .getByRole('alert')
    .filter({ hasText: `train-images-idx3-ubyte.gz ${sentence}` })
    .getByRole('button', { name: 'Try again' })
    .waitFor();
  await page.context().close();
  server.close();
});

it('goes on by itself from where it stopped', async () => {
  // The first answer carries no tag: the sizes decide whether the rest is of the same file.
  const { server, origin, ranges } = await serveWith((_, response, count) => {
    if (count > 1) return false;
    response.writeHead(200, { 'Content-Length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 100));
    return true;
  });
  const page = await visit(origin);
  await dataReady(page);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(ranges[0]).toBeUndefined();
  expect(ranges[1]).toMatch(/^bytes=\d+-$/);
  const start = Number(ranges[1]?.slice('bytes='.length, -1));
  expect(start).toBeGreaterThan(1_000_000);
  expect(start).toBeLessThanOrEqual(bytes.length / 2);
  await page.context().close();
  server.close();
});

it('says how far it came when the line stays dead, and goes on from there at a click', async () => {
  let dead = true;
  const { server, origin, ranges } = await serveWith((request, response, count) => {
    if (count === 1) half(response, '"one"');
    else if (dead) request.socket.destroy();
    else {
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1]);
      expect(request.headers['if-range']).toBe('"one"');
      const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, {
        ETag: '"one"',
        'Content-Range': range,
        'Content-Length': bytes.length - start,
      });
      response.end(bytes.subarray(start));
    }
    return true;
  });
  const page = await visit(origin);
  const alert = page.getByRole('alert').filter({
    hasText:
      /train-images-idx3-ubyte\.gz stopped arriving after [\d,]+ of 26,421,856 bytes: the connection was lost\./,
  });
  await alert.waitFor({ timeout: 30_000 });
  // What arrived can be looked at: the first half, in the order of the file.
  await page.getByRole('figure', { name: 'Images' }).getByText('#29').waitFor();
  dead = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await dataReady(page);
  expect(ranges.at(-1)).toBe(ranges[1]);
  // And the halves were joined at the right byte: the last image is the file's.
  await page.goto(`${origin}/?lang=en#/data?image=59999`);
  await dataReady(page);
  const last = [...gunzipSync(bytes).subarray(-784)];
  await expect
    .poll(async () =>
      (await page.getByRole('table', { name: 'Pixels' }).locator('tbody td').allTextContents()).map(Number),
    )
    .toEqual(last);
  await page.context().close();
  server.close();
});
