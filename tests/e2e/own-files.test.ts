// A visitor's own files in the page: told for what they are, paired by their names, bounded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoSidewaysScroll, goTo, openHouse, ROOMS, type House } from './support';

let house: House;
let folder: string;
beforeAll(async () => {
  house = await openHouse();
  folder = mkdtempSync(path.join(tmpdir(), 'own-files-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await house.close();
  expect(house.complaints).toEqual([]);
});

function header(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
  return bytes;
}
/** Every image is `grey` all over. */
const images = (count: number, grey: number) =>
  Buffer.concat([header(2051, count, 28, 28), Buffer.alloc(784 * count, grey)]);
const labels = (list: number[]) => Buffer.concat([header(2049, list.length), Buffer.from(list)]);
const alternate = (count: number, classes: number[]) =>
  Array.from({ length: count }, (_, at) => classes[at % classes.length] ?? 0);
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

const choose = (page: Page) => page.locator('#own-files');
const use = (page: Page) => page.getByRole('button', { name: 'Use these files' }).click();
const alert = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor();

test('two sets of one size are paired by their names, and the page says which is trained on', async () => {
  const page = await house.visit('#/data');
  await choose(page).setInputFiles([
    file('a-images', images(60, 10)),
    file('b-images', images(60, 200)),
    file('b-labels', labels(alternate(60, [2, 3]))),
    file('a-labels', labels(alternate(60, [0, 1]))),
  ]);
  await use(page);
  await page.getByText('60 training and 60 test images of 4 classes').waitFor();
  await page.getByText('Trained on: a-images. Tested on: b-images.').waitFor();
  // The first image of a-images has a label of a-labels.
  await expect
    .poll(() => page.getByRole('figure', { name: 'Images' }).locator('b').first().innerText())
    .toBe('0');
  await page.context().close();
});

test('names that leave two ways open are asked about', async () => {
  const page = await house.visit('#/data');
  await choose(page).setInputFiles([
    file('one', images(60, 10)),
    file('two', images(60, 200)),
    file('three', labels(alternate(60, [0, 1]))),
    file('four', labels(alternate(60, [0, 1]))),
  ]);
  await use(page);
  await alert(page, 'can be paired in two ways');
  await page.context().close();
});

test('gzip of several members, padded, is read', async () => {
  const page = await house.visit('#/data');
  const plain = images(60, 10);
  const body = Buffer.concat([
    gzipSync(plain.subarray(0, 9000)),
    gzipSync(plain.subarray(9000)),
    Buffer.alloc(900),
  ]);
  await choose(page).setInputFiles([
    file('images.gz', body),
    file('labels.gz', gzipSync(labels(alternate(60, [0, 1])))),
  ]);
  await use(page);
  await page.getByText('50 training and 10 test images of 2 classes').waitFor();
  await page.context().close();
});

test.each([
  [
    'shoes.png',
    Buffer.from('iVBORw0KGgoAAAANSUhEUg', 'base64'),
    'shoes.png is a PNG picture. Atelier reads IDX files',
  ],
  ['set.zip', Buffer.from('PK\x03\x04 and so on'), 'set.zip is a zip archive.'],
  ['set.csv', Buffer.from('label,p1,p2\n5,0,1\n'), 'set.csv is a table in text (CSV).'],
  ['labels', header(0x0c02, 10_000, 8), 'is an IDX file of 32-bit whole numbers, 10,000 × 8.'],
  [
    'million.gz',
    gzipSync(header(2051, 1_000_000, 28, 28)),
    'claims 1,000,000 items, but at most 60,000 are read',
  ],
])('%s is told for what it is', async (name, bytes, sentence) => {
  const page = await house.visit('#/data');
  await choose(page).setInputFiles([file(name, bytes), file('my-labels', labels([0, 1, 0]))]);
  await use(page);
  await alert(page, sentence);
  await page.context().close();
});

test('a file that was changed after it was chosen is no network error', async () => {
  const page = await house.visit('#/data');
  const [there, gone] = [path.join(folder, 'my-images'), path.join(folder, 'my-labels')];
  writeFileSync(there, images(60, 10));
  writeFileSync(gone, labels(alternate(60, [0, 1])));
  await choose(page).setInputFiles([there, gone]);
  rmSync(gone);
  await use(page);
  await alert(
    page,
    'my-labels cannot be read: since it was chosen it was changed, moved or removed. Choose it again.',
  );
  await page.context().close();
});

test('one class alone is no data set', async () => {
  const page = await house.visit('#/data');
  await choose(page).setInputFiles([
    file('images', images(60, 10)),
    file('labels', labels(alternate(60, [3]))),
  ]);
  await use(page);
  await alert(page, 'labels leaves only images with the label 3 to train on');
  await page.context().close();
});

test('names of classes are separated as people write lists, and long ones break no room', async () => {
  const page = await house.visit('#/data', { viewport: { width: 390, height: 844 } });
  await choose(page).setInputFiles([
    file('images', images(60, 10)),
    file('labels', labels(alternate(60, [0, 1]))),
  ]);
  const names = page.getByLabel('Class names, separated by commas');
  await names.fill(`원、${'x'.repeat(3000)}`);
  await use(page);
  await alert(page, `The class name “${'x'.repeat(40)}…” is too long: at most 40 letters.`);
  await expectNoSidewaysScroll(page);
  await names.fill(`${'w'.repeat(40)}；${'m'.repeat(40)}`);
  await use(page);
  await page.getByText('50 training and 10 test images of 2 classes').waitFor();
  for (const room of ROOMS) {
    await goTo(page, room);
    // Names and numbers come a moment later.
    for (let look = 0; look < 5; look++) {
      await page.waitForTimeout(200);
      await expectNoSidewaysScroll(page, room);
    }
  }
  await page.context().close();
});
