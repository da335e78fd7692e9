// The Loss room as a visitor uses it.
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

const figure = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });
const slider = (page: Page) => page.getByRole('slider', { name: 'Probability of the true class' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const verdict = (page: Page) => page.locator('#descent').getByRole('status');

/** Loss and gradient of each of the three losses, as the table shows them. */
async function lossesOf(page: Page): Promise<string[][]> {
  const rows = page.getByRole('table', { name: 'Losses' }).locator('tbody tr');
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
  );
}

/** The term and its number, of every description list on the page. */
async function readingsOf(page: Page): Promise<Map<string, string>> {
  const pairs = await page
    .locator('dt')
    .evaluateAll((all) =>
      all.map(
        (term) =>
          [(term.firstChild?.textContent ?? '').trim(), term.nextElementSibling?.textContent ?? ''] as const,
      ),
    );
  return new Map(pairs);
}

describe('Loss', () => {
  test('shows the lesson’s numbers and follows the slider by keyboard', async () => {
    const page = await house.visit('#/loss');
    await figure(page, 'Losses').waitFor();
    // MSE (1 − 0.6)² = 0.16, both cross-entropies −ln 0.6.
    await expect
      .poll(() => lossesOf(page))
      .toEqual([
        ['0.1600', '−0.1920'],
        ['0.5108', '−0.2000'],
        ['0.5108', '−0.4000'],
      ]);
    const readings = figure(page, 'Natural logarithm').getByRole('listitem');
    await expect
      .poll(() => readings.allTextContents())
      .toEqual(['−ln 0.1 = 2.30', '−ln 0.6 = 0.51', '−ln 1 = 0.00']);
    await slider(page).focus();
    await page.keyboard.press('Home');
    // −ln 0.005; a sure mistake pulls the cross-entropy with 0.995, the squared error hardly.
    await expect.poll(async () => (await lossesOf(page))[2]).toEqual(['5.2983', '−0.9950']);
    expect((await lossesOf(page))[0]).toEqual(['0.9900', '−0.0099']);
    await expect.poll(() => page.url()).toContain('q=0.005');
    await page.context().close();
  });

  test('one-hot and index give the same loss, good and bad', async () => {
    const page = await house.visit('#/loss');
    const same = async () => {
      const all = await readingsOf(page);
      return [
        all.get('½ Σ (p − t)²'),
        all.get('1/10 Σ (p − t)²'),
        all.get('Cross-entropy from the one-hot row'),
        all.get('Cross-entropy from the index'),
      ];
    };
    await expect.poll(same).toEqual(['0.0975', '0.0195', '0.5108', '0.5108']);
    await button(page, 'Give the course’s bad answer').click();
    await expect.poll(same).toEqual(['0.5975', '0.1195', '2.3026', '2.3026']);
    await page.getByRole('combobox', { name: 'Label', exact: true }).selectOption('3');
    await expect.poll(async () => (await same())[3]).toBe('∞');
    await page.context().close();
  });

  test('joins the branches of the logistic cost', async () => {
    const page = await house.visit('#/loss?q=0.8&y=0');
    const formula = figure(page, 'One formula for both answers').locator('xpath=..').locator('math').nth(2);
    // The true class 0 has 0.8, so the prediction of class 1 is 0.2: −ln(1 − 0.2).
    await expect.poll(() => formula.textContent()).toMatch(/0⋅.*1\.609.*1⋅.*0\.223.*=0\.223/);
    await page.getByRole('radio', { name: 'y = 1' }).check();
    await expect.poll(() => formula.textContent()).toMatch(/1⋅.*0\.223.*0⋅.*1\.609.*=0\.223/);
    await page.context().close();
  });

  test('walks down, arrives, diverges, and says so', async () => {
    const page = await house.visit('#/loss');
    await button(page, '+1 step').click();
    // w − η ∂L/∂w, with the engine's own numbers.
    const update = page.locator('#descent math').nth(1);
    const numbers = async () =>
      ((await update.textContent()) ?? '')
        .replace(/−/g, '-')
        .match(/=(-?[\d.]+)-([\d.]+)⋅\((-?[\d.]+)\)=(-?[\d.]+)/)
        ?.slice(1)
        .map(Number) ?? [];
    await expect.poll(async () => (await numbers()).length).toBe(4);
    const [from = NaN, rate = NaN, slope = NaN, to = NaN] = await numbers();
    expect([from, rate]).toEqual([-0.7, 0.2]);
    // Four digits are shown of each.
    expect(Math.abs(from - rate * slope - to)).toBeLessThan(1e-4);
    await button(page, 'Right').click();
    await expect.poll(() => verdict(page).textContent(), { timeout: 30_000 }).toContain('within 0.1%');
    await button(page, 'Too large').click();
    await expect.poll(() => verdict(page).textContent(), { timeout: 30_000 }).toContain('diverged');
    expect(page.url()).toContain('rate=0.52');
    await expectAccessible(page, 'diverged');
    await page.context().close();
  });

  test('mini-batches scatter by the standard error', async () => {
    const page = await house.visit('#/loss?network=fresh');
    await dataReady(page);
    const value = async (name: string) => Number((await readingsOf(page)).get(name));
    await expect.poll(() => value('standard error σ/√B'), { timeout: 60_000 }).toBeGreaterThan(0);
    // Before the first step ten classes are guessed: about ln 10 = 2.3, and more for pixels that shout.
    const mean = await value('mean loss of all images');
    expect(mean).toBeGreaterThan(2.2);
    expect(mean).toBeLessThan(3.2);
    const [deviation, error, observed] = [
      await value('deviation σ from image to image'),
      await value('standard error σ/√B'),
      await value('deviation of the 300 means'),
    ];
    // Shown with four digits after the point.
    expect(Math.abs(error - deviation / 10)).toBeLessThan(1e-4);
    // 300 means tell their deviation to 4%; five times that.
    expect(Math.abs(observed / error - 1)).toBeLessThan(0.2);
    await button(page, 'Draw 300 others').click();
    await expect.poll(() => value('deviation of the 300 means')).not.toBe(observed);
    // Other batches, the same images.
    expect(await value('mean loss of all images')).toBe(mean);
    await page.context().close();
  });

  test('a bad address falls back with a word', async () => {
    const page = await house.visit('#/loss?q=7&batch=5&answer=bad');
    await page.getByText('q=7, batch=5', { exact: false }).waitFor();
    expect(await slider(page).inputValue()).toBe('0.6');
    await page.context().close();
  });

  test.each([
    [1440, 'light', 'en'],
    [820, 'dark', 'ko'],
    [390, 'light', 'ko'],
    [390, 'dark', 'en'],
  ] as const)('is accessible and fits at %i px, %s, %s', async (width, colorScheme, lang) => {
    const page = await house.visit('#/loss', { viewport: { width, height: 844 }, colorScheme, lang });
    await figure(page, lang === 'en' ? 'Natural logarithm' : '자연로그').waitFor();
    await dataReady(page);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `${width} ${colorScheme} ${lang}`);
    await page.context().close();
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
