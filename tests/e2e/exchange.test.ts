// Networks out of the Train room and back: what is saved is read here by other means, and what is opened is the same.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web';
import type { Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  dataReady,
  expectAccessible,
  expectNoSidewaysScroll,
  numberIn,
  openHouse,
  type House,
} from './support';
import { button, fingerprint, finished, keptRuns, place, rows, select, set } from './train-room';

ort.env.wasm.numThreads = 1;

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());
afterEach(async () => {
  for (const context of house.browser.contexts()) await context.close();
});

const card = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'Take it with you' }) });

/** A finished run of 800 images in 25 batches, once; with a hidden layer, on standardised pixels. */
async function trained(
  address = '#/train?from=relu&layers=16:relu&pixels=standardized&images=1000&epochs=1&seed=3',
): Promise<Page> {
  const page = await house.visit(address, { permissions: ['clipboard-read', 'clipboard-write'] });
  await dataReady(page);
  await button(page, 'Play').click();
  await finished(page);
  return page;
}

async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

async function bytesOf(download: Download): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function exported(page: Page, format: string) {
  return saved(page, async () => {
    await button(page, 'Export').click();
    await page
      .getByRole('menu', { name: 'Export' })
      .getByRole('menuitem', { name: format, exact: true })
      .click();
  });
}

async function open(page: Page, name: string, bytes: Uint8Array) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    button(page, 'Open network').click(),
  ]);
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

interface Header {
  __metadata__: Record<string, string>;
  [tensor: string]: unknown;
}

function headerOf(bytes: Buffer): Header {
  const length = Number(bytes.readBigUInt64LE(0));
  return JSON.parse(bytes.subarray(8, 8 + length).toString()) as Header;
}

describe('Networks out and in', () => {
  test('a saved network says what it is, and opened it is the same to the bit', async () => {
    const page = await trained();
    const weights = await fingerprint(page);
    const [kept] = await keptRuns(page);
    const { name, bytes } = await saved(page, () => button(page, 'Save network').click());
    expect(name).toBe(`atelier-fashion-mnist-${weights.slice(0, 8)}.safetensors`);
    const header = headerOf(bytes);
    expect(header['layers.0.weights']).toMatchObject({ dtype: 'F32', shape: [784, 16] });
    expect(header['layers.1.bias']).toMatchObject({ shape: [10] });
    const { layers, fingerprint: said, settings, classes, seed } = header.__metadata__;
    expect([layers, said, seed]).toEqual(['relu softmax', weights, '3']);
    expect(JSON.parse(settings ?? '')).toEqual(kept?.settings);
    expect(JSON.parse(classes ?? '')[9]).toBe('Ankle boot');

    // Another run meanwhile, of another shape.
    await select(page, 'Start from').selectOption('softmax');
    await button(page, '+1 batch').click();
    await open(page, name, bytes);
    await card(page).getByText(`${name} is opened`).waitFor();
    await expect.poll(() => fingerprint(page)).toBe(weights);
    expect(await place(page)).toContain('batch 0 of 25');
    // Its record says with what it began, and it goes on and back to that.
    await button(page, '+1 batch').click();
    await expect
      .poll(async () => (await keptRuns(page)).some((run) => 'openedFrom' in run && run.openedFrom))
      .toBe(true);
    await button(page, 'Back one step').click();
    await expect.poll(() => fingerprint(page)).toBe(weights);
    await button(page, '+1 batch').click();
    await button(page, 'Reset').click();
    await expect.poll(() => fingerprint(page)).toBe(weights);
    await expectAccessible(page, 'a network from a file');
    await button(page, 'Draw first weights again').click();
    await expect.poll(() => fingerprint(page)).not.toBe(weights);
  });

  test('a run with a network from a file is gone on with after a reload, to the bit', async () => {
    const page = await trained();
    const { bytes } = await saved(page, () => button(page, 'Save network').click());
    await open(page, 'mine.safetensors', bytes);
    await card(page).getByText('mine.safetensors is opened').waitFor();
    await button(page, '+1 batch').click();
    await expect.poll(() => place(page)).toContain('batch 1 of 25');
    const weights = await fingerprint(page);
    await expect
      .poll(async () => (await keptRuns(page)).some((run) => run.step === 1 && run.base !== null))
      .toBe(true);
    await page.reload();
    await dataReady(page);
    await button(page, 'Take it up again').click();
    await expect.poll(() => fingerprint(page)).toBe(weights);
    await button(page, 'Reset').click();
    await expect.poll(() => place(page)).toContain('batch 0 of 25');
    const header = headerOf(bytes);
    await expect.poll(() => fingerprint(page)).toBe(header.__metadata__['fingerprint']);
  });

  test('what cannot be opened is said, and nothing is lost', async () => {
    const page = await trained();
    const weights = await fingerprint(page);
    const { bytes } = await saved(page, () => button(page, 'Save network').click());
    const two = Buffer.from(bytes);
    two.writeFloatLE(NaN, two.length - 784 * 8 - 40);
    const cases: [string, Uint8Array, string][] = [
      ['nothing.safetensors', new Uint8Array(), 'This file is empty.'],
      ['half.safetensors', bytes.subarray(0, bytes.length / 2), 'is not a whole safetensors file'],
      ['page.onnx', Buffer.from('<!doctype html>'), 'is not a whole safetensors file'],
      ['model.pt', Buffer.from('PK\x03\x04archive'), 'is an archive'],
      ['nan.safetensors', two, 'that is not finite'],
      ['cut.onnx', Buffer.from([8, 8, 58, 255, 255, 255, 127]), 'breaks off at byte 2'],
    ];
    for (const [name, content, reason] of cases) {
      await open(page, name, content);
      const alert = card(page).getByRole('alert');
      await alert.filter({ hasText: name }).waitFor();
      expect(await alert.textContent()).toContain(reason);
      expect(await alert.textContent()).toContain('Nothing has changed.');
      expect(await fingerprint(page)).toBe(weights);
      expect(await rows(page).count()).toBe(1);
    }
    await button(page, 'Language').click();
    await page.getByRole('alert').filter({ hasText: 'cut.onnx' }).filter({ hasText: '끊깁니다' }).waitFor();
    await expectNoSidewaysScroll(page);
  });

  test('an exported ONNX file scores on the test images what the page says', async () => {
    const page = await trained('#/train?from=relu&layers=32:relu&images=10000&epochs=1&seed=5');
    await button(page, 'Score on 10,000 test images').click();
    // The transport tells an accuracy, too: of the validation images.
    const said = page.getByText(/^Accuracy [\d.]+\. Taken/);
    await said.waitFor();
    const accuracy = numberIn(/Accuracy ([\d.]+)\./.exec((await said.textContent()) ?? '')?.[1] ?? null);
    const { name, bytes } = await exported(page, 'ONNX');
    expect(name).toBe(`atelier-fashion-mnist-${(await fingerprint(page)).slice(0, 8)}.onnx`);
    const idx = (file: string) =>
      gunzipSync(
        readFileSync(path.resolve(import.meta.dirname, `../../assets/fashion-mnist/t10k-${file}.gz`)),
      );
    const images = idx('images-idx3-ubyte').subarray(16);
    const labels = idx('labels-idx1-ubyte').subarray(8);
    const session = await ort.InferenceSession.create(bytes);
    const pixels = new ort.Tensor('float32', Float32Array.from(images), [10_000, 784]);
    const { outputs } = await session.run({ pixels });
    const found = outputs?.data as Float32Array;
    const right = labels.filter((label, at) => {
      const own = found.subarray(at * 10, (at + 1) * 10);
      return own.indexOf(Math.max(...own)) === label;
    }).length;
    // Four digits are shown, and 10,000 images have no more.
    expect(right / 10_000).toBe(accuracy);
  });

  test('the menu gives the other files, by keyboard too, and the result says it all', async () => {
    const page = await trained();
    const weights = await fingerprint(page);
    const keras = await exported(page, 'Keras');
    expect(keras.name).toMatch(/\.keras$/);
    expect(keras.bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
    expect(keras.bytes.includes('model.weights.h5')).toBe(true);
    const script = (await exported(page, 'Script')).bytes.toString();
    expect(script).toContain(`"fingerprint":"${weights}"`);
    expect(script).not.toMatch(/@RUN@|@WEIGHTS@/);
    const notebook = JSON.parse((await exported(page, 'Notebook')).bytes.toString()) as { cells: unknown[] };
    expect(notebook.cells.length).toBeGreaterThan(10);

    await button(page, 'Export').focus();
    await page.keyboard.press('ArrowDown');
    await expectAccessible(page, 'the menu is open');
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Keras');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);

    await page.setViewportSize({ width: 390, height: 844 });
    await button(page, 'Export').click();
    await expectNoSidewaysScroll(page, 'with the menu open on a phone');
    await page.keyboard.press('Escape');

    // What the fields say next is not what the run was made from.
    await set(page, 'Learning rate', '0.5');
    await button(page, 'Copy result').click();
    await card(page).getByText('Copied.').waitFor();
    const result = await page.evaluate(() => navigator.clipboard.readText());
    expect(result).toContain(`fingerprint ${weights}`);
    expect(result).toContain('784-16-10 ReLU · Adam 0.001 → 0.5');
    const link = /https?:\S+/.exec(result)?.[0] ?? '';
    expect(link).toContain('pixels=standardized');
    expect(link).not.toContain('rate=0.5');
    const shown = await rows(page).first().locator('td').first().textContent();
    expect(result).toContain(`training loss ${shown}`);
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
