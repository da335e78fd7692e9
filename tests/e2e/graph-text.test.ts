// How the Graph room reads what a visitor writes, and what it says of a gradient.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alert, expression, numbers, paste, row, table, told, write } from './graph-room';
import { openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  const { complaints } = house;
  await house.close();
  expect(complaints).toEqual([]);
});

it('lets the text win over what an example or a slider gave', async () => {
  const page = await house.visit('#/graph?example=multiply');
  await expect.poll(() => numbers(page, 'z')).toEqual(['50', '1']);
  await write(page, 'x = 2\ny = 3\nx × y');
  await expect.poll(() => numbers(page, 'multiply 3')).toEqual(['6', '1']);
  // The slider and the field of such a name write into the text.
  await page.getByRole('textbox', { name: 'Value of x', exact: true }).fill('4');
  await page.keyboard.press('Enter');
  await expect.poll(() => numbers(page, 'multiply 3')).toEqual(['12', '1']);
  await expect.poll(() => expression(page).inputValue()).toBe('x = 4\ny = 3\nx × y');
  await page.getByRole('slider', { name: 'Slider for y', exact: true }).press('ArrowRight');
  await expect.poll(() => expression(page).inputValue()).toMatch(/^x = 4\ny = 3\.\d+\nx × y$/);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('expression=x = 4');
  expect(page.url()).not.toContain('values=');
  // A free name that a slider moved: a line that defines it takes over.
  await write(page, 'a × 2');
  await page.getByRole('textbox', { name: 'Value of a', exact: true }).fill('5');
  await page.keyboard.press('Enter');
  await expect.poll(() => numbers(page, 'multiply 3')).toEqual(['10', '1']);
  await write(page, 'a × 2\na = 3');
  await expect.poll(() => numbers(page, 'multiply 3')).toEqual(['6', '1']);
  await page.context().close();
});

it('reads what looks like a number as one, or refuses it at its character', async () => {
  const page = await house.visit('#/graph');
  await write(page, 'x = 3\n２ ＊ x⁴ ＋ １．５');
  await expect.poll(() => numbers(page, 'add 7')).toEqual(['163.5', '1']);
  for (const [text, at, found] of [
    ['½ × x', 1, '½'],
    ['x + ④', 5, '④'],
    ['xⁿ', 2, 'ⁿ'],
  ] as const) {
    await write(page, text);
    await expect.poll(() => alert(page).innerText()).toContain(`Character ${at}`);
    expect(await alert(page).innerText()).toContain(`“${found}” is not read`);
    expect(await alert(page).locator('mark').innerText()).toBe(found);
  }
  await page.context().close();
});

it('takes names that look the same for one, and names what does not show', async () => {
  const page = await house.visit('#/graph');
  const sliders = page.getByRole('slider');
  for (const [text, name] of [
    [`사과 + ${'사과'.normalize('NFD')}`, '사과'],
    ['µ + μ', 'μ'],
    ['ｘ + x', 'x'],
    ['x + x\u200b\ufeff', 'x'],
  ] as const) {
    await write(page, text);
    await expect.poll(() => numbers(page, 'add 2')).toEqual(['2', '1']);
    expect(await sliders.count(), text).toBe(1);
    expect(await row(page, name).count(), text).toBe(1);
  }
  for (const [text, shown] of [
    ['x + \u0007y', 'U+0007'],
    ['x \u0301+ y', 'U+0301'],
    ['x + \u2800', 'U+2800'],
  ] as const) {
    await write(page, text);
    await expect.poll(() => alert(page).innerText()).toContain(`${shown}`);
    expect(await alert(page).locator('mark').innerText()).toContain(shown);
  }
  await page.context().close();
});

it('counts what an operation costs before it draws', async () => {
  const page = await house.visit('#/graph');
  await expect.poll(() => table(page).getByRole('row').count()).toBe(10);
  for (const name of ['max', 'sum']) {
    await write(page, 'x + 1');
    await expect.poll(() => alert(page).count()).toBe(0);
    await paste(page, `${name}(x${', x'.repeat(20_000)})`);
    await expect.poll(() => alert(page).innerText()).toContain('more than 4,000 inputs together');
    // The largest that is taken.
    await paste(page, `${name}(x${', x'.repeat(3_999)})`);
    await page.getByText('2 nodes', { exact: true }).waitFor();
  }
  await page.context().close();
});

it('tells a kink, a jump and an end of the numbers from a slope', async () => {
  const page = await house.visit('#/graph');
  const words = async () => (await told(page).innerText()).replaceAll(/\s+/g, ' ');
  for (const [text, sentence] of [
    ['y = ln(x)\nx = 0.00001', 'Checked by a small nudge: 99999.93 ✓'],
    ['y = x²\nx = 3', 'Checked by a small nudge: 6 ✓'],
    ['y = relu(x) × 0.001\nx = 0', 'a kink here: the slope is 0 to the left and 0.001 to the right'],
    ['y = step(x)\nx = 0', 'a jump here'],
    ['y = sqrt(x)\nx = 0', 'On one side of this value there is no result'],
    ['y = ln(x)\nx = 0', 'The numbers end here'],
    ['y = x × 1e200 × −1e200\nx = 0', 'Checked by a small nudge: −∞ ✓'],
    ['y = 1e12 + 1e-9 × x\nx = 1', 'by less than its rounding'],
  ] as const) {
    await write(page, text);
    // The table follows the text a moment later: a row that was clicked too soon is another node's.
    const looked = async () => {
      await row(page, 'x').getByRole('button').click();
      return words();
    };
    await expect.poll(looked, { message: text }).toContain(sentence);
    if (!sentence.includes('✓')) expect(await words()).not.toContain('✓');
  }
  // 32 bits lose the slope of a flat tanh; the nudge is of 64.
  await write(page, 'y = tanh(x)\nx = 8');
  await page.getByRole('combobox', { name: 'Numbers' }).selectOption('f32');
  await row(page, 'x').getByRole('button').click();
  await expect.poll(words).toContain('32 bits have rounded the gradient away');
  await page.context().close();
});
