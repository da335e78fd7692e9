// Narrow phones: what is written on a button stays on it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

const rooms = ['train', 'one-step', 'draw', 'neuron', 'softmax', 'loss', 'graph', 'data'];

describe.each(['en', 'ko'] as const)('in %s', (lang) => {
  test.each([320, 360, 390])('no button’s words leave it at %i px', async (width) => {
    const page = await house.visit('#/train', { lang, viewport: { width, height: 800 } });
    await dataReady(page);
    const outside: string[] = [];
    for (const room of rooms) {
      await page.evaluate((name) => (location.hash = `#/${name}`), room);
      await page.locator('main h1').waitFor();
      await page.waitForTimeout(600);
      outside.push(
        ...(
          await page.locator('main button, header button').evaluateAll((buttons) =>
            buttons.flatMap((button) => {
              const box = button.getBoundingClientRect();
              const words = document.createRange();
              words.selectNodeContents(button);
              const { left, right, width } = words.getBoundingClientRect();
              // Drawn nowhere, or for screen readers alone.
              if (box.width < 8 || width === 0) return [];
              const leaves = left < box.left - 0.5 || right > box.right + 0.5;
              return leaves
                ? [`${button.textContent?.trim()}: ${Math.round(width)} in ${Math.round(box.width)}`]
                : [];
            }),
          )
        ).map((one) => `${room}, ${one}`),
      );
    }
    expect(outside).toEqual([]);
    await page.context().close();
  });
});
