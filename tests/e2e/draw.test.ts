// The Draw room's pad with real pointer events: digits, undo, long strokes, fingers, pens, keys.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answer,
  boxOf,
  button,
  digits,
  drawWithMouse,
  padOf,
  pointsOf,
  seven,
  status,
  waitUntilStill,
} from './draw-hand';
import { openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

/** One of each digit: rows of the file that the shipped network reads right. */
const RECORDED = [4, 11, 26, 8, 2, 1, 6, 41, 15, 0];

async function open(address = '#/draw', options = {}) {
  const page = await house.visit(address, options);
  await padOf(page).waitFor();
  return page;
}

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
    // machine, so the bound is three frames.
    expect(median).toBeLessThan(50);
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
    // While the finger is down the answer stands above the pad, in sight and under no hand.
    await answer(page, '7');
    const said = await status(page).boundingBox();
    expect(said && said.y >= 0 && said.y + said.height <= box.y).toBe(true);
    expect(box.y + box.height).toBeLessThanOrEqual(844);
    await send('touchEnd', []);
    await answer(page, '7');
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await button(page, 'Undo').tap();
    await answer(page, 'empty');
    await page.context().close();
  });

  test('a pen’s pressure makes its line wider', async () => {
    const page = await open();
    await answer(page, 'empty');
    const box = await boxOf(padOf(page));
    const session = await page.context().newCDPSession(page);
    const draw = async (force: number) => {
      const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
        session.send('Input.dispatchMouseEvent', {
          type,
          x: box.x + x * box.width,
          y: box.y + y * box.height,
          button: 'left',
          buttons: type === 'mouseReleased' ? 0 : 1,
          clickCount: 1,
          pointerType: 'pen',
          force,
        });
      await send('mousePressed', 0.5, 0.2);
      for (let step = 1; step <= 12; step++) await send('mouseMoved', 0.5, 0.2 + step * 0.05);
      await send('mouseReleased', 0.5, 0.8);
      await answer(page, '1');
      await waitUntilStill(page);
      // The first stage as painted: how much of it is ink.
      const ink = await page.getByRole('img', { name: 'The pad, squeezed' }).evaluate((picture) => {
        const canvas = picture.querySelector('canvas');
        const pixels = [...(canvas?.getContext('2d')?.getImageData(0, 0, 28, 28).data ?? [])];
        return pixels.reduce((sum, value, at) => sum + (at % 4 === 3 ? value / 255 : 0), 0);
      });
      await button(page, 'Clear').click();
      await answer(page, 'empty');
      return ink;
    };
    const [soft, hard] = [await draw(0.1), await draw(0.9)];
    // Pressure 0.1 draws 0.6 of the pen's width, 0.9 draws 1.4 of it.
    expect(hard / soft).toBeGreaterThan(1.8);
    expect(hard / soft).toBeLessThan(2.8);
    await page.context().close();
  });

  test('draws in a browser that tells no coalesced points, and survives a lost pointer', async () => {
    const page = await house.visit('#/draw', {
      before: async (fresh) => {
        await fresh.addInitScript(() => {
          Reflect.deleteProperty(PointerEvent.prototype, 'getCoalescedEvents');
        });
      },
    });
    await answer(page, 'empty');
    await drawWithMouse(page, seven);
    await answer(page, '7');
    await button(page, 'Clear').click();
    // The browser takes the pointer away in mid-stroke: the pad is ready for the next stroke.
    const box = await boxOf(padOf(page));
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height);
    await padOf(page).evaluate((pad) =>
      pad.addEventListener(
        'pointerdown',
        (event) => setTimeout(() => pad.releasePointerCapture((event as PointerEvent).pointerId)),
        { once: true },
      ),
    );
    await page.mouse.down();
    await answer(page, 'dot');
    await page.mouse.up();
    await button(page, 'Clear').click();
    await drawWithMouse(page, seven);
    await answer(page, '7');
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

  test('on a phone that lies on its side the whole pad is in sight', async () => {
    const page = await open('#/draw', { hasTouch: true, viewport: { width: 844, height: 390 } });
    await answer(page, 'empty');
    const box = await boxOf(padOf(page));
    expect(box.height).toBeLessThan(330);
    expect(Math.abs(box.width - box.height)).toBeLessThan(1);
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
});
