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
