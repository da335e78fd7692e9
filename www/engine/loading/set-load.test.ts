import { expect, it } from 'vitest';
import { LoadFailure } from './failure';
import { SetLoad, type SetFile } from './set-load';
import type { LoadProgress } from './set-progress';
import { gzip, images, labels, reader } from './support';

const FILES: SetFile[] = [
  { part: 'train', kind: 'labels', url: 'x/train-labels.gz' },
  { part: 'test', kind: 'labels', url: 'x/test-labels.gz' },
  { part: 'test', kind: 'images', url: 'x/test-images.gz' },
  { part: 'train', kind: 'images', url: 'x/train-images.gz' },
];
const BODIES: Record<string, Buffer> = {
  'x/train-labels.gz': gzip(labels(30)),
  'x/test-labels.gz': gzip(labels(10)),
  'x/test-images.gz': gzip(images(10)),
  'x/train-images.gz': gzip(images(30)),
};

function setLoad(broken: Set<string>) {
  const counts = new Map<string, number>();
  const fetchIt = (url: unknown) => {
    const key = String(url);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (broken.has(key)) return Promise.resolve(new Response('', { status: 404 }));
    const body = BODIES[key];
    if (!body) throw new Error(key);
    return Promise.resolve(
      new Response(Uint8Array.from(body), { headers: { 'content-length': String(body.length) } }),
    );
  };
  const load = new SetLoad(FILES, (file, name) => reader(name, file.kind), {
    fetch: fetchIt as typeof fetch,
    waits: [],
  });
  return { load, counts };
}

it('loads the four files and reports them as one', async () => {
  const seen: LoadProgress[] = [];
  const readers = await setLoad(new Set()).load.run((now) => seen.push(now));
  expect(readers.map((reader) => reader.received)).toEqual([30, 10, 10, 30]);
  const bytes = Object.values(BODIES).reduce((sum, body) => sum + body.length, 0);
  expect(seen.at(-1)).toMatchObject({
    bytesReceived: bytes,
    bytesTotal: bytes,
    share: 1,
    trainImages: 30,
    trainTotal: 30,
    testImages: 10,
    testTotal: 10,
  });
});

it('fails by name, and at the next try fetches only what failed', async () => {
  const broken = new Set(['x/test-images.gz']);
  const { load, counts } = setLoad(broken);
  await expect(load.run(() => undefined)).rejects.toThrow('test-images.gz is not there (404).');
  await expect(load.run(() => undefined)).rejects.toBeInstanceOf(LoadFailure);
  broken.clear();
  const readers = await load.run(() => undefined);
  expect(readers.map((reader) => reader.received)).toEqual([30, 10, 10, 30]);
  expect(Object.fromEntries(counts)).toEqual({
    'x/train-labels.gz': 1,
    'x/test-labels.gz': 1,
    'x/test-images.gz': 3,
    'x/train-images.gz': 1,
  });
});

it('reads the first items of a file at once, and the rest after the files that are wanted whole', async () => {
  const many = 300;
  let sendRest: () => void = () => undefined;
  const rest = new Promise<void>((resolve) => (sendRest = resolve));
  const bodies: Record<string, Buffer> = {
    ...BODIES,
    'x/test-labels.gz': gzip(labels(many)),
    'x/test-images.gz': gzip(images(many)),
  };
  /** In pieces as a line brings them; the training images stop after the first until they are sent on. */
  function pieces(url: string) {
    const body = bodies[url] ?? Buffer.alloc(0);
    let at = 0;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (url === 'x/train-images.gz' && at > 0) await rest;
        controller.enqueue(Uint8Array.from(body.subarray(at, at + 4096)));
        at += 4096;
        if (at >= body.length) controller.close();
      },
    });
  }
  const files = FILES.map((file) => (file.url === 'x/test-images.gz' ? { ...file, atOnce: 10 } : file));
  const load = new SetLoad(files, (file, name) => reader(name, file.kind), {
    fetch: ((url: unknown) => Promise.resolve(new Response(pieces(String(url))))) as typeof fetch,
    waits: [],
  });
  const done = load.run(() => undefined);
  const received = () => [...load.readers].find(([file]) => file.atOnce !== undefined)?.[1].received ?? 0;
  await expect.poll(received).toBeGreaterThanOrEqual(10);
  // What is still on its way to the reader by then is not all of it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received()).toBeLessThan(many);
  sendRest();
  expect((await done).map((reader) => reader.received)).toEqual([30, many, many, 30]);
});
