// The Draw room with real pointer events: digits, undo, long strokes, fingers, keys, lessons.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

const digits = readFileSync(path.resolve(import.meta.dirname, '../fixtures/pen-digits/dev.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split(',').map(Number));

/** One of each digit: rows of the file that the shipped network reads right. */
const RECORDED = [4, 11, 26, 8, 2, 1, 6, 41, 15, 0];

const padOf = (page: Page) => page.getByRole('application', { name: 'Digit pad' });
const status = (page: Page) => page.getByRole('status', { name: 'Answer' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function answer(page: Page, wanted: string) {
  await expect
    .poll(() => status(page).getAttribute('data-answer'), { timeout: 10_000, message: 'the answer' })
    .toBe(wanted);
}

async function open(address = '#/draw', options = {}) {
  const page = await house.visit(address, options);
  await padOf(page).waitFor();
  return page;
}

/** The eight points of a recorded digit, in units of the pad's side. */
function pointsOf(row: number[]): [number, number][] {
  const points: [number, number][] = [];
  for (let at = 0; at < 16; at += 2)
    points.push([0.15 + (0.49 * (row[at] ?? 0)) / 100, 0.85 - (0.7 * (row[at + 1] ?? 0)) / 100]);
  return points;
}

async function boxOf(locator: Locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('the pad is not on the page');
  return box;
}

async function drawWithMouse(page: Page, points: [number, number][], steps = 4, pause = 0) {
  const box = await boxOf(padOf(page));
  const place = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...rest] = points;
  await page.mouse.move(...place(first ?? [0.5, 0.5]));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...place(point), { steps });
  if (pause > 0) await page.waitForTimeout(pause);
  await page.mouse.up();
}

const seven: [number, number][] = [
  [0.3, 0.2],
  [0.7, 0.2],
  [0.45, 0.8],
];

describe('Draw', () => {
  test('can answer within a second of opening, and before MNIST has arrived', async () => {
    const page = await house.visit('#/draw', {
      before: async (fresh) => {
        // MNIST never arrives: the first answer must not wait for it.
        await fresh.route('**/mnist/**', () => undefined);
        await fresh.addInitScript(() => {
          new MutationObserver(() => {
            if (document.querySelector('[data-answer="empty"]') && !('firstAnswer' in window))
              Object.assign(window, { firstAnswer: performance.now() });
          }).observe(document, { subtree: true, childList: true, attributes: true });
        });
      },
    });
    await answer(page, 'empty');
    const milliseconds = await page.evaluate(
      () => (window as unknown as { firstAnswer: number }).firstAnswer,
    );
    console.log(`first answer possible ${milliseconds.toFixed(0)} ms after the page began to load`);
    // The mark is 1000 ms on a quiet machine, read from the line above; the bound only tells that it does
    // not wait for MNIST.
    expect(milliseconds).toBeLessThan(5000);
    await drawWithMouse(page, seven);
    await answer(page, '7');
    await page.context().close();
  });

  test('reads each digit of the recorded set, and answers in time', async () => {
    const page = await open();
    await answer(page, 'empty');
    for (const [digit, index] of RECORDED.entries()) {
      const row = digits[index] ?? [];
      expect(row[16], `row ${index}`).toBe(digit);
      // A hand is not in step with the screen’s frames: it rests for any part of one before it lifts the pen.
      await drawWithMouse(page, pointsOf(row), 4, 20 + 1.7 * digit);
      await answer(page, String(digit));
      await button(page, 'Clear').click();
      await answer(page, 'empty');
    }
    const median = Number(await page.locator('[data-median]').getAttribute('data-median'));
    console.log(`from a stroke’s last point to its painted answer: median ${median.toFixed(1)} ms`);
    expect(median).toBeGreaterThan(0);
    // The mark is 16 ms on a quiet machine, read from the line above; by the clock a test would judge the
    // machine, so the bound only tells that an answer comes while one still looks at the pen.
    expect(median).toBeLessThan(100);
    await page.context().close();
  });

  test('clears, undoes and redoes; an empty pad, a dot and a filled pad are no digits', async () => {
    const page = await open();
    await answer(page, 'empty');
    expect(await status(page).textContent()).toBe('The pad is empty.');
    expect(await button(page, 'Undo').isDisabled()).toBe(true);
    await drawWithMouse(page, seven);
    await answer(page, '7');
    await button(page, 'Clear').click();
    await answer(page, 'empty');
    await button(page, 'Undo').click();
    await answer(page, '7');
    await button(page, 'Undo').click();
    await answer(page, 'empty');
    await button(page, 'Redo').click();
    await answer(page, '7');
    await button(page, 'Clear').click();
    await drawWithMouse(page, [[0.5, 0.5]]);
    await answer(page, 'dot');
    const zigzag = Array.from({ length: 44 }, (_, at): [number, number] => [at % 2 ? 0.98 : 0.02, at / 43]);
    await drawWithMouse(page, zigzag, 1);
    await answer(page, 'filled');
    const bars = page.getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
    expect(await bars.count()).toBe(10);
    expect(await bars.first().textContent()).toContain('–');
    await page.context().close();
  });

  test('a stroke of 100,000 points is drawn, answered and undone', async () => {
    const page = await open();
    await answer(page, 'empty');
    const box = await boxOf(padOf(page));
    await padOf(page).evaluate((pad) =>
      pad.addEventListener(
        'pointerdown',
        (event) => (pad.dataset['pointer'] = String((event as PointerEvent).pointerId)),
      ),
    );
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2);
    await page.mouse.down();
    // The browser's own pointer is down; its moves come from the page, at 1,000 a task.
    const longest = await padOf(page).evaluate(async (pad) => {
      const box = pad.getBoundingClientRect();
      let longest = 0;
      for (let sent = 0; sent < 100_000;) {
        const start = performance.now();
        for (let end = sent + 1000; sent < end; sent++) {
          const angle = sent * 0.05;
          pad.dispatchEvent(
            new PointerEvent('pointermove', {
              pointerId: Number(pad.dataset['pointer']),
              pointerType: 'mouse',
              bubbles: true,
              clientX: box.x + box.width * (0.5 + 0.3 * Math.sin(angle)),
              clientY: box.y + box.height * (0.5 - 0.3 * Math.cos(angle)),
            }),
          );
        }
        longest = Math.max(longest, performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve));
      }
      return longest;
    });
    await page.mouse.up();
    await answer(page, '0');
    console.log(`1,000 points took the page at most ${longest.toFixed(0)} ms`);
    // A thousand points are a hundred frames of a fast mouse.
    expect(longest).toBeLessThan(1000);
    await button(page, 'Undo').click();
    await answer(page, 'empty');
    await page.context().close();
  });

  test('a finger draws, a second finger does not', async () => {
    const page = await open('#/draw', {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    await answer(page, 'empty');
    const box = await boxOf(padOf(page));
    const session = await page.context().newCDPSession(page);
    const at = (x: number, y: number, id: number) => ({
      x: box.x + x * box.width,
      y: box.y + y * box.height,
      id,
    });
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: object[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints as [] });
    await send('touchStart', [at(0.3, 0.2, 1)]);
    await send('touchStart', [at(0.3, 0.2, 1), at(0.1, 0.9, 2)]);
    for (let step = 1; step <= 20; step++) {
      const first =
        step <= 10
          ? at(0.3 + step * 0.04, 0.2, 1)
          : at(0.7 - (step - 10) * 0.025, 0.2 + (step - 10) * 0.06, 1);
      await send('touchMove', [first, at(0.1 + step * 0.04, 0.9, 2)]);
    }
    await send('touchEnd', []);
    await answer(page, '7');
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await button(page, 'Undo').tap();
    await answer(page, 'empty');
    await page.context().close();
  });

  test('a stroke that leaves the pad and comes back is one stroke, cut at the edge', async () => {
    const page = await open();
    await answer(page, 'empty');
    await drawWithMouse(page, [
      [0.5, 0.3],
      [0.5, 1.4],
      [0.52, 1.4],
      [0.52, 0.3],
    ]);
    await answer(page, '1');
    await button(page, 'Undo').click();
    await answer(page, 'empty');
    // Released outside: the pen is up when the pointer comes back.
    await drawWithMouse(page, [...seven, [0.4, 1.3]]);
    const before = await status(page).textContent();
    await page.mouse.move(400, 400, { steps: 5 });
    await page.waitForTimeout(200);
    expect(await status(page).textContent()).toBe(before);
    await page.context().close();
  });

  test('the drawing survives a turn of the screen', async () => {
    const page = await open('#/draw', { hasTouch: true, viewport: { width: 390, height: 844 } });
    await answer(page, 'empty');
    await drawWithMouse(page, seven);
    await answer(page, '7');
    const before = await status(page).textContent();
    await page.setViewportSize({ width: 844, height: 390 });
    await page.waitForTimeout(300);
    expect(await status(page).textContent()).toBe(before);
    await drawWithMouse(page, [
      [0.4, 0.5],
      [0.66, 0.5],
    ]);
    await expect.poll(() => status(page).textContent()).not.toBe(before);
    await page.context().close();
  });

  test('the keyboard draws too', async () => {
    const page = await open();
    await answer(page, 'empty');
    await padOf(page).focus();
    const press = async (key: string, times: number) => {
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
    };
    await press('ArrowUp', 9);
    await page.keyboard.press('Space');
    await press('ArrowDown', 18);
    await page.keyboard.press('Space');
    await answer(page, '1');
    await page.keyboard.press('Backspace');
    await answer(page, 'empty');
    await page.keyboard.press('Control+y');
    await answer(page, '1');
    await page.keyboard.press('Delete');
    await answer(page, 'empty');
    await page.context().close();
  });

  test('stages and models change the answer, and stand in the address', async () => {
    const page = await open();
    await answer(page, 'empty');
    await button(page, 'A small 3 in the corner, stages off').click();
    await expect.poll(() => page.evaluate(() => location.hash)).toContain('fit=0');
    await expect.poll(() => status(page).getAttribute('data-answer')).not.toBe('empty');
    await page.getByLabel('fit to 20 pixels').check();
    await page.getByLabel('centre of mass to the middle').check();
    await answer(page, '3');
    expect(await page.evaluate(() => location.hash)).not.toContain('fit');
    expect(await page.getByText('gradient × input', { exact: true }).count()).toBe(1);
    await page.getByLabel('Model', { exact: true }).selectOption('softmax');
    await expect.poll(() => page.getByText('x ⊙ W: the terms of the weighted sum').count()).toBe(1);
    expect(await page.evaluate(() => location.hash)).toContain('model=softmax');
    await button(page, 'A drawn boot for the Fashion network').click();
    const bars = page.getByRole('list', { name: 'Probabilities' });
    await expect.poll(() => bars.textContent()).toContain('Sneaker');
    await page.context().close();

    const linked = await open('#/draw?model=softmax&centre=0');
    await answer(linked, 'empty');
    expect(await linked.getByLabel('Model', { exact: true }).inputValue()).toBe('softmax');
    expect(await linked.getByLabel('centre of mass to the middle').isChecked()).toBe(false);
    await linked.context().close();
    const wrong = await open('#/draw?model=telepathy');
    await wrong.getByText('There is no model “telepathy”').waitFor();
    await answer(wrong, 'empty');
    await wrong.context().close();
  });

  test('a damaged model says what is wrong, and a second try helps', async () => {
    let damaged = true;
    const page = await house.visit('#/draw', {
      before: async (fresh) => {
        await fresh.route('**/digits.safetensors', (route) =>
          damaged ? route.fulfill({ body: '<!doctype html><title>Not here</title>' }) : route.continue(),
        );
      },
    });
    const alert = page.getByRole('alert').filter({ hasText: 'not a whole safetensors file' });
    await alert.waitFor();
    damaged = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await answer(page, 'empty');
    expect(await alert.count()).toBe(0);
    await page.context().close();
  });

  test('the network of the Train room reads here', async () => {
    const page = await house.visit('#/train');
    await dataReady(page);
    await button(page, '+1 batch').click();
    await page.evaluate(() => (location.hash = '#/draw'));
    await answer(page, 'empty');
    const choice = page.getByLabel('Model', { exact: true });
    await expect.poll(() => choice.textContent()).toContain('Your network from the Train room');
    await choice.selectOption('yours');
    await drawWithMouse(page, seven);
    const bars = page.getByRole('list', { name: 'Probabilities' });
    await expect.poll(() => bars.textContent()).toMatch(/T-shirt\s*\d/);
    await page.context().close();
  });

  test('neighbours, a lesson, before and after, and undo', async () => {
    const page = await open();
    await answer(page, 'empty');
    await drawWithMouse(page, seven);
    await answer(page, '7');
    const near = page.getByRole('list', { name: 'Nearest training images' });
    await expect.poll(() => near.getByRole('img').count(), { timeout: 60_000 }).toBe(6);
    expect(await near.textContent()).toContain('7');
    await expect
      .poll(() => page.getByRole('meter', { name: 'Distance from the training data' }).textContent())
      .toContain('farther than');
    // The visitor insists that this is a 4.
    for (let time = 0; time < 3; time++) await button(page, 'Keep as 4').click();
    await button(page, 'Teach, 60 steps').click();
    const result = page.getByRole('status', { name: 'Lesson' });
    await expect.poll(() => result.getByRole('table').count(), { timeout: 60_000 }).toBe(1);
    const table = (await result.textContent()) ?? '';
    console.log(table);
    expect(table).toContain('0 of 3');
    expect(table).toContain('3 of 3');
    await answer(page, '4');
    const shares = [...table.matchAll(/(\d+\.\d+)%/g)].map((match) => Number(match[1]));
    expect(shares[0]).toBeGreaterThanOrEqual(98.5);
    // A lesson against all that was learned (a plain 7 is a 4) costs many of the 7s, but not the network.
    expect(shares[1]).toBeGreaterThan(93);
    await button(page, 'Undo the lesson').click();
    await answer(page, '7');
    await page.context().close();
  });

  test('Korean, small screens and the axe', async () => {
    for (const lang of ['en', 'ko'] as const) {
      for (const width of [1440, 820, 390]) {
        const page = await house.visit('#/draw', { lang, viewport: { width, height: 900 } });
        await page.getByRole('application').waitFor();
        await expect.poll(() => page.locator('[data-answer="empty"]').count()).toBe(1);
        await expectNoSidewaysScroll(page);
        if (width !== 820) await expectAccessible(page, `${lang} at ${width}`);
        await page.context().close();
      }
    }
  });
});
