// The Softmax room as a visitor uses it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

const table = (page: Page) => page.getByRole('table', { name: 'Softmax', exact: true });
/** Rows of one of the two ways, one a size of numbers. */
const rowsOf = (page: Page, way: 'naive' | 'guarded') =>
  page.getByRole('table', { name: way, exact: true }).locator('tbody tr');
const guard = (page: Page) => page.getByRole('button', { name: 'Guard', exact: true });
const logit = (page: Page, place: number) =>
  page.getByRole('slider', { name: `Logit ${place}`, exact: true });
/** A row's cells: z, then exp and p in f16, f32, f64. */
const row = (page: Page, place: number) =>
  table(page)
    .locator('tbody tr')
    .nth(place - 1)
    .locator('td')
    .allTextContents();
async function type(page: Page, name: string, value: string) {
  const field = page.getByRole('textbox', { name: `${name} as a number`, exact: true });
  await field.fill(value);
  await field.press('Enter');
}
const cleaned = async (cells: Promise<string[]>) =>
  (await cells).map((cell) => cell.replace(/, .*/, '').trim());

describe('Softmax', () => {
  test('computes three logits as by hand, in all sizes of numbers', async () => {
    const page = await house.visit('#/softmax?z=2,1,0.1');
    // exp: 7.389, 2.718, 1.105; sum 11.212; p: 0.6590, 0.2424, 0.09857.
    await expect
      .poll(() => row(page, 1).then((cells) => cells.map((cell) => cell.trim())))
      // 16 bits keep three digits: 0.6587.
      .toEqual(['2', '7.39', '0.6587', '7.39', '0.659', '7.39', '0.659']);
    expect((await row(page, 3)).at(-1)?.trim()).toBe('0.09857');
    await page.getByRole('combobox', { name: 'Logits' }).selectOption('2');
    await expect.poll(() => table(page).locator('tbody tr').count()).toBe(2);
    await page.getByRole('combobox', { name: 'Logits' }).selectOption('10');
    await expect.poll(() => page.getByRole('slider', { name: /^Logit \d+$/ }).count()).toBe(10);
    await page.context().close();
  });

  test('the reach of the sliders changes no logit', async () => {
    const page = await house.visit('#/softmax?z=89,1,2');
    const reach = page.getByRole('combobox', { name: 'Slider reach' });
    const typed = page.getByRole('textbox', { name: 'Logit 1 as a number', exact: true });
    await reach.selectOption('10');
    await expect.poll(() => logit(page, 1).getAttribute('max')).toBe('10');
    expect(await typed.inputValue()).toBe('89');
    // The thumb stands at the end; who hears the slider hears the logit.
    expect(await logit(page, 1).getAttribute('aria-valuetext')).toBe('89');
    await expect.poll(() => page.url()).toContain('reach=10');
    await reach.selectOption('100');
    await expect.poll(() => logit(page, 1).getAttribute('max')).toBe('100');
    expect(await typed.inputValue()).toBe('89');
    expect(await logit(page, 1).inputValue()).toBe('89');
    // What is typed beyond the end is still to be dragged.
    await type(page, 'Logit 1', '500');
    await expect.poll(() => logit(page, 1).getAttribute('max')).toBe('1000');
    await page.context().close();
  });

  test.each([
    // ln 65520 = 11.0902 (f16 rounds up to that down to 65504), ln 3.4028e38 = 88.7228, ln 1.7977e308 = 709.7827.
    ['11.08', [false, false, false]],
    ['11.1', [true, false, false]],
    ['88.72', [true, false, false]],
    ['88.73', [true, true, false]],
    ['709.78', [true, true, false]],
    ['709.79', [true, true, true]],
  ] as const)('a logit of %s breaks the naive formula just where its numbers end', async (value, broken) => {
    const page = await house.visit('#/softmax?z=1,2,3');
    await table(page).waitFor();
    await type(page, 'Logit 2', value);
    // Four digits of it are shown.
    const shown = String(Number(Number(value).toPrecision(4)));
    await expect.poll(async () => (await cleaned(row(page, 2)))[0]).toBe(shown);
    const limits = await rowsOf(page, 'naive').locator('td:nth-child(2)').allTextContents();
    for (const [at, end] of [Math.log(65520), Math.log(2 ** 128), Math.log(Number.MAX_VALUE)].entries()) {
      // Rounded down to hundredths; the nearest f16 numbers are 1/128 apart there.
      expect(end - Number(limits[at]), limits.join(' ')).toBeGreaterThan(0);
      expect(end - Number(limits[at]), limits.join(' ')).toBeLessThan(at === 0 ? 0.02 : 0.01);
    }
    const [, ...cells] = await cleaned(row(page, 2));
    for (const [at, isBroken] of broken.entries()) {
      expect(cells[2 * at] === '∞', cells.join(' ')).toBe(isBroken);
      expect(cells[2 * at + 1] === 'NaN', cells.join(' ')).toBe(isBroken);
      const line = (await rowsOf(page, 'naive').nth(at).textContent()) ?? '';
      expect(line.includes('of logit 2 = ∞')).toBe(isBroken);
      // Beside it, the guarded result is there all the time.
      expect(await rowsOf(page, 'guarded').nth(at).textContent()).toMatch(/none\s*$/);
    }
    await guard(page).click();
    await expect.poll(async () => (await table(page).textContent())?.includes('NaN')).toBe(false);
    await page.context().close();
  });

  test('a shift changes nothing with the guard and breaks everything without', async () => {
    const page = await house.visit('#/softmax?z=2,1,0.1&guard=on');
    await expect.poll(async () => (await row(page, 1)).at(-1)?.trim()).toBe('0.659');
    await page.getByRole('slider', { name: 'C', exact: true }).fill('800');
    await expect.poll(async () => (await row(page, 1))[0]?.trim()).toBe('802');
    expect((await row(page, 1)).at(-1)?.trim()).toBe('0.659');
    await guard(page).click();
    await expect
      .poll(async () => (await cleaned(row(page, 1))).slice(1))
      .toEqual(['∞', 'NaN', '∞', 'NaN', '∞', 'NaN']);
    await expect.poll(() => page.url()).toContain('c=800');
    await page.context().close();
  });

  test('a low temperature gives all to the largest and keeps the order', async () => {
    const page = await house.visit('#/softmax?z=2,1,0.1');
    await page.getByRole('slider', { name: 'T', exact: true }).fill('0.1');
    await expect.poll(async () => (await row(page, 1)).at(-1)?.trim()).toBe('1');
    await page.getByText('Logit 1 is the largest, and so is its probability').waitFor();
    await page.context().close();
  });

  test('a bad address falls back with a word', async () => {
    const page = await house.visit('#/softmax?z=1,x&t=0');
    await page.getByText('z=1,x, t=0').waitFor();
    expect(await page.getByRole('slider', { name: /^Logit \d+$/ }).count()).toBe(10);
    await page.context().close();
  });

  test('the keyboard alone reaches overflow and the guard', async () => {
    const page = await house.visit('#/softmax');
    // Ten is far from overflowing.
    await page.getByRole('combobox', { name: 'Slider reach' }).focus();
    await page.keyboard.press('End');
    await logit(page, 1).focus();
    await page.keyboard.press('End');
    await expect.poll(async () => (await cleaned(row(page, 1)))[3]).toBe('∞');
    await guard(page).focus();
    await page.keyboard.press('Space');
    await expect.poll(async () => (await table(page).textContent())?.includes('∞')).toBe(false);
    await page.context().close();
  });

  test('training with the guard off dies, and the step is named', async () => {
    const page = await house.visit('#/softmax');
    await dataReady(page);
    await page.getByRole('button', { name: 'Train with the guard off' }).click();
    const verdict = page.getByText(/It died at step [\d,]+\./);
    await verdict.waitFor({ timeout: 60_000 });
    const text = (await page.getByRole('status').filter({ hasText: 'It died' }).textContent()) ?? '';
    console.log(text.replace(/\s+/g, ' '));
    expect(text).toMatch(/exp is ∞/);
    expect(text).toMatch(/of 7,850 weights and biases are NaN/);
    expect(Number(/the logit ([\d.,]+)/.exec(text)?.[1]?.replace(',', ''))).toBeGreaterThan(88.72);
    await expectAccessible(page, 'died');
    await page.getByRole('button', { name: 'Train with the guard off' }).waitFor({ timeout: 60_000 });

    const rate = page.getByRole('textbox', { name: 'Learning rate' });
    await rate.fill('0.001');
    await rate.press('Enter');
    await page.getByRole('button', { name: 'Train with the guard off' }).click();
    await page.getByText('1,500 steps, and it lives').waitFor({ timeout: 60_000 });
    await page.context().close();
  });

  test.each([
    [390, 'dark', 'ko'],
    [820, 'light', 'en'],
    [1440, 'dark', 'en'],
  ] as const)('fits and is accessible at %i px, %s, %s', async (width, colorScheme, lang) => {
    const page = await house.visit('#/softmax?z=89,1,2,-3', {
      viewport: { width, height: 844 },
      colorScheme,
      lang,
    });
    await page.getByText('∞').first().waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `${width} ${colorScheme} ${lang}`);
    await page.context().close();
  });

  test('nothing was complained of', () => {
    expect(house.complaints).toEqual([]);
  });
});

test('the curve of eˣ has every logit on it, and less the largest none leaves it', async () => {
  const page = await house.visit('#/softmax?z=89,1,2');
  const naive = page.getByRole('img', { name: /^Without the guard/ });
  const guarded = page.getByRole('img', { name: /^With the guard/ });
  // e¹ and e², and e⁸⁹, which 32 bits cannot hold.
  await expect.poll(() => naive.getAttribute('aria-label')).toMatch(/89.*: ∞; 1.*: 2\.72; 2.*: 7\.39$/);
  expect(await naive.locator('circle').count()).toBe(3);
  expect(await naive.getByText('∞').count()).toBe(1);
  await page.getByText('for eᶻ: 1 of the logits').waitFor();
  expect(await guarded.getAttribute('aria-label')).toMatch(/0.*: 1; /);
  expect(await guarded.locator('circle').count()).toBe(3);
  // Nothing of the figure is cut at its left side.
  const cut = await naive.evaluate((svg) =>
    [...svg.querySelectorAll('text')].filter((text) => text.getBBox().x < 0).map((text) => text.textContent),
  );
  expect(cut).toEqual([]);
  await page.context().close();
});
