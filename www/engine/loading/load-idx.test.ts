import { describe, expect, it } from 'vitest';
import { LoadFailure } from './failure';
import { loadIdx, type FileProgress, type LoadOptions } from './load-idx';
import { readOwnFile } from './own-files';
import { gzip, images, labels, reader, server, type Served } from './support';

const URL_OF = { images: 'data/train-images.gz', labels: 'data/train-labels.gz' };
const whole = (body: Uint8Array): Served => ({
  body,
  headers: { 'content-length': String(body.length), etag: '"1"' },
});

async function load(kind: 'images' | 'labels', given: ReturnType<typeof server>, options: LoadOptions = {}) {
  const into = reader(`train-${kind}.gz`, kind);
  await loadIdx(URL_OF[kind], into, { fetch: given.fetch, waits: [], ...options });
  return into;
}

async function failureOf(promise: Promise<unknown>): Promise<LoadFailure> {
  const error = await promise.then(
    () => expect.fail('it loaded'),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(LoadFailure);
  return error as LoadFailure;
}

describe('a file that is in order', () => {
  it('loads gzipped or not, in pieces of any size, with the same items', async () => {
    const plain = images(5);
    for (const body of [plain, gzip(plain)]) {
      for (const piece of [1, 7, 100_000]) {
        const into = await load('images', server({ ...whole(body), piece }));
        expect([into.received, into.total]).toEqual([5, 5]);
      }
    }
  });

  it('tells bytes and items as they arrive, and ends with all of them', async () => {
    const body = gzip(images(40));
    const seen: FileProgress[] = [];
    await load('images', server({ ...whole(body), piece: 2000 }), { onProgress: (now) => seen.push(now) });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.some((now) => now.itemsReceived > 0 && now.itemsReceived < 40)).toBe(true);
    expect(seen.at(-1)).toEqual({
      file: 'train-images.gz',
      bytesReceived: body.length,
      bytesTotal: body.length,
      itemsReceived: 40,
      itemsTotal: 40,
    });
    for (const [index, now] of seen.slice(1).entries()) {
      expect(now.itemsReceived).toBeGreaterThanOrEqual(seen[index]?.itemsReceived ?? 0);
    }
  });

  it('loads from a host that decompressed it on the way, where Content-Length is of other bytes', async () => {
    const body = images(3);
    const headers = { 'content-encoding': 'gzip', 'content-length': '17' };
    const seen: FileProgress[] = [];
    const into = await load('images', server({ body, headers }), { onProgress: (now) => seen.push(now) });
    expect(into.received).toBe(3);
    expect(seen.at(-1)?.bytesTotal).toBeNull();
  });

  it('loads from the disk of the visitor', async () => {
    const into = reader('mine.gz', 'labels');
    await readOwnFile(new File([Uint8Array.from(gzip(labels(12)))], 'mine.gz'), into);
    expect(into.received).toBe(12);
  });
});

describe('a file that is not, by name and with what is wrong', () => {
  const cases: [string, 'images' | 'labels', Served, string, string][] = [
    ['404', 'images', { status: 404, body: Buffer.from('no') }, 'missing', 'is not there (404).'],
    [
      '403',
      'images',
      { status: 403, body: Buffer.from('no') },
      'refused',
      'was refused by the server (403).',
    ],
    [
      'an HTML page',
      'images',
      whole(Buffer.from('<!doctype html><p>Hello')),
      'web-page',
      'is a web page, not an IDX file.',
    ],
    [
      'an HTML page, gzipped',
      'labels',
      whole(gzip(Buffer.from('<html>'))),
      'web-page',
      'is a web page, not an IDX file.',
    ],
    [
      'labels for images',
      'images',
      whole(gzip(labels(3))),
      'wrong-dimensions',
      'has 1 dimension(s), but 3 are needed',
    ],
    [
      'another format',
      'labels',
      whole(Buffer.from('PK\x03\x04 zip')),
      'wrong-magic',
      'starts with the magic number',
    ],
    [
      'gzip cut short',
      'images',
      whole(gzip(images(9)).subarray(0, 3000)),
      'truncated-gzip',
      'is cut short: its gzip data ends too early.',
    ],
    [
      'damaged gzip',
      'images',
      { ...whole(damaged(gzip(images(9)))), piece: 500 },
      'damaged-gzip',
      'is damaged: its gzip data cannot be decompressed.',
    ],
    [
      'fewer items than promised',
      'images',
      whole(gzip(images(9).subarray(0, 16 + 784 * 4 + 9))),
      'too-short',
      'is too short: its header says 9, but only 4 arrived whole.',
    ],
    [
      'more than promised',
      'labels',
      whole(Buffer.concat([labels(9), labels(1)])),
      'too-long',
      'is too long: bytes follow after the 9 its header says.',
    ],
    ['nothing', 'labels', whole(Buffer.alloc(0)), 'header-cut', 'ends after 0 bytes'],
    [
      'a label of 10',
      'labels',
      whole(Buffer.concat([labels(9).subarray(0, 16), Buffer.from([10])])),
      'wrong-label',
      'has the label 10 at number 8',
    ],
  ];
  it.each(cases)('%s', async (_, kind, served, problem, sentence) => {
    const failure = await failureOf(load(kind, server(served)));
    expect(failure.file).toBe(`train-${kind}.gz`);
    expect(failure.problem.kind).toBe(problem);
    expect(failure.message).toContain(`train-${kind}.gz ${sentence}`);
  });

  it('stops fetching as soon as the engine refuses it', async () => {
    let pulls = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls += 1;
        controller.enqueue(Uint8Array.from(Buffer.from('<p>more of it')));
      },
    });
    const fetchIt = () => Promise.resolve(new Response(endless));
    const failure = await failureOf(load('images', { fetch: fetchIt, asked: [] }));
    expect(failure.problem.kind).toBe('web-page');
    expect(pulls).toBeLessThan(10);
  });
});

describe('a connection that is lost half-way', () => {
  const body = gzip(images(20));
  const headers = { 'content-length': String(body.length), etag: '"1"' };
  const ranged = (asked: Record<string, string>): Served => {
    const start = Number(/bytes=(\d+)-/.exec(asked.range ?? '')?.[1]);
    const range = { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}`, etag: '"1"' };
    return { status: 206, body: body.subarray(start), headers: range };
  };

  it('goes on from there by Range, if the file is unchanged', async () => {
    const flaky = server({ body, headers, breaksAfter: 5000 }, ranged);
    const into = await load('images', flaky, { waits: [0] });
    expect(into.received).toBe(20);
    expect(flaky.asked[1]).toEqual({ range: 'bytes=5000-', 'if-range': '"1"' });
  });

  it('notices a body that ends early without an error, and one that falls silent', async () => {
    for (const first of [
      { body: body.subarray(0, 5000), headers },
      { body, headers, silentAfter: 5000 },
    ]) {
      const into = await load('images', server(first, ranged), { waits: [0], stallMilliseconds: 50 });
      expect(into.received).toBe(20);
    }
  });

  it('skips what is here when the server sends all of it again', async () => {
    const into = await load('images', server({ body, headers, breaksAfter: 5000 }, whole(body)), {
      waits: [0],
    });
    expect(into.received).toBe(20);
  });

  it('skips decompressed bytes where the host decompresses, and asks for no range', async () => {
    const plain = images(20);
    const encoded = { 'content-encoding': 'gzip' };
    const flaky = server(
      { body: plain, headers: encoded, breaksAfter: 5000 },
      { body: plain, headers: encoded },
    );
    const into = await load('images', flaky, { waits: [0] });
    expect(into.received).toBe(20);
    expect(flaky.asked[1]).toEqual({});
  });

  it('says so after the last attempt, with how far it came', async () => {
    const failure = await failureOf(load('images', server({ body, headers, breaksAfter: 5000 })));
    const bytesTotal = body.length;
    expect(failure.problem).toEqual({ kind: 'connection-lost', bytesReceived: 5000, bytesTotal });
    expect(failure.message).toBe(
      `train-images.gz stopped arriving after 5000 of ${bytesTotal} bytes: the connection was lost.`,
    );
  });

  it('waits for the visitor and then goes on from there', async () => {
    const flaky = server({ body, headers, breaksAfter: 5000 }, new TypeError('offline'), ranged);
    const kinds: string[] = [];
    const whenLost = (failure: LoadFailure) => Promise.resolve(void kinds.push(failure.problem.kind));
    const into = await load('images', flaky, { whenLost });
    expect(into.received).toBe(20);
    expect(kinds).toEqual(['connection-lost', 'connection-lost']);
    expect(flaky.asked[2]?.range).toBe('bytes=5000-');
  });

  it('tries again where the server is busy, and where there was no answer at all', async () => {
    const busy: Served = { status: 503, body: Buffer.from('busy') };
    const into = await load('images', server(busy, new TypeError('offline'), whole(body)), { waits: [0, 0] });
    expect(into.received).toBe(20);
  });

  it('does not join two versions of a file', async () => {
    const other: Served = { body, headers: { ...headers, etag: '"2"' } };
    const failure = await failureOf(
      load('images', server({ body, headers, breaksAfter: 5000 }, other), { waits: [0] }),
    );
    expect(failure.problem.kind).toBe('changed');
  });
});

function damaged(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  // An impossible block type in the first deflate block.
  copy[10] = 0xff;
  return copy;
}
