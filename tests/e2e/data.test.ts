// The Data room, and how a data set arrives, as a visitor meets them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

const asset = (name: string) =>
  gunzipSync(readFileSync(path.resolve(import.meta.dirname, '../../assets', name)));
const fashion = {
  images: asset('fashion-mnist/train-images-idx3-ubyte.gz'),
  labels: asset('fashion-mnist/train-labels-idx1-ubyte.gz'),
};

const figure = (page: Page) => page.getByRole('figure', { name: 'Images' });
/** The labels shown on the tiles, once there are `count`. */
async function labelsShown(page: Page, count: number): Promise<string[]> {
  const labels = figure(page).locator('li b');
  await expect
    .poll(async () => (await labels.allTextContents()).filter((text) => /^\d$/.test(text)).length)
    .toBe(count);
  return labels.allTextContents();
}

async function open(address: string, lang: 'en' | 'ko' = 'en'): Promise<Page> {
  const page = await house.visit(address, { lang });
  await dataReady(page);
  return page;
}

it('begins with the labels of the course: 9 0 0 3 0 2 7 2 5 5', async () => {
  const page = await open('#/data');
  expect((await labelsShown(page, 30)).slice(0, 10).join(' ')).toBe('9 0 0 3 0 2 7 2 5 5');
  await page.context().close();
});

it('shows every number of an image as the file has it, and as one row of 784', async () => {
  const page = await open('#/data?image=4321&row=10&column=20');
  const table = page.getByRole('table', { name: 'Pixels' });
  const expected = [...fashion.images.subarray(16 + 784 * 4321, 16 + 784 * 4322)];
  await expect
    .poll(async () => (await table.locator('tbody td').allTextContents()).map(Number))
    .toEqual(expected);
  await page.getByText(`The pixel in row 10, column 20 is ${expected[300]}:`).waitFor();
  await page.getByRole('group', { name: /Walk over the pixels/ }).press('ArrowRight');
  await page.getByText(`The pixel in row 10, column 21 is ${expected[301]}:`).waitFor();
  expect(page.url()).toContain('column=21');
  await page.context().close();
});

it('browses by class, by number and at random, and the address is a link to it', async () => {
  const page = await open('#/data');
  await page.getByLabel('Show').selectOption({ label: 'class 3 · Dress' });
  await expect.poll(async () => new Set(await labelsShown(page, 30))).toEqual(new Set(['3']));
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('page 2 of 200').waitFor();
  await page.getByLabel('Image number').fill('59999');
  await page.getByLabel('Image number').press('Enter');
  await page.getByText(`training image 59,999 · label ${fashion.labels[8 + 59_999]}`).waitFor();
  await page.getByLabel('Show').selectOption({ label: 'at random' });
  const tiles = () => figure(page).locator('li em').allTextContents();
  await labelsShown(page, 30);
  await expect.poll(async () => (await tiles())[0]).not.toBe('#0');
  const first = await tiles();
  await page.getByRole('button', { name: 'Shuffle again' }).click();
  await expect.poll(tiles).not.toEqual(first);
  const shuffled = await tiles();
  await page.reload();
  await dataReady(page);
  await expect.poll(tiles).toEqual(shuffled);
  await page.context().close();
});

it('scales with the numbers of the formula', async () => {
  const page = await open('#/data?row=14&column=14');
  const pixel = fashion.images[16 + 14 * 28 + 14] ?? 0;
  const formula = page
    .locator('section', { has: page.getByRole('combobox', { name: 'Scaling' }) })
    .locator('math');
  await expect.poll(() => formula.textContent()).toContain((pixel / 255).toFixed(4));
  // The bytes from 248 to 255 of the 48,000 training images: 255/255 is 1, and stands in the last bin.
  const last = page.getByRole('figure', { name: 'Histogram' }).locator('rect').last();
  await expect.poll(() => last.locator('title').textContent()).toContain('578,045');
  await page.getByRole('combobox', { name: 'Scaling' }).selectOption('standardized');
  // Mean and deviation of this pixel over the training part can only be near those of all 60,000.
  const all = Array.from({ length: 60_000 }, (_, image) => fashion.images[16 + 784 * image + 406] ?? 0);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  await expect
    .poll(async () =>
      Number(/= ?(-?\d+\.\d{4})$/.exec(((await formula.textContent()) ?? '').replaceAll('−', '-'))?.[1]),
    )
    .toBeCloseTo((pixel - mean) / deviation, 1);
  expect(await page.getByRole('figure', { name: 'Histogram' }).locator('rect').count()).toBe(32);
  await page.context().close();
});

it('finds near-duplicates and doubtful labels, and answers meanwhile', async () => {
  const page = await open('#/data');
  await page.getByRole('button', { name: 'Find near-duplicates' }).click();
  await page.getByRole('button', { name: 'Find doubtful labels' }).click();
  // Both searches share the worker with whatever the visitor asks: the answer comes before they end.
  await page.getByLabel('Image number').fill('7');
  await page.getByLabel('Image number').press('Enter');
  await page.getByText(/training image 7 · label/).waitFor();
  expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(2);
  await page.getByText('All pairs are compared or ruled out.').waitFor({ timeout: 90_000 });
  await page.getByText(/The networks disagree with [\d,]+ of 60,000 labels/).waitFor({ timeout: 90_000 });
  expect(await page.getByRole('list', { name: 'Nearly the same' }).getByRole('listitem').count()).toBe(12);
  expect(await page.getByRole('list', { name: 'Doubtful labels' }).getByRole('listitem').count()).toBe(20);
  await expectAccessible(page, 'Data with both searches done');
  await page.context().close();
});

it('says so when the address asks for what is not there', async () => {
  const page = await open('#/data?scaling=cubic&image=-3');
  await page.getByText('The address asks for image=-3, scaling=cubic, which does not exist here').waitFor();
  expect((await labelsShown(page, 30))[0]).toBe('9');
  await page.context().close();
});

it('says so when the set has no such image, class or page', async () => {
  const page = await open('#/data?image=60000&page=2000&part=train');
  await page.getByText('The address asks for page=2000, image=60000, which does not exist here').waitFor();
  await page.getByText(/training image 0 · label 9 · Boot/).waitFor();
  expect((await labelsShown(page, 30))[0]).toBe('9');
  await page.context().close();
  const last = await open('#/data?image=9999&part=test&page=333');
  await last.getByText(/test image 9,999 · label/).waitFor();
  await labelsShown(last, 10);
  expect(await last.getByText('which does not exist here').count()).toBe(0);
  await last.context().close();
  // A class has a thousand test images: pages 0 to 33.
  const few = await open('#/data?part=test&show=class-3&page=34');
  await few.getByText('The address asks for page=34, which does not exist here').waitFor();
  await few.getByText('page 1 of 34').waitFor();
  await few.context().close();
});

it('spells the shapes out', async () => {
  const page = await open('#/data');
  const shapes = page.getByRole('region', { name: 'Shapes' });
  await expect.poll(() => shapes.innerText()).toContain('(60000, 28, 28) → (60000, 784)');
  expect(await shapes.innerText()).toContain('(60000,) → (60000, 10)');
  const hot = shapes.getByRole('list', { name: 'One-hot' }).locator('b');
  await expect.poll(async () => (await hot.allTextContents()).join('')).toBe('0000000001');
  await page.context().close();
});

it('counts every class and shows the mean of its images', async () => {
  const page = await open('#/data');
  const classes = page.getByRole('region', { name: 'Classes' });
  const counts = () => classes.locator('.count').allTextContents();
  await expect.poll(counts).toEqual(Array.from({ length: 10 }, () => '6,000'));
  // The mean of the trousers, pixel by pixel: ink has the byte as its alpha.
  const trousers = Array.from({ length: 60_000 }, (_, image) => image).filter(
    (image) => fashion.labels[8 + image] === 1,
  );
  const expected = Array.from({ length: 784 }, (_, pixel) => {
    const sum = trousers.reduce((sum, image) => sum + fashion.images[16 + 784 * image + pixel]!, 0);
    return Math.round(sum / trousers.length);
  });
  const painted = () =>
    classes
      .locator('canvas')
      .nth(1)
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, 28, 28);
        return Array.from({ length: 784 }, (_, pixel) => data[4 * pixel + 3]!);
      });
  await expect.poll(painted).toEqual(expected);
  await page.context().close();
});

it('shows MNIST, too', async () => {
  const page = await open('#/data');
  await page.getByLabel('Data set', { exact: true }).and(page.locator('select')).selectOption('mnist');
  await expect
    .poll(async () => (await labelsShown(page, 30)).slice(0, 10).join(' '), { timeout: 60_000 })
    .toBe('5 0 4 1 9 2 1 3 1 4');
  await page.context().close();
});

const header = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => bytes.writeUInt32BE(number, at * 4));
  return bytes;
};
/** The first images of Fashion-MNIST of classes 0 to 2, as a visitor's own files. */
function ownFiles(count: number) {
  const chosen = Array.from({ length: 60_000 }, (_, index) => index)
    .filter((index) => (fashion.labels[8 + index] ?? 9) < 3)
    .slice(0, count);
  const pixels = chosen.map((index) => fashion.images.subarray(16 + 784 * index, 16 + 784 * (index + 1)));
  const labels = Buffer.from(chosen.map((index) => fashion.labels[8 + index] ?? 0));
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  return {
    images: file('my-images.gz', gzipSync(Buffer.concat([header(2051, count, 28, 28), ...pixels]))),
    labels: file('my-labels', Buffer.concat([header(2049, count), labels])),
    tooFew: file('my-labels', Buffer.concat([header(2049, count - 1), labels.subarray(1)])),
    page: file('my-labels', Buffer.from('<!doctype html><p>Please log in.</p>')),
  };
}

it('takes a visitor’s own files as a data set of every room, and refuses wrong ones with the reason', async () => {
  const page = await open('#/data');
  const files = ownFiles(600);
  const choose = page.locator('#own-files');
  const use = page.getByRole('button', { name: 'Use these files' });
  const alert = page.getByRole('alert');

  await choose.setInputFiles([files.images]);
  await use.click();
  await alert.filter({ hasText: 'my-images.gz make no pair: 1 of images and 0 of labels' }).waitFor();
  await choose.setInputFiles([files.tooFew]);
  await use.click();
  await alert.filter({ hasText: 'my-labels holds 599 labels, but there are 600 images.' }).waitFor();
  await choose.setInputFiles([files.page]);
  await use.click();
  await alert.waitFor();
  await choose.setInputFiles([files.labels]);
  await page.getByLabel('Class names, separated by commas').fill('Shirt-like, Legs');
  await use.click();
  await alert.filter({ hasText: 'labels go from 0 to 1.' }).waitFor();
  await page.getByLabel('Class names, separated by commas').fill('Shirt-like, Legs, Knit');
  await use.click();
  await page
    .getByText('Your data is the data set of every room now: 500 training and 100 test images of 3 classes.')
    .waitFor();
  expect(await alert.count()).toBe(0);

  await page.getByText('500 of Your data').waitFor();
  await figure(page).getByText('Knit').first().waitFor();
  await expectAccessible(page, 'Data with own files');

  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Train' }).click();
  await page.getByRole('status', { name: 'Data set' }).filter({ hasText: 'Your data 500 + 100' }).waitFor();
  await page.getByRole('button', { name: '+1 epoch' }).click();
  const history = page.getByRole('table', { name: 'History' });
  await expect.poll(() => history.locator('tbody tr').count()).toBe(1);
  await page.getByRole('table', { name: 'Confusion' }).getByText('Knit').first().waitFor();
  await page.context().close();
});

it('takes files dropped anywhere on the page', async () => {
  const page = await open('#/data');
  const { images, labels } = ownFiles(60);
  const dropped = await page.evaluateHandle(
    (files) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of files) transfer.items.add(new File([Uint8Array.from(bytes)], name));
      return transfer;
    },
    [images, labels].map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
  );
  const title = page.getByRole('heading', { level: 1 });
  await title.dispatchEvent('dragover', { dataTransfer: dropped });
  await title.dispatchEvent('drop', { dataTransfer: dropped });
  const chosen = page.getByRole('list', { name: 'Files chosen' }).getByRole('listitem');
  await expect.poll(() => chosen.count()).toBe(2);
  await page.getByRole('button', { name: 'Use these files' }).click();
  await page.getByText('50 training and 10 test images of 3 classes').waitFor();
  await page.context().close();
});

it('names a file that is missing, offers to try again, and goes on from there', async () => {
  let requests = 0;
  let broken = true;
  const page = await house.visit('#/data', {
    before: async (page) => {
      await page.route('**/fashion-mnist/t10k-images-idx3-ubyte.gz', (route) => {
        requests++;
        return broken ? route.fulfill({ status: 404, body: 'no' }) : route.continue();
      });
    },
  });
  const alert = page
    .getByRole('alert')
    .filter({ hasText: 't10k-images-idx3-ubyte.gz is not on the server (404).' });
  await alert.waitFor();
  // The rest of the page goes on: training images are there to look at.
  expect((await labelsShown(page, 30)).slice(0, 10).join(' ')).toBe('9 0 0 3 0 2 7 2 5 5');
  broken = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await dataReady(page);
  expect(requests).toBe(2);
  await page.context().close();
  // The browser itself notes a 404 in its console.
  house.complaints.splice(
    0,
    house.complaints.length,
    ...house.complaints.filter((one) => !one.includes('404')),
  );
});

it.each([
  [1440, 'light', 'en'],
  [820, 'dark', 'ko'],
  [390, 'light', 'ko'],
  [390, 'dark', 'en'],
] as const)('is clean at %i px, %s, %s', async (width, colorScheme, lang) => {
  const page = await house.visit('#/data?scaling=standardized', {
    lang,
    colorScheme,
    viewport: { width, height: 900 },
  });
  await dataReady(page);
  await page.locator('figure rect').nth(12).waitFor();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, `${width} ${colorScheme} ${lang}`);
  await page.context().close();
});
