// The Neuron room as a visitor uses it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, numberIn, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });
/** A row of the readings, as numbers: y, f′, ∂y/∂w, y at w + 0.1 (NaN for "the same"). */
const reading = async (page: Page, activation: string): Promise<number[]> => {
  const row = page.getByRole('table', { name: 'Readings' }).getByRole('row', { name: activation });
  return (await row.getByRole('cell').allTextContents()).map(numberIn);
};
const truth = (page: Page) =>
  page
    .getByRole('table', { name: 'Truth table' })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => (row.textContent?.includes('✓') ? 1 : 0)));
const typed = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
async function type(page: Page, name: string, value: string) {
  await typed(page, name).fill(value);
  await typed(page, name).press('Enter');
}

describe('Neuron', () => {
  test('reads step and sigmoid at the same place; the sigmoid alone has a slope', async () => {
    const page = await house.visit('#/neuron');
    await page.getByRole('figure', { name: 'Activations' }).waitFor();
    await slider(page, 'Weight').fill('2');
    await slider(page, 'Bias').fill('-1');
    await slider(page, 'Input').fill('1.5');
    // z = 2: 1 / (1 + e⁻²) = 0.8808, y(1 − y) = 0.1050, ∂y/∂w = 1.5 · 0.1050, z + 0.15 = 2.15: 0.8957.
    await expect.poll(() => reading(page, 'Sigmoid')).toEqual([0.8808, 0.105, 0.1575, 0.8957]);
    expect(await reading(page, 'Step')).toEqual([1, 0, 0, NaN]);
    await page.getByRole('checkbox', { name: 'Tanh' }).check();
    await expect.poll(async () => (await reading(page, 'Tanh'))[0]).toBe(0.964);
    await page.getByRole('checkbox', { name: 'Sigmoid' }).uncheck();
    await expect.poll(() => page.getByRole('row', { name: 'Sigmoid' }).count()).toBe(0);
    await page.context().close();
  });

  test.each([
    [1, 0, 1],
    [-3, 1.5, 0.7],
    [0.5, -2, -4],
  ])('every activation, its slopes and its nudge as computed here: w %d, b %d, x %d', async (w, b, x) => {
    const page = await house.visit(`#/neuron?w=${w}&b=${b}&x=${x}&show=step,sigmoid,tanh,relu,identity`);
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const all: [string, (z: number) => number, (z: number) => number][] = [
      ['Step', (z) => (z > 0 ? 1 : 0), () => 0],
      ['Sigmoid', sigmoid, (z) => sigmoid(z) * (1 - sigmoid(z))],
      ['Tanh', Math.tanh, (z) => 1 - Math.tanh(z) ** 2],
      ['ReLU', (z) => Math.max(0, z), (z) => (z > 0 ? 1 : 0)],
      ['Identity', (z) => z, () => 1],
    ];
    for (const [name, value, slope] of all) {
      const [y, nudged] = [value(w * x + b), value((w + 0.1) * x + b)];
      const wanted = [y, slope(w * x + b), x * slope(w * x + b), nudged === y ? NaN : nudged];
      await expect.poll(async () => (await reading(page, name)).length).toBe(4);
      for (const [at, shown] of (await reading(page, name)).entries()) {
        // Four digits are shown.
        if (Number.isNaN(wanted[at])) expect(shown, name).toBeNaN();
        else expect(Math.abs(shown - (wanted[at] ?? NaN)), `${name} ${at}: ${shown}`).toBeLessThan(5.1e-5);
      }
    }
    // A point on every curve, at the input.
    const circles = page
      .getByRole('figure', { name: 'Activations' })
      .locator('svg')
      .first()
      .locator('circle');
    expect(await circles.count()).toBe(5);
    const across = await circles.evaluateAll((marks) => marks.map((mark) => mark.getAttribute('cx')));
    expect(new Set(across).size).toBe(1);
    await slider(page, 'Input').fill('2');
    await expect.poll(() => circles.first().getAttribute('cx')).not.toBe(across[0]);
    await page.context().close();
  });

  test('the sigmoid’s steepest slope is w/4 and stands where the step jumps', async () => {
    const page = await house.visit('#/neuron?w=2&b=-3');
    const slopes = page.getByRole('figure', { name: 'Activations' }).locator('svg').nth(1);
    await expect.poll(() => slopes.textContent()).toContain('w/4 = 0.500');
    // x = −b/w = 1.5
    await page.locator('math').filter({ hasText: '=1.50,' }).filter({ hasText: '=0.500' }).waitFor();
    await page.getByRole('button', { name: 'Make the sigmoid nearly a step: weight 20' }).click();
    await expect.poll(() => slopes.textContent()).toContain('w/4 = 5.000');
    await page.context().close();
  });

  test('follows a drag in the plot, and the address keeps all of it', async () => {
    const page = await house.visit('#/neuron');
    const plot = page.getByRole('figure', { name: 'Activations' }).getByRole('img').first();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 100);
    await page.mouse.down();
    for (let at = 3; at <= 8; at++) await page.mouse.move(box.x + (box.width * at) / 10, box.y + 100);
    await page.mouse.up();
    await expect.poll(async () => Number(await slider(page, 'Input').inputValue())).toBeGreaterThan(2.5);
    await slider(page, 'Weight').fill('-3');
    await expect.poll(() => page.url()).toContain('w=-3');
    const address = new URL(page.url()).hash;
    const before = await reading(page, 'Sigmoid');
    const again = await house.visit(address);
    await expect.poll(() => reading(again, 'Sigmoid')).toEqual(before);
    await page.context().close();
    await again.context().close();
  });

  test('a bad address falls back with a word', async () => {
    const page = await house.visit('#/neuron?w=1e9&show=cube&gate=or');
    await page.getByText('w=1e9, show=cube').waitFor();
    expect(await slider(page, 'Weight').inputValue()).toBe('1');
    await expect.poll(() => page.getByRole('combobox', { name: 'Gate' }).inputValue()).toBe('or');
    await page.context().close();
  });

  test.each([
    ['and', '1', '-1.5'],
    ['or', '1', '-0.5'],
    ['nand', '-1', '1.5'],
  ])('%s is filled by one neuron, with steps and with sigmoids', async (gate, weight, bias) => {
    const page = await house.visit(`#/neuron?gate=${gate}`);
    await type(page, 'w₁ as a number', weight);
    await type(page, 'w₂ as a number', weight);
    await type(page, 'b as a number', bias);
    await page.getByText(`this is ${gate.toUpperCase()}`).waitFor();
    expect(await truth(page)).toEqual([1, 1, 1, 1]);
    await page.getByRole('combobox', { name: 'Neurons' }).selectOption('sigmoid');
    await page
      .getByRole('cell', { name: /^0\.[1-9]/ })
      .first()
      .waitFor();
    expect(await truth(page)).toEqual([1, 1, 1, 1]);
    await page.context().close();
  });

  test('XOR: three of four by one neuron, with the reason; four by two layers', async () => {
    const page = await house.visit('#/neuron?gate=xor&one=1,1,-0.5');
    await expect.poll(() => truth(page)).toEqual([1, 1, 1, 0]);
    // w₁ + w₂ + 2b = 1 both ways.
    await page.getByText('both sums are 1.00').waitFor();
    await page.getByRole('button', { name: 'Solve it with two layers' }).click();
    await page.getByText('this is XOR').waitFor();
    expect(await truth(page)).toEqual([1, 1, 1, 1]);
    await expectAccessible(page, 'two layers');
    await type(page, 'h₁ b', '-15');
    await expect.poll(async () => (await truth(page)).includes(0)).toBe(true);
    await page.context().close();
  });

  test('two identity layers are one, until something bends', async () => {
    const page = await house.visit('#/neuron');
    // x = (1, 2): h = (1 − 2 + 0.5, 2 + 2 − 1) = (−0.5, 3); y = (−1 + 3 + 1, −0.5 − 6 + 0) = (3, −6.5).
    const single = page.getByRole('group', { name: 'W₁W₂', exact: true });
    await single.waitFor();
    expect(await single.locator('span').allTextContents()).toEqual(['4.000', '−3.000', '−1.000', '−3.000']);
    const outputs = page.getByRole('group', { name: 'y', exact: true });
    for (const at of [0, 1])
      expect(await outputs.nth(at).locator('span').allTextContents()).toEqual(['3.0000', '−6.5000']);
    await page.getByText('The same y').waitFor();
    await page.getByRole('combobox', { name: 'Activation between the layers' }).selectOption('relu');
    await page.getByText('the product of the weights gives another y').waitFor();
    // ReLU cuts the −0.5 away: y = (0 + 3 + 1, 0 − 6 + 0).
    expect(await outputs.nth(0).locator('span').allTextContents()).toEqual(['4.0000', '−6.0000']);
    await page.context().close();
  });

  test('the keyboard alone turns the sigmoid into a step', async () => {
    const page = await house.visit('#/neuron');
    await slider(page, 'Weight').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => Number(await slider(page, 'Bias').inputValue())).toBe(0.1);
    await expect.poll(async () => (await reading(page, 'Sigmoid'))[0]).toBe(1);
    await page.context().close();
  });

  test.each([
    [390, 'dark', 'ko'],
    [820, 'light', 'en'],
    [1440, 'dark', 'en'],
  ] as const)('fits and is accessible at %i px, %s, %s', async (width, colorScheme, lang) => {
    const address = '#/neuron?show=step,sigmoid,tanh,relu,identity&gate=xor&unit=sigmoid&layers=2';
    const page = await house.visit(address, { viewport: { width, height: 844 }, colorScheme, lang });
    await page.getByRole('table').nth(1).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `${width} ${colorScheme} ${lang}`);
    await page.context().close();
  });

  test('nothing was complained of', () => {
    expect(house.complaints).toEqual([]);
  });
});
