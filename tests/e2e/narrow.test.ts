// Narrow phones: what is written on a button stays on it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, goTo, openHouse, ROOMS, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

describe.each(['en', 'ko'] as const)('in %s', (lang) => {
  test.each([320, 360, 390])('no button’s words leave it at %i px', async (width) => {
    const page = await house.visit('#/train', { lang, viewport: { width, height: 800 } });
    await dataReady(page);
    const outside: string[] = [];
    for (const room of ROOMS) {
      await goTo(page, room);
      // Most buttons are there with the room, some with its first answers.
      await page.waitForTimeout(500);
      const found = await page.locator('main button, header button').evaluateAll((buttons) =>
        buttons.flatMap((button) => {
          const box = button.getBoundingClientRect();
          const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
          const leaving: string[] = [];
          while (texts.nextNode()) {
            const text = texts.currentNode;
            const words = document.createRange();
            words.selectNodeContents(text);
            const { left, right, width } = words.getBoundingClientRect();
            const parent = text.parentElement;
            // Drawn nowhere, for screen readers alone, or cut with an ellipsis on purpose.
            if (box.width < 8 || width === 0 || !parent || parent.closest('.visually-hidden')) continue;
            if (getComputedStyle(parent).textOverflow === 'ellipsis') continue;
            if (left < box.left - 0.5 || right > box.right + 0.5)
              leaving.push(`${text.textContent}: ${Math.round(width)} in ${Math.round(box.width)}`);
          }
          return leaving;
        }),
      );
      outside.push(...found.map((one) => `${room}, ${one}`));
    }
    expect(outside).toEqual([]);
    await page.context().close();
  });

  test('the gradient check’s formula is seen whole at 390 px', async () => {
    const page = await house.visit('#/one-step?station=check', {
      lang,
      viewport: { width: 390, height: 844 },
    });
    const sums = page.locator('.sums math:visible');
    await expect.poll(() => sums.count()).toBe(2);
    for (const formula of await sums.all()) {
      await expect
        .poll(() =>
          formula.evaluate((math) => {
            const holder = math.closest('.formula')?.getBoundingClientRect();
            const { left, right } = math.getBoundingClientRect();
            return holder !== undefined && left >= holder.left - 1 && right <= holder.right + 1;
          }),
        )
        .toBe(true);
    }
    await page.context().close();
  });
});
