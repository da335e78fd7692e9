// The loss on a logarithmic axis where there is nothing to draw, or little: a fresh page, and every way back to one.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataReady, openHouse, type House } from './support';
import { button, expectPlace, select, set } from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

/** Notes what is written on canvases: the numbers of the axes. */
const listen = () => {
  const all: string[] = ((globalThis as unknown as { written: string[] }).written = []);
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text: string, ...place) {
    all.push(text);
    // A chart that never ends must not take this array along.
    if (all.length > 5000) all.splice(0, 2500);
    return fillText.call(this, text, ...(place as [number, number]));
  };
};
const forget = (page: Page) =>
  page.evaluate(() => void ((globalThis as unknown as { written: string[] }).written.length = 0));
const written = (page: Page) => page.evaluate(() => (globalThis as unknown as { written: string[] }).written);

test('the logarithmic axis holds, with nothing drawn, one batch, and nothing again', async () => {
  const page = await house.visit('#/train?images=1000&epochs=2', {
    before: async (page) => void (await page.addInitScript(listen)),
  });
  await dataReady(page);
  await expectPlace(page, 'batch 0 of 25');
  await forget(page);
  await select(page, 'Loss axis').selectOption('log');
  await expect.poll(() => written(page)).toContain('0.1');
  // Ticks that can be told apart, none of them 0.
  const ticks = await written(page);
  expect(ticks).toContain('10');
  expect(ticks.filter((text) => Number(text) === 0 && text !== '0')).toEqual([]);

  await button(page, '+1 batch').click();
  await expectPlace(page, 'batch 1 of 25');
  await button(page, 'Back one step').click();
  await expectPlace(page, 'batch 0 of 25');
  await button(page, 'Play').click();
  await page.getByText('All epochs are done.').waitFor({ timeout: 60_000 });
  await button(page, 'Reset').click();
  await expectPlace(page, 'batch 0 of 25');
  await set(page, 'Seed', '7');
  await expectPlace(page, 'batch 0 of 25');
  await page.getByRole('link', { name: 'Softmax' }).click();
  await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await expectPlace(page, 'batch 0 of 25');
  await button(page, '+1 batch').click();
  await expectPlace(page, 'batch 1 of 25');
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(house.complaints).toEqual([]);
  await page.context().close();
});
