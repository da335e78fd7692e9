// What the Draw room's tests share: recorded digits, and a hand that draws them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Rows of `x0,y0 … x7,y7` (0…100, y up) and the digit. */
export const digits = readFileSync(
  path.resolve(import.meta.dirname, '../fixtures/pen-digits/dev.csv'),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split(',').map(Number));

export const padOf = (page: Page) => page.getByRole('application', { name: 'Digit pad' });
export const status = (page: Page) => page.getByRole('status', { name: 'Answer' });
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export async function answer(page: Page, wanted: string) {
  await expect
    .poll(() => status(page).getAttribute('data-answer'), { timeout: 10_000, message: 'the answer' })
    .toBe(wanted);
}

/** The eight points of a recorded digit, in units of the pad's side. */
export function pointsOf(row: number[]): [number, number][] {
  const points: [number, number][] = [];
  for (let at = 0; at < 16; at += 2)
    points.push([0.15 + (0.49 * (row[at] ?? 0)) / 100, 0.85 - (0.7 * (row[at + 1] ?? 0)) / 100]);
  return points;
}

export async function boxOf(locator: Locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('the pad is not on the page');
  return box;
}

export async function drawWithMouse(page: Page, points: [number, number][], steps = 4, pause = 0) {
  const box = await boxOf(padOf(page));
  const place = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...rest] = points;
  await page.mouse.move(...place(first ?? [0.5, 0.5]));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...place(point), { steps });
  if (pause > 0) await page.waitForTimeout(pause);
  await page.mouse.up();
}

export const seven: [number, number][] = [
  [0.3, 0.2],
  [0.7, 0.2],
  [0.45, 0.8],
];

/** The centripetal Catmull–Rom curve through the points, as `Strokes::smooth` of the engine draws it. */
export function smooth(points: [number, number][], pieces = 5): [number, number][] {
  type P = [number, number];
  const distance = (a: P, b: P) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const kept = points.filter((p, at) => at === 0 || distance(p, points[at - 1] ?? p) > 0);
  const at = (i: number): P => {
    const end = kept.length - 1;
    const inner = kept[Math.min(end, Math.max(0, i))] ?? [0, 0];
    if (i >= 0 && i <= end) return inner;
    // Ends are doubled by reflection.
    const next = kept[i < 0 ? 1 : end - 1] ?? inner;
    return [2 * inner[0] - next[0], 2 * inner[1] - next[1]];
  };
  const curve: P[] = [at(0)];
  for (let i = 0; i + 1 < kept.length; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const ta = 0;
    const tb = ta + Math.sqrt(distance(a, b));
    const tc = tb + Math.sqrt(distance(b, c));
    const td = tc + Math.sqrt(distance(c, d));
    for (let piece = 1; piece <= pieces; piece++) {
      const t = tb + ((tc - tb) * piece) / pieces;
      const mix = (p: P, q: P, from: number, to: number): P => {
        const share = (t - from) / (to - from);
        return [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share];
      };
      const [ab, bc, cd] = [mix(a, b, ta, tb), mix(b, c, tb, tc), mix(c, d, tc, td)];
      curve.push(mix(mix(ab, bc, ta, tc), mix(bc, cd, tb, td), tb, tc));
    }
  }
  return curve;
}

/** Resolves once the pen's last point has been read, answered and explained: the pad rests. */
export async function waitUntilStill(page: Page) {
  await page
    .getByRole('region', { name: 'As MNIST was made' })
    .and(page.locator('[aria-busy="false"]'))
    .waitFor({ timeout: 10_000 });
}
