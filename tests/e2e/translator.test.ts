// A visitor whose browser translates the page: prose is translated, values go on changing.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, drawWithMouse, seven, waitUntilStill } from './draw-hand';
import { dataReady, openHouse, type House } from './support';
import { either, original, translate, translated } from './translator';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

const button = (page: Page, name: string) =>
  page.getByRole('button', { name: either(name.replace(/[+]/g, '\\+')) }).first();
const press = (page: Page, name: string) => button(page, name).click();

/** All that the room says, a line each, without what is measured by the clock. */
async function said(page: Page): Promise<string[]> {
  const text = original(await page.locator('main').innerText());
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/ m?s\b|\/s$|an epoch$/.test(line));
}

interface Visit {
  address: string;
  /** Waits until the room rests. */
  ready: (page: Page) => Promise<void>;
  act: (page: Page) => Promise<void>;
  /** Words that only stand there after the acts. */
  after: RegExp;
}

const visits: Record<string, Visit> = {
  train: {
    address: '#/train?images=1000&epochs=3',
    async ready(page) {
      await dataReady(page);
      await button(page, '+1 epoch').and(page.locator(':enabled')).waitFor();
    },
    async act(page) {
      await press(page, '+1 epoch');
      await page.locator('tbody tr').first().waitFor();
      await page.locator('code').waitFor();
      await press(page, '+1 batch');
      await expect.poll(() => said(page).then((lines) => lines.join('\n'))).toMatch(/batch 1 of 25/);
      await page.locator('code').waitFor();
    },
    after: /epoch 2 of 3 · batch 1 of 25/,
  },
  'one-step': {
    address: '#/one-step?network=relu',
    async ready(page) {
      await dataReady(page);
      await button(page, '+1 batch').and(page.locator(':enabled')).waitFor();
    },
    async act(page) {
      for (let station = 0; station < 4; station++) await press(page, 'Next');
      await press(page, '+1 batch');
      await expect.poll(() => said(page).then((lines) => lines.join('\n'))).toMatch(/step 2 ·/);
    },
    after: /step 2 ·/,
  },
  draw: {
    address: '#/draw',
    ready: (page) => answer(page, 'empty'),
    async act(page) {
      await drawWithMouse(page, seven);
      await answer(page, '7');
      await waitUntilStill(page).catch(() => undefined);
    },
    after: /^7$/m,
  },
  neuron: {
    address: '#/neuron',
    ready: (page) => page.getByRole('slider').first().waitFor(),
    async act(page) {
      for (const at of [0, 1, 2]) await page.getByRole('slider').nth(at).press('ArrowRight');
    },
    after: /./,
  },
  softmax: {
    address: '#/softmax?z=2,1,0.1',
    ready: (page) => page.locator('td').first().waitFor(),
    async act(page) {
      const slider = page.getByRole('slider').first();
      for (let step = 0; step < 5; step++) await slider.press('ArrowRight');
      await page.getByRole('button', { name: either('Guard') }).click();
      await page.getByRole('button', { name: either('Guard') }).click();
    },
    after: /./,
  },
  loss: {
    address: '#/loss',
    async ready(page) {
      await dataReady(page);
      await page.getByRole('slider').first().waitFor();
      await button(page, '+1 step').and(page.locator(':enabled')).waitFor();
    },
    async act(page) {
      await page.getByRole('slider').first().press('ArrowRight');
      await press(page, '+1 step');
      await press(page, '+1 step');
    },
    after: /./,
  },
  graph: {
    address: '#/graph',
    ready: (page) => button(page, 'Forward').waitFor(),
    async act(page) {
      await press(page, 'Forward');
      await expect.poll(() => said(page).then((lines) => lines.join('\n'))).toMatch(/715/);
      await press(page, 'Next node');
      await page.getByRole('textbox', { name: either('Expression') }).fill('x = 3\nx × x + 1');
      await expect.poll(() => said(page).then((lines) => lines.join('\n'))).toMatch(/x × x/);
      await press(page, 'Forward');
    },
    after: /10/,
  },
  data: {
    address: '#/data',
    async ready(page) {
      await dataReady(page);
      await page.locator('td').first().waitFor();
    },
    async act(page) {
      await page.getByRole('combobox', { name: either('Scaling') }).selectOption('standardized');
      await press(page, 'Next');
      await expect
        .poll(() => page.getByRole('figure', { name: 'Images' }).locator('b').allInnerTexts())
        .not.toContain('·');
    },
    after: /standardised/,
  },
};

describe('a translated page says what an untranslated one says', () => {
  test.each(Object.entries(visits))('%s', async (_, { address, ready, act, after }) => {
    const untranslated = await house.visit(address, { reducedMotion: 'reduce' });
    await ready(untranslated);
    await settle(untranslated);
    const before = await said(untranslated);
    await act(untranslated);
    // What is asked of the engine comes when it comes.
    await settle(untranslated);
    const wanted = await said(untranslated);
    expect(wanted.join('\n')).toMatch(after);
    expect(wanted).not.toEqual(before);
    await untranslated.context().close();

    const page = await house.visit(address, { reducedMotion: 'reduce' });
    await ready(page);
    await translate(page);
    // Prose is within the translator's reach: the room's title, and most of its headings.
    const headings = await page.locator('main :is(h1, h2)').allInnerTexts();
    const foreign = headings.filter((text) => text.includes(translated(original(text)).slice(0, 6)));
    expect(await page.locator('main h1').innerText()).toMatch(/[Ａ-ｚ]/);
    expect(foreign.length).toBeGreaterThan(headings.length / 2);
    await act(page);
    await settle(page);
    await expect.poll(() => said(page)).toEqual(wanted);
    await page.context().close();
  });
});

/** Waits until the room has said the same for a while. */
async function settle(page: Page) {
  let last = '';
  await expect
    .poll(
      async () => {
        const now = (await said(page)).join('\n');
        const isStill = now === last;
        last = now;
        return isStill;
      },
      { interval: 500 },
    )
    .toBe(true);
}

test('the language can be changed in a translated page', async () => {
  const plain = await house.visit('#/softmax', { lang: 'ko' });
  await plain.locator('td').first().waitFor();
  await settle(plain);
  const wanted = await said(plain);
  await plain.context().close();
  const page = await house.visit('#/softmax');
  await page.locator('td').first().waitFor();
  await translate(page);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.locator('td').first().waitFor();
  await expect.poll(() => said(page)).toEqual(wanted);
  await page.context().close();
});
