// What hands do to the pad besides drawing: taps, resting palms, pens, erasers, cancelled touches, other keyboards.
// The pad's own pixels are read: what is seen must be what is read.
import type { CDPSession, Page } from 'playwright-core';
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

type Point = [number, number];

async function open(options = {}) {
  const page = await house.visit('#/draw', options);
  await answer(page, 'empty');
  return page;
}

const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

/** The ink on the pad as painted, and as the network's first stage has it: 784 shares of 28×28 cells each. */
async function padAndStage(page: Page): Promise<{ pad: number[]; stage: number[] }> {
  await waitUntilStill(page);
  const pad = await padOf(page).evaluate((frame) => {
    const canvas = frame.querySelector('canvas');
    if (!canvas) throw new Error('no canvas');
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const cell = canvas.width / 28;
    const shares = Array.from({ length: 784 }, () => ({ ink: 0, pixels: 0 }));
    for (let y = 0; y < canvas.height; y++)
      for (let x = 0; x < canvas.width; x++) {
        // A pixel belongs to the cell that its middle lies in.
        const share = shares[Math.floor((y + 0.5) / cell) * 28 + Math.floor((x + 0.5) / cell)];
        if (!share) continue;
        share.ink += (data[4 * (y * canvas.width + x) + 3] ?? 0) / 255;
        share.pixels += 1;
      }
    return shares.map(({ ink, pixels }) => ink / pixels);
  });
  const stage = await page.getByRole('img', { name: 'The pad, squeezed' }).evaluate((picture) => {
    const data = picture.querySelector('canvas')?.getContext('2d')?.getImageData(0, 0, 28, 28).data ?? [];
    return Array.from({ length: 784 }, (_, at) => (data[4 * at + 3] ?? 0) / 255);
  });
  return { pad, stage };
}

/** The largest difference of any cell's ink. */
const largest = (one: number[], other: number[]) =>
  Math.max(...one.map((ink, at) => Math.abs(ink - (other[at] ?? 0))));

/** Every cell's ink is the same on the pad and in the stage, but for the rims' rounding. */
async function expectSeenIsRead(page: Page, state: string) {
  const { pad, stage } = await padAndStage(page);
  expect(
    stage.some((ink) => ink > 0.9),
    `${state}: there is ink`,
  ).toBe(true);
  expect(largest(pad, stage), `${state}: the largest difference of a cell's ink`).toBeLessThan(0.12);
}

function finger(page: Page) {
  let session: CDPSession | undefined;
  return {
    async send(
      type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
      points: [Point, number, number?][],
    ) {
      session ??= await page.context().newCDPSession(page);
      const box = await boxOf(padOf(page));
      const touchPoints = points.map(([[x, y], id, radius = 8]) => ({
        ...{ x: box.x + x * box.width, y: box.y + y * box.height, id },
        ...{ radiusX: radius, radiusY: radius },
      }));
      await session.send('Input.dispatchTouchEvent', { type, touchPoints });
    },
  };
}

/** Points from one corner of a line to the next, a hand's distance apart. */
function along(corners: Point[], steps = 10): Point[] {
  return corners.flatMap((corner, at) => {
    const next = corners[at + 1];
    if (!next) return [corner];
    return Array.from({ length: steps }, (_, step): Point => [
      corner[0] + ((next[0] - corner[0]) * step) / steps,
      corner[1] + ((next[1] - corner[1]) * step) / steps,
    ]);
  });
}

async function pen(
  page: Page,
  points: Point[],
  force: (share: number) => number = () => 0.5,
  name: 'left' | 'forward' = 'left',
) {
  const session = await page.context().newCDPSession(page);
  const box = await boxOf(padOf(page));
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: number) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + (points[at]?.[0] ?? 0) * box.width,
      y: box.y + (points[at]?.[1] ?? 0) * box.height,
      button: name,
      buttons: type === 'mouseReleased' ? 0 : name === 'left' ? 1 : 16,
      clickCount: 1,
      pointerType: 'pen',
      force: force(at / points.length),
    });
  await send('mousePressed', 0);
  for (const at of points.keys()) await send('mouseMoved', at);
  await send('mouseReleased', points.length - 1);
}

describe('what is seen is what is read', () => {
  test('a tap leaves a dot, on the pad and in the network’s input, also after the screen was turned', async () => {
    const page = await open();
    // A 0 in the left half, and a click without moving: the network reads both, so both are seen.
    await drawWithMouse(
      page,
      pointsOf(digits[4] ?? []).map(([x, y]): Point => [x * 0.6, y]),
    );
    await answer(page, '0');
    const before = (await padAndStage(page)).pad;
    await drawWithMouse(page, [[0.85, 0.85]]);
    await expect.poll(async () => (await padAndStage(page)).stage[23 * 28 + 23]).toBeGreaterThan(0.9);
    await expectSeenIsRead(page, 'after the tap');
    const after = (await padAndStage(page)).pad;
    expect(Math.max(...after.map((ink, at) => ink - (before[at] ?? 0)))).toBeGreaterThan(0.9);
    // Painted anew, all at once.
    await page.setViewportSize({ width: 844, height: 390 });
    await page.waitForTimeout(300);
    await expectSeenIsRead(page, 'after a turn');
    await page.getByRole('button', { name: 'Theme' }).click();
    await expectSeenIsRead(page, 'in the other theme');
    await button(page, 'Undo').click();
    await answer(page, '0');
    await page.context().close();
  });

  test('a pen’s changing pressure is painted as it is read', async () => {
    const page = await open();
    await pen(page, along(seven, 4), (share) => share);
    await answer(page, '7');
    await expectSeenIsRead(page, 'pressure from 0 to 1');
    await page.context().close();
  });
});

describe('a hand that rests', () => {
  test('leaves the pad to the finger that moves', async () => {
    const page = await open(phone);
    const touch = finger(page);
    const palm: [Point, number] = [[0.93, 0.93], 1];
    await touch.send('touchStart', [palm]);
    await touch.send('touchStart', [palm, [[0.3, 0.2], 2]]);
    for (const point of along(seven)) await touch.send('touchMove', [palm, [point, 2]]);
    await answer(page, '7');
    await touch.send('touchEnd', [palm]);
    await touch.send('touchEnd', []);
    await answer(page, '7');
    // The palm left nothing, and one step back takes the whole stroke.
    const { pad } = await padAndStage(page);
    expect(Math.max(...pad.slice(25 * 28))).toBe(0);
    await button(page, 'Undo').tap();
    await answer(page, 'empty');
    await page.context().close();
  });

  test('leaves the pad to a pen, however far it slid before', async () => {
    const page = await open(phone);
    const touch = finger(page);
    await touch.send('touchStart', [[[0.9, 0.7], 1]]);
    for (const point of along([
      [0.9, 0.7],
      [0.9, 0.9],
    ]))
      await touch.send('touchMove', [[point, 1]]);
    await pen(page, along(seven));
    await answer(page, '7');
    await touch.send('touchEnd', []);
    await answer(page, '7');
    const { pad } = await padAndStage(page);
    expect(Math.max(...pad.filter((_, at) => at % 28 > 23))).toBe(0);
    await page.context().close();
  });
});

test('a touch that the system cancels leaves nothing, and takes nothing with it', async () => {
  const page = await open(phone);
  const touch = finger(page);
  const stroke = async (corners: Point[], end: 'touchEnd' | 'touchCancel') => {
    await touch.send('touchStart', [[corners[0] ?? [0, 0], 1]]);
    for (const point of along(corners)) await touch.send('touchMove', [[point, 1]]);
    await touch.send(end, []);
  };
  const one: Point[] = [
    [0.6, 0.2],
    [0.55, 0.8],
  ];
  await stroke(one, 'touchEnd');
  await answer(page, '1');
  const { pad } = await padAndStage(page);
  // What was undone can still be done again after a cancelled touch.
  await stroke(
    [
      [0.2, 0.9],
      [0.8, 0.9],
    ],
    'touchEnd',
  );
  await button(page, 'Undo').tap();
  await answer(page, '1');
  await stroke(
    [
      [0.3, 0.2],
      [0.6, 0.2],
    ],
    'touchCancel',
  );
  await answer(page, '1');
  expect(largest((await padAndStage(page)).pad, pad)).toBe(0);
  await touch.send('touchStart', [[[0.9, 0.9], 1]]);
  await touch.send('touchCancel', []);
  expect(largest((await padAndStage(page)).pad, pad)).toBe(0);
  expect(await button(page, 'Redo').isEnabled()).toBe(true);
  await page.context().close();
});

test('a pen’s other end erases whole strokes', async () => {
  const page = await open({
    // No driver sends a pen's button 5: the browser's own pen events are told to be of it.
    before: (fresh: Page) =>
      fresh.addInitScript(() => {
        addEventListener(
          'pointerdown',
          (event) => {
            if (event.pointerType !== 'pen' || event.button !== 4) return;
            Object.defineProperty(event, 'button', { value: 5 });
            Object.defineProperty(event, 'buttons', { value: 32 });
          },
          { capture: true },
        );
      }),
  });
  const erase = (points: Point[]) => pen(page, points, undefined, 'forward');
  await pen(page, along(seven));
  await pen(
    page,
    along([
      [0.4, 0.5],
      [0.66, 0.5],
    ]),
  );
  await pen(
    page,
    along([
      [0.1, 0.9],
      [0.3, 0.9],
    ]),
  );
  const { pad } = await padAndStage(page);
  // Past all of them: nothing.
  await erase(
    along([
      [0.8, 0.1],
      [0.8, 0.4],
    ]),
  );
  expect(largest((await padAndStage(page)).pad, pad)).toBe(0);
  // Across the two upper ones, in one go.
  await erase(
    along([
      [0.58, 0.1],
      [0.58, 0.6],
    ]),
  );
  const left = (await padAndStage(page)).pad;
  expect(Math.max(...left.slice(0, 22 * 28))).toBe(0);
  expect(Math.max(...left.slice(22 * 28))).toBeGreaterThan(0.9);
  // One step back brings both.
  await button(page, 'Undo').click();
  expect(largest((await padAndStage(page)).pad, pad)).toBe(0);
  await page.context().close();
});

test('undoes and redoes on a keyboard of any script', async () => {
  const page = await open();
  const session = await page.context().newCDPSession(page);
  const CONTROL = 2;
  const META = 4;
  const SHIFT = 8;
  const press = async (key: string, code: string, modifiers: number) => {
    for (const type of ['rawKeyDown', 'keyUp'] as const)
      await session.send('Input.dispatchKeyEvent', { type, key, code, modifiers });
  };
  await drawWithMouse(page, seven);
  await answer(page, '7');
  for (const [z, y] of [
    ['ㅋ', 'ㅛ'],
    ['я', 'н'],
    ['z', 'y'],
  ] as const) {
    for (const command of [CONTROL, META]) {
      await press(z, 'KeyZ', command);
      await answer(page, 'empty');
      await press(y, 'KeyY', command);
      await answer(page, '7');
      await press(z, 'KeyZ', command);
      await answer(page, 'empty');
      await press(z, 'KeyZ', command | SHIFT);
      await answer(page, '7');
    }
  }
  await page.context().close();
});
