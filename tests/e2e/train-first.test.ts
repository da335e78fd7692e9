// A first visit to the Train room: what one presses is in sight, stays where it is, and leads on.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, openHouse, type House } from './support';
import { button, field, finished, place, select, set } from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

const training = (page: Page) => page.getByRole('region', { name: 'Training' });
const primary = (page: Page) => training(page).getByRole('button').first();

/** Where the button, the numbers and the progress are. */
async function boxes(page: Page) {
  const parts = [
    primary(page),
    training(page).locator('dl'),
    page.getByRole('progressbar', { name: 'Epoch' }),
  ];
  return Promise.all(parts.map((part) => part.boundingBox()));
}

describe.each([
  [1440, 900],
  [1366, 625],
  [1280, 640],
  [844, 390],
  [390, 844],
  [320, 568],
])('at %i × %i', (width, height) => {
  test('Play, the numbers of now and the progress are in sight, and never move', async () => {
    const late: (() => void)[] = [];
    const page = await house.visit('#/train', {
      isFirst: true,
      viewport: { width, height },
      async before(fresh) {
        await fresh.route('**/train-images-*.gz', async (route) => {
          await new Promise<void>((go) => late.push(go));
          await route.continue();
        });
      },
    });
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await expect.poll(() => late.length).toBeGreaterThan(0);
    const before = await boxes(page);
    for (const box of before) {
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    }
    late.forEach((go) => go());
    await dataReady(page);
    expect(await boxes(page)).toEqual(before);
    await set(page, 'Epochs', '1');
    await page.evaluate(() => scrollTo(0, 0));
    await primary(page).click();
    await expect.poll(() => place(page)).toMatch(/batch [1-9]/);
    expect(await training(page).locator('dl').textContent()).toMatch(/Loss\s*\d\.\d{4}/);
    // Pressed, pausing, and while numbers run.
    expect(await boxes(page)).toEqual(before);
    await button(page, 'Pause').click();
    await button(page, 'Play').waitFor();
    expect(await boxes(page)).toEqual(before);
    await page.context().close();
  });
});

test('when the epochs are over the same button offers ten more, and what comes next is linked', async () => {
  const page = await house.visit('#/train?images=1000&epochs=1');
  await dataReady(page);
  await primary(page).focus();
  await page.keyboard.press('Enter');
  await finished(page);
  const more = button(page, '10 more epochs');
  await more.waitFor();
  expect(await more.evaluate((one) => one === document.activeElement)).toBe(true);
  await expectAccessible(page, 'all epochs done');
  await button(page, 'Look at what it gets wrong').click();
  await expect.poll(() => select(page, 'Show').inputValue()).toBe('wrong');
  await more.press('Enter');
  await expect.poll(() => field(page, 'Epochs').inputValue()).toBe('11');
  await expect.poll(() => page.getByRole('table', { name: 'History' }).locator('tbody tr').count()).toBe(11);
  await button(page, '10 more epochs').waitFor();
  await page.getByRole('link', { name: 'Take one of its steps apart' }).click();
  await page.getByRole('table', { name: 'Forward and backward' }).waitFor();
  await page.context().close();
});

test('three controls at first, the rest folded until somebody unfolds it, for good', async () => {
  const page = await house.visit('#/train', { isFirst: true });
  await dataReady(page);
  await field(page, 'Learning rate').waitFor();
  expect(await select(page, 'Start from').isVisible()).toBe(true);
  expect(await field(page, 'Batch size').isVisible()).toBe(false);
  // One can watch it: no pace has been chosen yet.
  expect(await select(page, 'Pace').inputValue()).toBe('epoch');
  // Before it has learnt anything nothing is called wrong.
  expect(await page.locator('[data-predictions] .wrong').count()).toBe(0);
  await page.getByText('All settings', { exact: true }).click();
  await field(page, 'Batch size').waitFor();
  await select(page, 'Pace').selectOption('batch');
  await page.reload();
  await field(page, 'Batch size').waitFor();
  expect(await select(page, 'Pace').inputValue()).toBe('batch');
  await page.context().close();
});
