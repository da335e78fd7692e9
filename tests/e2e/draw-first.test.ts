// A first visit to the Draw room: a digit draws itself and is read, until somebody touches the pad.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, button, drawWithMouse, padOf, seven, status } from './draw-hand';
import { expectAccessible, openHouse, type House } from './support';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

test('a 2 draws itself, is read, and makes way for the first stroke, for good', async () => {
  const page = await house.visit('#/draw', { isFirst: true });
  await answer(page, '2');
  await padOf(page).getByText('Touch the pad, and it is yours.').waitFor();
  await expectAccessible(page, 'a digit that was drawn to show');
  await drawWithMouse(page, seven);
  await answer(page, '7');
  expect(await padOf(page).getByText('Touch the pad').count()).toBe(0);
  // The 2 is no part of what was drawn: one step back is an empty pad, and there is nothing before.
  await button(page, 'Undo').click();
  await answer(page, 'empty');
  expect(await button(page, 'Undo').isDisabled()).toBe(true);
  await page.reload();
  await answer(page, 'empty');
  await page.context().close();
});

test('Clear and the keyboard take it away as well', async () => {
  const page = await house.visit('#/draw', { isFirst: true, reducedMotion: 'reduce' });
  await answer(page, '2');
  await button(page, 'Clear').click();
  await answer(page, 'empty');
  await page.context().close();

  const other = await house.visit('#/draw', { isFirst: true });
  await answer(other, '2');
  await padOf(other).focus();
  await other.keyboard.press('Space');
  await expect.poll(() => status(other).getAttribute('data-answer')).not.toBe('2');
  await other.context().close();
});

test('who has begun to draw is not interrupted', async () => {
  const page = await house.visit('#/draw', {
    isFirst: true,
    before: async (fresh) => {
      await fresh.route('**/digits.safetensors', async (route) => {
        await new Promise((go) => setTimeout(go, 1500));
        await route.continue();
      });
    },
  });
  await drawWithMouse(page, seven);
  await answer(page, '7');
  await page.waitForTimeout(300);
  await answer(page, '7');
  await page.context().close();
});
