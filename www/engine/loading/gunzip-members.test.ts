import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { LoadFailure } from './failure';
import { gunzipMembers } from './gunzip-members';
import { gzip, images } from './support';

async function unzipped(body: Uint8Array, piece: number): Promise<Buffer> {
  async function* pieces() {
    for (let at = 0; at < body.length; at += piece) yield Uint8Array.from(body.subarray(at, at + piece));
  }
  const parts: Uint8Array[] = [];
  for await (const part of gunzipMembers(pieces(), 'it.gz')) {
    // Memory is bounded by the pieces, whatever the file holds.
    expect(part.length).toBeLessThanOrEqual(65_536);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function problemOf(body: Uint8Array, piece: number) {
  const error = await unzipped(body, piece).then(
    () => expect.fail('it was read'),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(LoadFailure);
  return (error as LoadFailure).problem.kind;
}

const plain = images(30);
const [one, two] = [plain.subarray(0, 10_000), plain.subarray(10_000)];
const zeros = Buffer.alloc(700);
const PIECES = [1, 1000, 1_000_000];

describe.each(PIECES)('in pieces of %i bytes', (piece) => {
  it.each([
    ['one member', gzip(plain)],
    ['two members', Buffer.concat([gzip(one), gzip(two)])],
    ['an empty member between', Buffer.concat([gzip(one), gzip(Buffer.alloc(0)), gzip(two)])],
    ['zeros after the end', Buffer.concat([gzip(plain), zeros])],
    ['zeros between members', Buffer.concat([gzip(one), zeros, gzip(two), zeros])],
  ])('reads %s', async (_, body) => {
    expect((await unzipped(body, piece)).equals(plain)).toBe(true);
  });

  it.each([
    ['what is cut short', gzip(plain).subarray(0, 5000), 'truncated-gzip'],
    ['what is cut short in its last bytes', gzip(plain).subarray(0, -1), 'truncated-gzip'],
    [
      'a second member that is cut short',
      Buffer.concat([gzip(one), gzip(two).subarray(0, 50)]),
      'truncated-gzip',
    ],
    ['an impossible block', changed(gzip(plain), 10, 0xff), 'damaged-gzip'],
    ['one wrong byte, which only the checksum tells', changed(gzip(plain), 5000), 'damaged-gzip'],
    ['something else after the end', Buffer.concat([gzip(plain), Buffer.from('hello')]), 'after-gzip'],
  ])('refuses %s', async (_, body, problem) => {
    expect(await problemOf(body, piece)).toBe(problem);
  });
});

it('reads what gzip itself makes of two files', async () => {
  const zipped = (bytes: Buffer) => execFileSync('gzip', ['-c'], { input: bytes });
  const body = Buffer.concat([zipped(one), zipped(two)]);
  expect((await unzipped(body, 4096)).equals(plain)).toBe(true);
});

it('holds a piece at a time of what would fill the memory', async () => {
  // 256 MB of zeros in a quarter of one.
  const body = gzip(Buffer.alloc(1 << 24));
  async function* pieces() {
    yield Uint8Array.from(Buffer.concat(Array.from({ length: 16 }, () => body)));
  }
  const before = process.memoryUsage().arrayBuffers;
  let [most, length] = [0, 0];
  for await (const part of gunzipMembers(pieces(), 'bomb.gz')) {
    length += part.length;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  expect(length).toBe(2 ** 28);
  // What waits to be collected, not what is held.
  expect(most).toBeLessThan(1e8);
}, 60_000);

function changed(body: Buffer, at: number, to = (body[at] ?? 0) ^ 1): Buffer {
  const copy = Buffer.from(body);
  copy[at] = to;
  return copy;
}
