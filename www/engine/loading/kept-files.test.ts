import { describe, expect, it } from 'vitest';
import { KeptFiles, type FileStore } from './kept-files';
import { loadIdx } from './load-idx';
import { SetLoad } from './set-load';
import { gzip, images, labels, reader, server } from './support';

const ADDRESS = 'https://host/set/train-images.gz';

/** A store as the browser's: a file is in it once its last byte was read. */
function memory(): FileStore & { files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    match: (url) => {
      const found = files.get(url);
      const headers = found && { 'Content-Length': String(found.length) };
      return Promise.resolve(found && new Response(Uint8Array.from(found), { headers: headers ?? {} }));
    },
    put: async (url, response) => void files.set(url, new Uint8Array(await response.arrayBuffer())),
    delete: (url) => Promise.resolve(files.delete(url)),
  };
}

const served = (body: Buffer) => ({ body, headers: { 'content-length': String(body.length), etag: '"1"' } });
const kept = (store: FileStore) => new KeptFiles(() => Promise.resolve(store));

describe('a file that was fetched once', () => {
  it('is kept byte for byte, and read without asking the host again', async () => {
    const body = gzip(images(9));
    const store = memory();
    const keep = kept(store);
    const host = server({ ...served(body), piece: 700 });
    await loadIdx(ADDRESS, reader('train-images.gz', 'images'), { fetch: host.fetch, keep });
    await expect.poll(() => store.files.get(ADDRESS)).toEqual(new Uint8Array(body));

    const again = reader('train-images.gz', 'images');
    const seen: (number | null)[][] = [];
    await loadIdx(ADDRESS, again, {
      fetch: host.fetch,
      keep,
      kept: await keep.find(ADDRESS),
      onProgress: ({ bytesReceived, bytesTotal }) => seen.push([bytesReceived, bytesTotal]),
    });
    expect(again.received).toBe(9);
    expect(seen.at(-1)).toEqual([body.length, body.length]);
    expect(host.asked).toHaveLength(1);
  });

  it('is kept whole where the connection broke in the middle of it', async () => {
    const body = gzip(images(9));
    const store = memory();
    const host = server(
      { ...served(body), breaksAfter: 3000 },
      {
        status: 206,
        body: body.subarray(3000),
        headers: { 'content-range': `bytes 3000-${body.length - 1}/${body.length}`, etag: '"1"' },
      },
    );
    await loadIdx(ADDRESS, reader('train-images.gz', 'images'), {
      fetch: host.fetch,
      waits: [0],
      keep: kept(store),
    });
    await expect.poll(() => store.files.get(ADDRESS)).toEqual(new Uint8Array(body));
  });

  it('is not kept where it broke off', async () => {
    const body = gzip(images(9));
    const store = memory();
    const keep = kept(store);
    const host = server({ ...served(body), breaksAfter: 3000 });
    await expect(
      loadIdx(ADDRESS, reader('train-images.gz', 'images'), { fetch: host.fetch, waits: [], keep }),
    ).rejects.toThrow();
    await keep.forget(ADDRESS);
    expect(store.files.size).toBe(0);
  });
});

describe('a store that is of no use', () => {
  it.each<[string, () => Promise<FileStore> | null]>([
    ['there is none', () => null],
    ['it may not be opened', () => Promise.reject(new Error('SecurityError'))],
    ['it never opens', () => new Promise(() => undefined)],
    [
      'it is full',
      () =>
        Promise.resolve({
          ...memory(),
          put: () => Promise.reject(new Error('QuotaExceededError')),
        } as FileStore),
    ],
    [
      'it never answers',
      () =>
        Promise.resolve({
          match: () => new Promise(() => undefined),
          put: () => new Promise(() => undefined),
          delete: () => new Promise(() => undefined),
        } as FileStore),
    ],
  ])('does not stand in the way: %s', async (_, open) => {
    const keep = new KeptFiles(open, 10);
    const host = server(served(gzip(images(9))));
    const into = reader('train-images.gz', 'images');
    expect(await keep.find(ADDRESS)).toBeNull();
    await loadIdx(ADDRESS, into, { fetch: host.fetch, keep });
    await keep.forget(ADDRESS);
    expect(into.received).toBe(9);
  });
});

describe('a kept file that is damaged', () => {
  it('is forgotten, and fetched without a word', async () => {
    const store = memory();
    const url = 'https://host/set/train-labels.gz';
    store.files.set(url, Uint8Array.from(gzip(labels(5)).subarray(0, 20)));
    const host = server(served(gzip(labels(5))));
    const load = new SetLoad(
      [{ part: 'train', kind: 'labels', url }],
      (file, name) => reader(name, file.kind),
      { fetch: host.fetch, waits: [], keep: kept(store) },
    );
    const [read] = await load.run(() => undefined);
    expect(read?.received).toBe(5);
    await expect.poll(() => store.files.get(url)).toEqual(new Uint8Array(gzip(labels(5))));
  });

  it('is not fetched for ever: what the host sends damaged is said', async () => {
    const store = memory();
    const url = 'https://host/set/train-labels.gz';
    const damaged = gzip(labels(5)).subarray(0, 20);
    store.files.set(url, Uint8Array.from(damaged));
    const host = server(served(Buffer.from(damaged)));
    const load = new SetLoad(
      [{ part: 'train', kind: 'labels', url }],
      (file, name) => reader(name, file.kind),
      { fetch: host.fetch, waits: [], keep: kept(store) },
    );
    await expect(load.run(() => undefined)).rejects.toThrow();
    expect(host.asked).toHaveLength(1);
    expect(store.files.size).toBe(0);
  });
});
