// Home: a network that learns by itself from the first images that arrive, beside one sentence that is always true.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../../scripts/serve.mjs';
import * as engine from '../../www/engine/pkg/atelier';
import { classes } from '../../www/words/en/classes';
import { EngineHand } from './engine-hand';
import {
  dataReady,
  expectAccessible,
  expectNoSidewaysScroll,
  numberIn,
  openHouse,
  type House,
} from './support';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const TRAIN_IMAGES = '/fashion-mnist/train-images-idx3-ubyte.gz';

let house: House;
beforeAll(async () => {
  engine.initSync({ module: readFileSync(path.join(root, 'www/engine/pkg/atelier_bg.wasm')) });
  house = await openHouse();
});
afterAll(() => house.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const progress = (page: Page) => page.getByRole('status', { name: 'Progress' });
const tiles = (page: Page) => page.getByRole('figure', { name: 'Predictions' }).getByRole('listitem');

/** The sentence's numbers; null before the first images are there. */
async function sentence(page: Page): Promise<{ seen: number; right: number } | null> {
  const text = (await progress(page).textContent()) ?? '';
  const [, seen, right] = /It has seen ([\d,]+) of 60,000 pictures and names (\d+) of 100\./.exec(text) ?? [];
  return seen === undefined || right === undefined ? null : { seen: numberIn(seen), right: Number(right) };
}
const seen = async (page: Page) => (await sentence(page))?.seen ?? -1;
const comesTo = (page: Page, images: number) =>
  expect.poll(() => seen(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(images);

/** Presses Pause and waits until the steps that were on their way then are shown, too. */
async function pause(page: Page) {
  await button(page, 'Pause').click();
  await button(page, 'Play').waitFor();
  await page.locator('[role=status][aria-busy=false]').waitFor();
}

/** What the engine, on its own, knows after so many images of the file. */
function after(images: number): engine.Standing {
  const read = (file: string, kind: engine.IdxKind, bytes: number) => {
    const reader = new engine.IdxReader(file, kind);
    reader.feed(
      gunzipSync(readFileSync(path.join(root, 'assets/fashion-mnist', `${file}.gz`))).subarray(0, bytes),
    );
    return reader;
  };
  const look = new engine.FirstLook(60_000, 10);
  const asked = [
    read('t10k-images-idx3-ubyte', 'images', 16 + 100 * 784),
    read('t10k-labels-idx1-ubyte', 'labels', 8 + 100),
  ] as const;
  expect(look.watchArriving(...asked)).toBe(true);
  const learned = [
    read('train-images-idx3-ubyte', 'images', 16 + images * 784),
    read('train-labels-idx1-ubyte', 'labels', 8 + images),
  ] as const;
  while (look.learnArriving(...learned));
  return look.standing();
}

/** Compares everything that the resting page says with the engine's own account. */
async function expectTrue(page: Page): Promise<engine.Standing> {
  const said = await sentence(page);
  const standing = after(said?.seen ?? 0);
  expect({ seen: said?.seen, right: said?.right }).toEqual({ seen: standing.seen, right: standing.right });
  const shown = standing.answers.slice(0, 24);
  const names = classes['fashion-mnist'] ?? [];
  expect(await tiles(page).locator('.name').allTextContents()).toEqual(
    shown.map(({ prediction }) => names[prediction]),
  );
  const marks = await tiles(page).locator('i').allTextContents();
  expect(marks).toEqual(shown.map(({ prediction, label }) => (prediction === label ? '✓' : '✗')));
  const count = marks.filter((mark) => mark === '✓').length;
  await page.getByText(`${count} of the first 24 right`).waitFor();
  return standing;
}

describe('Home', () => {
  test('learns by itself, and what it says is what the engine says on its own', async () => {
    const page = await house.visit('');
    await comesTo(page, 4000);
    await pause(page);
    const at = await seen(page);
    const standing = await expectTrue(page);
    await page.getByText(`this is correction ${standing.step.toLocaleString('en')}.`).waitFor();
    await page
      .locator('output')
      .filter({ hasText: (standing.loss ?? 0).toFixed(2) })
      .waitFor();
    // It rests until it is asked to go on.
    await dataReady(page);
    expect(await seen(page)).toBe(at);
    await button(page, 'Play').click();
    await comesTo(page, at + 2000);
    await page.context().close();
  });

  test('goes on with a second epoch, in a sentence of its own', async () => {
    const page = await house.visit('');
    const epoch = progress(page).filter({
      hasText: /^Epoch 2: it has seen [\d,]+ of 60,000 and names \d+ of 100\.$/,
    });
    await epoch.waitFor({ timeout: 100_000 });
    await page.context().close();
  });

  test('learns from the first hundredth of the file while the rest is on its way', async () => {
    const bytes = readFileSync(path.join(dist, TRAIN_IMAGES));
    let waiting: ServerResponse | null = null;
    const { server, origin } = await serveWith((response) => {
      response.writeHead(200, { 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 100));
      waiting = response;
    });
    const context = await house.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${origin}/?lang=en`);
    // It may wait in between: the hundredth itself comes in pieces.
    await expect.poll(() => seen(page), { timeout: 60_000 }).toBeGreaterThan(300);
    await page.getByText('it waits for its next pictures to arrive').waitFor({ timeout: 60_000 });
    const { seen: at } = await expectTrue(page);
    // A hundredth of 60,000 images, as far as gzip and whole mini-batches let it.
    expect(at).toBeGreaterThan(300);
    expect(at).toBeLessThan(900);
    (waiting as ServerResponse | null)?.end(bytes.subarray(bytes.length / 100));
    await comesTo(page, at + 2000);
    await pause(page);
    await expectTrue(page);
    await context.close();
    server.close();
  });

  test('waits for a press where the visitor wants little to move', async () => {
    const page = await house.visit('', { reducedMotion: 'reduce' });
    await dataReady(page);
    await expect.poll(() => seen(page)).toBe(0);
    expect((await sentence(page))?.right).toBe(after(0).right);
    expect(await tiles(page).locator('i').count(), 'answers of noise are not judged').toBe(0);
    await button(page, 'Play').click();
    await comesTo(page, 1000);
    await page.context().close();
  });

  test.each([
    [1440, 900, 'en'],
    [1280, 640, 'ko'],
    [390, 844, 'en'],
  ] as const)('moves nothing on the page while it learns, at %i × %i, %s', async (width, height, lang) => {
    const page = await house.visit('', { viewport: { width, height }, lang });
    const number = () =>
      page.evaluate(() => Number((document.querySelector('h1 b')?.textContent ?? '').replace(/\D/g, '')));
    const boxes = () =>
      page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'main h1, main h2, main p, main button, main figure, main li, main a, main canvas',
          ),
        ].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [element.tagName, x, y + scrollY, width, height].join(' ');
        }),
      );
    await expect.poll(number, { timeout: 60_000 }).toBeGreaterThan(1500);
    const before = await boxes();
    expect(before.length).toBeGreaterThan(60);
    const start = await number();
    // Two seconds at its own pace.
    await expect.poll(number, { timeout: 60_000 }).toBeGreaterThan(start + 10_000);
    expect(await boxes()).toEqual(before);
    await expectNoSidewaysScroll(page);
    await page.context().close();
  });

  test('is driven by the keyboard alone', async () => {
    const page = await house.visit('');
    await comesTo(page, 1000);
    await page.locator('#room').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await button(page, 'Play').waitFor();
    await page.keyboard.press('Enter');
    await button(page, 'Pause').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Draw for it');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Stations' }).waitFor({ timeout: 60_000 });
    await page.context().close();
  });

  test('leads to a step of its own network, with an image that it has got wrong', async () => {
    const page = await house.visit('');
    await dataReady(page);
    await comesTo(page, 2000);
    await pause(page);
    const { step, telling, answers } = after(await seen(page));
    const link = page.getByRole('link', { name: 'One of these steps', exact: true });
    expect(await link.getAttribute('href')).toBe(`#/one-step?network=home&at=${step}&guest=test-${telling}`);
    await link.click();
    const answer = answers[telling ?? -1];
    const names = classes['fashion-mnist'] ?? [];
    const [truth, said] = [names[answer?.label ?? -1], names[answer?.prediction ?? -1]];
    expect(truth).not.toBe(said);
    await page.getByText(`is “${truth}”; the network says “${said}”`).waitFor({ timeout: 60_000 });
    await page.getByText(`step ${(step + 1).toLocaleString('en')} · epoch 1`).waitFor();
    const network = page.getByRole('combobox', { name: 'Network', exact: true });
    expect(await network.inputValue()).toBe('home');
    // The address alone leads there, too.
    await page.reload();
    await page.getByText(`is “${truth}”; the network says “${said}”`).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Atelier', exact: true }).click();
    await page.getByRole('link', { name: 'Draw for it', exact: true }).click();
    await page.getByRole('application', { name: 'Digit pad' }).waitFor();
    await page.context().close();
  });

  test('stops when one leaves it, and goes on when one returns', async () => {
    const page = await house.visit('', {
      before: async (page) => {
        await page.addInitScript(() => {
          const sentences: string[] = [];
          Object.assign(globalThis, { sentences });
          const look = () => {
            const text = document.querySelector('[role=status] h1')?.textContent ?? '(another room)';
            if (text !== sentences.at(-1)) sentences.push(text);
            requestAnimationFrame(look);
          };
          look();
        });
      },
    });
    await comesTo(page, 2000);
    await page.getByRole('link', { name: 'Softmax', exact: true }).click();
    await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
    // Two seconds of learning would be ten thousand images: what has stopped stands still on any machine.
    await page.waitForTimeout(2000);
    await page.getByRole('link', { name: 'Atelier', exact: true }).click();
    await comesTo(page, 3000);
    const all = await page.evaluate(() => (globalThis as unknown as { sentences: string[] }).sentences);
    const left = all.lastIndexOf('(another room)');
    const at = (place: number) => numberIn(/seen ([\d,]+)/.exec(all[place] ?? '')?.[1] ?? null);
    expect(at(left + 1), `from ${all[left - 1]}`).toBeLessThan(at(left - 1) + 3000);
    await page.context().close();
  });

  test('is mended after a mistake of ours, and is the same run', async () => {
    const hand = new EngineHand();
    const page = await house.visit('', { before: (page) => hand.lay(page) });
    await dataReady(page);
    await comesTo(page, 2000);
    const at = await seen(page);
    await hand.arm(page, 'firstlook_learn');
    await page.getByRole('alert').filter({ hasText: 'The engine stopped' }).waitFor({ timeout: 30_000 });
    // What was known stays on the page until the fresh engine has come as far.
    expect(await seen(page)).toBeGreaterThanOrEqual(at);
    await comesTo(page, at + 6000);
    await pause(page);
    await expectTrue(page);
    expect(await page.getByRole('alert').count()).toBe(1);
    await page.context().close();
  });

  test.each([
    [1440, 900, 'light', 'en'],
    [390, 844, 'dark', 'ko'],
    [820, 1180, 'light', 'ko'],
  ] as const)('fits and is accessible at %i × %i, %s, %s', async (width, height, colorScheme, lang) => {
    const page = await house.visit('', { viewport: { width, height }, colorScheme, lang });
    await page.locator('h1 b').first().filter({ hasText: /\d,\d/ }).waitFor({ timeout: 60_000 });
    await page.locator('.top .play').click();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `home ${width} ${colorScheme} ${lang}`);
    // On the first screen already: the sentence, what it looks for, and the one button.
    for (const part of ['h1', '.play', 'figure ul']) {
      const box = await page.locator(`main ${part}`).first().boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0), part).toBeLessThanOrEqual(height);
    }
    await page.context().close();
  });

  test('nothing went wrong unseen', () => {
    const planted = /RuntimeError|unreachable|The engine stopped/;
    expect(house.complaints.filter((text) => !planted.test(text))).toEqual([]);
  });
});

/** Serves the page; `answer` takes over the training images. */
async function serveWith(
  answer: (response: ServerResponse) => void,
): Promise<{ server: Server; origin: string }> {
  const usual = handler(dist);
  const server = createServer((request, response) => {
    if (request.url === TRAIN_IMAGES) answer(response);
    else usual(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
