import { expect, it } from 'vitest';
import { identify, pairUp } from './own-files';
import { gzip, images, labels } from './support';

const file = (name: string, bytes: Buffer) => identify(new File([Uint8Array.from(bytes)], name));

it('tells images from labels by their bytes, gzipped or not, whatever their names', async () => {
  expect(await file('a.txt', gzip(images(3)))).toMatchObject({ kind: 'images', count: 3 });
  expect(await file('images', labels(7))).toMatchObject({ kind: 'labels', count: 7 });
  // Left to the reader, which says what is wrong.
  expect(await file('page', Buffer.from('<html>'))).toMatchObject({ kind: 'images' });
});

it('pairs one or two sets up, the larger to train on', async () => {
  const one = await Promise.all([file('l', labels(3)), file('i', images(3))]);
  expect(pairUp(one).train.images.name).toBe('i');
  expect(pairUp(one).test).toBeNull();
  const two = [...one, await file('l6', gzip(labels(6))), await file('i6', images(6))];
  const { train, test } = pairUp(two);
  expect([train.images.name, train.labels.name]).toEqual(['i6', 'l6']);
  expect([test?.images.name, test?.labels.name]).toEqual(['i', 'l']);
});

it('asks the names where two sets are of one size', async () => {
  const files = ['test-i', 'test-l', 'train-i', 'train-l'].map((name) =>
    file(name, name.endsWith('i') ? images(4) : labels(4)),
  );
  const { train, test } = pairUp(await Promise.all(files));
  expect([train.images.name, test?.labels.name]).toEqual(['train-i', 'test-l']);
});

it('refuses files that make no pair', async () => {
  const some = [await file('i', images(2))];
  expect(() => pairUp(some)).toThrow('i make no pair: 1 of images and 0 of labels');
  const six = Array.from({ length: 3 }, () => [file('i', images(2)), file('l', labels(2))]).flat();
  const all = await Promise.all(six);
  expect(() => pairUp(all)).toThrow('3 of images and 3 of labels');
});
