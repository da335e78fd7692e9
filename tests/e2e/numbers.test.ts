// Numbers that a person types, and numbers that the page writes: one way in every room.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  const { complaints } = house;
  await house.close();
  expect(complaints).toEqual([]);
});

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
async function type(input: Locator, text: string) {
  await input.fill(text);
  await input.press('Enter');
}
const question = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'can be read in more than one way' });

describe('A number that a person types', () => {
  test('is a thousand where it is written with a comma, full width or apart', async () => {
    const page = await house.visit('#/train?epochs=3');
    for (const [name, text, value] of [
      ['Batch size', '1,000', '1000'],
      ['Epochs', '１２', '12'],
      ['Seed', '4,294,967,295', '4294967295'],
      ['Batch size', '1 024', '1024'],
    ] as const) {
      await type(field(page, name), text);
      await expect.poll(() => field(page, name).inputValue()).toBe(value);
    }
    await expect.poll(() => page.url()).toMatch(/epochs=12.*batch=1024.*seed=4294967295|batch=1024/);
    await page.goto(`${house.origin}/?lang=en#/data`);
    await dataReady(page);
    await type(field(page, 'Image number'), '12,000');
    await page.getByText('training image 12,000 · label').first().waitFor();
    await page.context().close();
  });

  test('is asked about where it can be read in two ways', async () => {
    const page = await house.visit('#/softmax?z=1,2');
    const logit = field(page, 'Logit 1 as a number');
    // Its first reading is what the field held before: even then nothing is guessed.
    await type(logit, '1,000');
    await question(page).waitFor();
    expect(await question(page).textContent()).toContain('“1,000”');
    expect(await question(page).getByRole('button').allTextContents()).toEqual(['1', '1000']);
    expect(await logit.getAttribute('aria-invalid')).toBe('true');
    await question(page).getByRole('button', { name: '1000', exact: true }).click();
    expect(await question(page).count()).toBe(0);
    await expect.poll(() => logit.inputValue()).toBe('1000');
    expect(await logit.evaluate((input) => input === document.activeElement)).toBe(true);
    await expect.poll(() => page.url()).toContain('z=1000,2');
    // Escape puts back what was there.
    await type(logit, '2000');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('from −1,000 to 1,000');
    // Of two readings only one fits: it is not taken unasked.
    await type(logit, '2,000');
    await expect.poll(() => question(page).getByRole('button').allTextContents()).toEqual(['2']);
    await logit.press('Escape');
    expect(await logit.inputValue()).toBe('1000');
    expect(await page.getByRole('alert').count()).toBe(0);

    // The same in a matrix, in a graph's inputs, and for a weight of One step.
    await page.goto(`${house.origin}/?lang=en#/neuron`);
    const entry = page.getByRole('textbox', { name: 'W₁, row 1, column 1' });
    await type(entry, '1,250');
    await question(page).getByRole('button', { name: '1.25', exact: true }).click();
    await expect.poll(() => entry.inputValue()).toBe('1.25');
    await page.goto(`${house.origin}/?lang=en#/graph`);
    const leaf = field(page, 'Value of apple_price');
    await type(leaf, '1,500');
    await question(page).getByRole('button', { name: '1500', exact: true }).click();
    await expect.poll(() => page.url()).toContain('values=apple_price:1500');
    await page.goto(`${house.origin}/?lang=en#/one-step?network=softmax`);
    const weight = page.locator('#one-step-weight');
    await weight.fill('1,500');
    await question(page).getByRole('button', { name: '1.5', exact: true }).click();
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect.poll(() => weight.inputValue()).toBe('1.5');
    await page.context().close();
  });

  test('may have the page’s own minus and powers of ten, in every field', async () => {
    const page = await house.visit('#/loss');
    for (const [name, text, value] of [
      ['Start w', '−0.5', '-0.5'],
      ['Learning rate', '1e−3', '0.001'],
      ['Learning rate', '2.5×10⁻³', '0.0025'],
      ['Momentum', '0,5', '0.5'],
      ['Momentum', '.25', '0.25'],
      // The same number again: it is written as every field writes it.
      ['Momentum', '.250', '0.25'],
    ] as const) {
      await type(field(page, name), text);
      await expect.poll(() => field(page, name).inputValue()).toBe(value);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
    await type(field(page, 'Start w'), 'two');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('A number from −1.5 to 2.2.');
    await page.context().close();
  });

  test('is read in a link as in a field', async () => {
    const page = await house.visit('#/loss?rate=.01&w=−0.5&momentum=0,5&b=1E-1&seed=1,000');
    for (const [name, value] of [
      ['Learning rate', '0.01'],
      ['Start w', '-0.5'],
      ['Momentum', '0.5'],
      ['Start b', '0.1'],
    ] as const)
      await expect.poll(() => field(page, name).inputValue()).toBe(value);
    await expect.poll(() => page.url()).toContain('seed=1000');
    expect(await page.getByText('The address asks for').count()).toBe(0);
    await page.evaluate(() => (location.hash = '#/loss?rate=1,234&w=9'));
    await page.getByText('The address asks for rate=1,234 (1.234? 1234?), w=9').waitFor();
    await page.evaluate(() => (location.hash = '#/softmax?z=−1,2.5'));
    await expect.poll(() => field(page, 'Logit 1 as a number').inputValue()).toBe('-1');
    await page.context().close();
  });
});

describe('A number that the page writes', () => {
  test('has no sign where it is zero, and an exponent where it nearly is', async () => {
    const page = await house.visit('#/neuron?w=20&x=-1&show=step,sigmoid');
    const cells = page.getByRole('table').first().locator('tbody td');
    // σ′(−20) · (−1) = −2.06·10⁻⁹; the step’s slope is 0, times −1.
    await expect.poll(() => cells.allTextContents()).toContain('−2.06×10⁻⁹');
    const texts = (await page.getByRole('main').innerText()).split(/[\s()=]+/);
    expect(texts.filter((text) => /^−0?[.0]*$/.test(text) && text !== '−')).toEqual([]);
    await page.context().close();
  });

  test('is no wider than its place, however large it is', async () => {
    const page = await house.visit('#/one-step?network=softmax&station=update', {
      viewport: { width: 390, height: 844 },
    });
    await page.locator('#one-step-weight').fill('1e308');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('1×10³⁰⁸').first().waitFor();
    await expectNoSidewaysScroll(page);
    expect(await page.getByRole('main').innerText()).not.toMatch(/\d{9}/);
    await page.context().close();

    const run = await house.visit(
      '#/train?output=identity&loss=mean-squared-error&optimizer=sgd&rate=10&pixels=none&images=1000&epochs=20',
    );
    await dataReady(run);
    for (let batch = 1; batch <= 3; batch++) {
      await run.getByRole('button', { name: '+1 batch' }).click();
      await run.getByText(`batch ${batch} of`).waitFor();
    }
    await expect
      .poll(() => run.getByRole('figure', { name: 'Loss' }).innerText())
      .toMatch(/training \d\.?\d*×10/);
    // A hash of all weights is no number.
    const main = await run.getByRole('main').evaluate((main) => {
      main.querySelectorAll('code').forEach((code) => code.remove());
      return (main as HTMLElement).innerText;
    });
    expect(main).not.toMatch(/\d{3},\d{3},\d{3},\d{3}/);
    await run.context().close();
  });

  test('stands in a formula with the digits that its neighbours have', async () => {
    const page = await house.visit('#/softmax?z=-132.54321,-133.5&guard=on');
    const formula = page
      .getByRole('region', { name: /step by step|Steps|steps/i })
      .locator('math')
      .first();
    await expect.poll(() => formula.textContent()).toMatch(/−132\.5432.*−\(−132\.5432\d*\).*=1/);
    await page.context().close();
  });
});

test('no sentence tells a number before it is there', async () => {
  for (const room of ['draw', 'data', 'train', 'softmax', 'neuron', 'loss', 'one-step', 'graph']) {
    const page = await house.visit(`#/${room}`, {
      // Neither engine nor data arrive.
      before: async (page) => {
        await page.route('**/*.wasm', () => {});
        await page.route('**/*.gz', () => {});
        await page.route('**/*.json', () => {});
      },
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(500);
    // One sentence speaks of NaN, and one walk stands at its first step: both rightly so.
    const text = (await page.getByRole('main').innerText())
      .replace('C alone can end in NaN', '')
      .replace('step 0 of 240', '');
    expect(text, room).not.toMatch(/NaN|\b0\.0+ pixels|\b0 (images|test images|of)\b|\(0, 28|0\.0%|±0\.0/);
    const names = await page
      .locator('main [aria-label]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(
      names.filter((name) => /NaN|\b0\.0+\b/.test(name)),
      room,
    ).toEqual([]);
    await page.context().close();
  }
});
