// What the tests of the One-step room share: how its numbers are read, and compared with sums done again.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { meanGradients, networkAfter, sumsOf, updated, type Saved, type Sums } from './one-step-sums';
import { dataReady, type House } from './support';

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const table = (page: Page) => page.getByRole('table', { name: 'Forward and backward' });
export const check = (page: Page) => page.getByRole('status', { name: 'Gradient check' });

export async function openStep(house: House, address: string, options = {}): Promise<Page> {
  const page = await house.visit(`#/one-step?${address}`, options);
  await dataReady(page);
  await table(page).waitFor();
  return page;
}

/** A number as the room writes it, with half a unit of its last digit. */
export function read(text: string | null): { value: number; half: number } {
  const plain = (text ?? '').replaceAll('−', '-').replaceAll(',', '').trim();
  const found = /^\+?(-?\d+(?:\.(\d+))?)(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(%)?$/.exec(plain);
  if (!found) throw new Error(`not a number: “${text}”`);
  const [, mantissa = '', decimals = '', power = '', percent] = found;
  const exponent = Number(
    [...power].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('') || '0',
  );
  const unit = 10 ** exponent / (percent ? 100 : 1);
  return { value: Number(mantissa) * unit, half: 0.5 * 10 ** -decimals.length * unit };
}

/** How many written numbers were compared. */
export const tally = { compared: 0 };
/** What is written is the value, rounded to the digits written (and no more than f64 rounding off). */
export function expectWritten(text: string | null, value: number, what: string, slack = 0) {
  const { value: written, half } = read(text);
  tally.compared++;
  const off = Math.abs(written - value);
  expect(off, `${what}: written ${text}, by our own sums ${value}`).toBeLessThanOrEqual(
    half * 1.0001 + 1e-9 * Math.abs(value) + slack,
  );
}

/** The difference of two numbers near 1 is rounded no finer than this. */
const CANCELLED = 1e-13;

export async function saved(page: Page): Promise<Saved> {
  const download = page.waitForEvent('download');
  await button(page, 'Save this step’s numbers').click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Saved;
}

/** Cells of the table by their column's caption, for each class. */
export async function columns(page: Page): Promise<Record<string, string>[]> {
  return table(page).evaluate((element) => {
    const captions = [...element.querySelectorAll('thead tr:last-child th')].map(
      (head) => head.querySelector('small')?.textContent ?? 'class',
    );
    return [...element.querySelectorAll('tbody tr')].map((row) =>
      Object.fromEntries(
        [...row.children].map((cell, at) => [captions[at] ?? '', (cell as HTMLElement).innerText.trim()]),
      ),
    );
  });
}

/** The Pixel region as a map from each line's name to its value; repeated names get a number. */
export async function pixelLines(page: Page): Promise<Record<string, string>> {
  return page.getByRole('region', { name: 'Pixel' }).evaluate((element) => {
    const lines: Record<string, string> = {};
    for (const dt of element.querySelectorAll('dt')) {
      const name = (dt.textContent ?? '').trim();
      const dd = dt.nextElementSibling as HTMLElement;
      const key = name in lines ? `${name} 2` : name;
      lines[key] = dd.querySelector<HTMLElement>('.value')?.innerText.trim() ?? '';
      const sum = dd.querySelector<HTMLElement>('i')?.innerText.trim();
      if (sum) lines[`${key} sum`] = sum;
      const verdict = dd.querySelector('em');
      if (verdict) lines[`${key} verdict`] = verdict.innerText.trim();
    }
    return lines;
  });
}

export async function compareTable(page: Page, step: Saved, sums: Sums, label: number) {
  const last = step.weights.length - 1;
  const rows = await columns(page);
  const z = sums.z[last] ?? [];
  const largest = Math.max(...z);
  rows.forEach((row, k) => {
    expectWritten(row.logit ?? '', z[k] ?? NaN, `logit ${k}`);
    if (row.shifted !== undefined) expectWritten(row.shifted, (z[k] ?? NaN) - largest, `shifted ${k}`);
    if (row.exp !== undefined) expectWritten(row.exp, Math.exp((z[k] ?? NaN) - largest), `exp ${k}`);
    expectWritten(row.probability ?? '', sums.a[last]?.[k] ?? NaN, `probability ${k}`);
    expect(row.target).toBe(k === label ? '1' : '0');
    if (row.loss !== undefined) expectWritten(row.loss, sums.losses[k] ?? NaN, `loss ${k}`);
    expectWritten(row.blame ?? '', sums.delta[last]?.[k] ?? NaN, `blame ${k}`);
  });
}

/** The chosen weight's lines, where its unit is `unit` of the first layer and its input a pixel. */
export async function comparePixel(
  page: Page,
  step: Saved,
  sums: Sums,
  image: number,
  pixel: number,
  unit: number,
) {
  const lines = await pixelLines(page);
  const units = step.shape.widths[1] ?? 0;
  const at = pixel * units + unit;
  const w = step.weights[0]?.[at] ?? NaN;
  const x = step.inputs[image * 784 + pixel] ?? NaN;
  const delta = sums.delta[0]?.[unit] ?? NaN;
  const g = meanGradients(step).weights[0]?.[at] ?? NaN;
  const state = Object.fromEntries(Object.entries(step.state).map(([name, s]) => [name, s[0]?.[at] ?? NaN]));
  const after = updated(step, w, g, state);
  expectWritten(lines.x ?? '', x, 'x');
  expectWritten(lines.w ?? '', w, 'w');
  expectWritten(lines['x·w'] ?? '', x * w, 'x·w');
  expectWritten(lines['δ'] ?? '', delta, 'δ');
  expectWritten(lines['∂L/∂w'] ?? '', x * delta, 'gradient');
  // The factors that stand before a product are those above it.
  const factors = (key: string) =>
    (lines[`${key} sum`] ?? '').replaceAll(/[()=]/g, '').split(/\+|×(?!10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])/);
  for (const [key, own] of [
    ['x·w', [x, w]],
    ['∂L/∂w', [x, delta]],
    ['w after', [w, after.w - w]],
  ] as const) {
    expect(factors(key), key).toHaveLength(2);
    own.forEach((value, i) => expectWritten(factors(key)[i]?.trim() ?? '', value, `${key}, factor ${i}`));
  }
  expectWritten(lines['∂L/∂w, batch mean'] ?? '', g, 'mean gradient');
  expectWritten(lines['Δw'] ?? '', after.w - w, 'step');
  expectWritten(lines['w after'] ?? '', after.w, 'w after');
  for (const [name, value] of Object.entries(after.state)) {
    const [before = '', then = ''] = (lines[`state ${name}`] ?? '').split(' → ');
    expectWritten(before, state[name] ?? NaN, `${name} before`);
    expectWritten(then, value, `${name} after`);
  }
  // The room's central differences against our own analytic gradients, wherever it says that they agree.
  for (const [name, own] of [
    ['(L(w+h) − L(w−h)) / 2h', x * delta],
    ['(L(w+h) − L(w−h)) / 2h 2', g],
  ] as const) {
    const verdict = lines[`${name} verdict`] ?? '';
    if (verdict.includes('agrees')) {
      expectWritten(lines[name] ?? '', own, name);
      const error = /relative error (.*)$/.exec(verdict)?.[1] ?? null;
      expect(read(error).value, verdict).toBeLessThanOrEqual(1e-6);
    } else expect(verdict).toContain('too small to tell');
  }
}

export async function compareAfter(page: Page, step: Saved, image: number) {
  const rows = await page
    .getByRole('table', { name: 'After the update' })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')));
  const { weights, bias } = networkAfter(step);
  const mean = (losses: number[]) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const before = step.labels.map((_, b) => sumsOf(step, b));
  const after = step.labels.map((_, b) => sumsOf(step, b, weights, bias));
  const last = weights.length - 1;
  const own = rows.at(0);
  const batch = rows.at(-1);
  expect(rows).toHaveLength(12);
  for (const [k, row] of rows.slice(1, -1).entries()) {
    const [start, end] = [before, after].map((each) => each[image]?.a[last]?.[k] ?? NaN);
    expectWritten(row[1] ?? '', start ?? NaN, `probability ${k} before`);
    expectWritten(row[2] ?? '', end ?? NaN, `probability ${k} after`);
    expectWritten(
      row[3] ?? '',
      ((end ?? NaN) - (start ?? NaN)) * 100,
      `change of probability ${k}`,
      100 * CANCELLED,
    );
  }
  const ownLosses = [before[image]?.loss ?? NaN, after[image]?.loss ?? NaN] as const;
  const means = [mean(before.map((each) => each.loss)), mean(after.map((each) => each.loss))] as const;
  for (const [row, [start, end], what] of [
    [own, ownLosses, 'image loss'],
    [batch, means, 'batch loss'],
  ] as const) {
    expectWritten(row?.[1] ?? '', start, `${what} before`);
    expectWritten(row?.[2] ?? '', end, `${what} after`);
    expectWritten(row?.[3] ?? '', end - start, `${what}, change`, CANCELLED);
  }
}

/** The numbers in each formula of the present station, as they are written. */
export async function formulas(page: Page): Promise<string[][]> {
  const all = await page
    .locator('.sums math:visible')
    .evaluateAll((list) =>
      list.map((math) => [...math.querySelectorAll('mn')].map((each) => each.textContent ?? '')),
    );
  return all.map((numbers) => numbers.map((text) => text.replaceAll(/[()]/g, '')));
}

export const stations = (page: Page) => page.getByRole('list', { name: 'Stations' });
export const here = (page: Page) => stations(page).locator('[aria-current]').innerText();

/** Goes to a station by its name and waits until it is there. */
export async function goTo(page: Page, name: string) {
  const station = stations(page).getByRole('button', { name: new RegExp(`${name}$`) });
  await station.click();
  await station.and(page.locator('[aria-current]')).waitFor();
}

/** Waits until the check has its verdict. */
export async function checked(page: Page, sign: '✓' | '✗' = '✓') {
  await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain(sign);
}

/** Waits until nothing is being worked out. */
export async function atRest(page: Page) {
  await page.locator('.step[aria-busy="false"]').waitFor({ timeout: 60_000 });
}

export async function chosenWeight(page: Page): Promise<{ pixel: number; unit: number }> {
  const where = (await page.getByRole('region', { name: 'Pixel' }).locator('p').first().innerText()).trim();
  const found = /row (\d+), column (\d+) → (?:unit (\d+)|([\w-]+))/.exec(where);
  if (!found) throw new Error(where);
  const names = await table(page).locator('tbody th').allInnerTexts();
  const unit = found[3] ? Number(found[3]) - 1 : names.findIndex((name) => name.trim() === found[4]);
  return { pixel: Number(found[1]) * 28 + Number(found[2]), unit };
}

export async function choosePixel(page: Page, pixel: number) {
  const pad = page.getByRole('application', { name: /^Pixels of the image/ });
  const box = (await pad.boundingBox())!;
  const at = (cell: number, size: number) => ((cell + 0.5) / 28) * size;
  const position = { x: at(pixel % 28, box.width), y: at(Math.floor(pixel / 28), box.height) };
  await pad.click({ position });
  await expect.poll(async () => (await chosenWeight(page)).pixel).toBe(pixel);
}

/** Waits until the Pixel region is of what was chosen last: no call is under way. */
export async function settled(page: Page, lines = '') {
  await expect.poll(async () => JSON.stringify(await pixelLines(page))).not.toBe(lines);
}
