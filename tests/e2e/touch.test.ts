// A finger on a phone: real touch events on the sliders and plots of the rooms that are played with by dragging.
import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

/** Draws a finger across `target`, from one share of its width to another, at half its height. */
async function swipe(finger: CDPSession, target: Locator, from: number, to: number) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to touch');
  const at = (share: number) => [{ x: box.x + box.width * share, y: box.y + box.height / 2 }];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) });
  for (let step = 1; step <= 8; step++) {
    const touchPoints = at(from + ((to - from) * step) / 8);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
  }
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test.each([
  ['neuron', 'Weight', 'Activations'],
  ['softmax', 'Logit 1', null],
  ['loss', 'Probability of the true class', 'Natural logarithm'],
] as const)('the %s room follows a finger', async (room, name, plot) => {
  const page = await house.visit(`#/${room}`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const finger = await page.context().newCDPSession(page);
  const slider = page.getByRole('slider', { name, exact: true });
  const range = await slider.evaluate(
    ({ min, max }: HTMLInputElement) => [Number(min), Number(max)] as const,
  );
  await swipe(finger, slider, 0.5, 0.8);
  // The thumb's own width keeps it from the ends: within a tenth of the range.
  const wanted = range[0] + 0.8 * (range[1] - range[0]);
  await expect
    .poll(async () => Math.abs(Number(await slider.inputValue()) - wanted) / (range[1] - range[0]))
    .toBeLessThan(0.1);

  if (plot) {
    const address = page.url();
    await swipe(
      finger,
      page.getByRole('figure', { name: plot, exact: true }).locator('svg').first(),
      0.5,
      0.85,
    );
    await expect.poll(() => page.url()).not.toBe(address);
    // Sideways it moved the plot, not the page.
    expect(await page.evaluate(() => document.documentElement.scrollLeft)).toBe(0);
  }
  await page.context().close();
});

test('nothing went wrong unseen', () => {
  expect(house.complaints).toEqual([]);
});
