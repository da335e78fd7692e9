import { describe, expect, it } from 'vitest';
import { LoadFailure } from './failure';
import { MOST_IMAGES } from './limits';
import { identify, readOwnFile } from './own-files';
import { gzip, header, images, labels, reader } from './support';

const file = (name: string, bytes: Uint8Array) => new File([Uint8Array.from(bytes)], name);

async function problemOf(of: File) {
  const error = await identify(of).then(
    () => expect.fail('it was taken'),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(LoadFailure);
  expect((error as LoadFailure).file).toBe(of.name);
  return (error as LoadFailure).problem;
}

it('tells images from labels by their bytes, gzipped or not, whatever their names', async () => {
  expect(await identify(file('a.txt', gzip(images(3))))).toMatchObject({ kind: 'images', count: 3 });
  expect(await identify(file('images', labels(7)))).toMatchObject({ kind: 'labels', count: 7 });
});

it('reads gzip of several members, padded', async () => {
  const bytes = images(40);
  const body = Buffer.concat([gzip(bytes.subarray(0, 9000)), gzip(bytes.subarray(9000)), Buffer.alloc(512)]);
  expect(await identify(file('a', body))).toMatchObject({ kind: 'images', count: 40 });
  const into = reader('a', 'images');
  await readOwnFile(file('a', body), into);
  expect(into.received).toBe(40);
});

describe('says what else a file is', () => {
  it.each([
    ['picture.png', Buffer.from('iVBORw0KGgoAAAANSUhEUg', 'base64'), { kind: 'no-idx', what: 'png' }],
    ['page.html', Buffer.from('<html>'), { kind: 'no-idx', what: 'web-page' }],
    ['table.csv.gz', gzip(Buffer.from('label,p1\n5,0\n')), { kind: 'no-idx', what: 'csv' }],
    ['twice.gz', gzip(gzip(labels(3))), { kind: 'still-compressed' }],
    ['little-endian', Buffer.from([1, 8, 0, 0, 3, 0, 0, 0, 1, 2, 3]), { kind: 'idx-reversed' }],
    ['qmnist-labels', header(0x0c02, 10_000, 8), { kind: 'idx-of', numbers: 'int32', sizes: [10_000, 8] }],
    ['(N, 1)', header(0x0802, 300, 1), { kind: 'idx-of', numbers: 'uint8', sizes: [300, 1] }],
    ['cut', header(0x0803, 300), { kind: 'header-cut' }],
    ['nothing', Buffer.alloc(0), { kind: 'no-idx', what: 'nothing' }],
    ['cut.gz', gzip(images(9)).subarray(0, 15), { kind: 'truncated-gzip' }],
    ['other-size', header(0x0803, 300, 32, 32), { kind: 'wrong-size', rows: 32, columns: 32 }],
  ])('%s', async (name, bytes, problem) => {
    expect(await problemOf(file(name, bytes))).toMatchObject(problem);
  });
});

describe('too many images are refused by the header', () => {
  it('at the number that the page tells', async () => {
    const promise = (count: number) => file('i', header(0x0803, count, 28, 28));
    expect(await identify(promise(MOST_IMAGES))).toMatchObject({ count: MOST_IMAGES });
    expect(await problemOf(promise(MOST_IMAGES + 1))).toEqual({
      ...{ kind: 'too-many', count: MOST_IMAGES + 1, limit: MOST_IMAGES },
    });
  });

  it('before the rest is read', async () => {
    let pulls = 0;
    const million = file('million', header(0x0803, 1_000_000, 28, 28));
    const opening = await million.bytes();
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(pulls === 1 ? opening : new Uint8Array(10_000));
      },
    });
    Object.defineProperty(million, 'stream', { value: () => endless });
    expect(await problemOf(million)).toMatchObject({ kind: 'too-many', count: 1_000_000 });
    expect(pulls).toBeLessThan(5);
  });
});

it('says that a file is no longer as it was chosen', async () => {
  for (const error of [new DOMException('gone', 'NotFoundError'), new TypeError('network error')]) {
    const lost = file('lost', images(3));
    const broken = new ReadableStream({ start: (controller) => controller.error(error) });
    Object.defineProperty(lost, 'stream', { value: () => broken });
    expect(await problemOf(lost)).toEqual({ kind: 'unreadable' });
    await expect(readOwnFile(lost, reader('lost', 'images'))).rejects.toBeInstanceOf(LoadFailure);
  }
});
