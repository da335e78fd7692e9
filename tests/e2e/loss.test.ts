// The Loss room as a visitor uses it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dataReady,
  expectAccessible,
  expectNoSidewaysScroll,
  numberIn,
  openHouse,
  type House,
} from './support';

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

  test.each([
    [0.05, 2],
    [0.37, 3],
    [0.6, 10],
    [0.995, 5],
  ])('losses and gradients as computed here: probability %d, %i classes', async (q, K) => {
    const page = await house.visit(`#/loss?q=${q}&classes=${K}`);
    const rest = (1 - q) / (K - 1);
    const squares = ((1 - q) ** 2 + (K - 1) * rest ** 2) / K;
    const binary = -(Math.log(q) + (K - 1) * Math.log(1 - rest)) / K;
    const categorical = -Math.log(q);
    // By the chain rule through softmax, ∂pₖ/∂z = pₖ(1 − pₖ) for the true class and −pₖ·q for the others.
    const squaresByLogit = (2 / K) * (-q * (1 - q) ** 2 - (K - 1) * rest ** 2 * q);
    const written = async () => (await lossesOf(page)).map((row) => row.map(numberIn));
    const wanted = [
      [squares, squaresByLogit],
      [binary, (q - 1) / K],
      [categorical, q - 1],
    ];
    const near = (all: number[][]) =>
      wanted.every((row, at) => row.every((value, k) => Math.abs((all[at]?.[k] ?? NaN) - value) < 5.1e-5));
    await expect.poll(async () => near(await written()), { message: `${K} classes` }).toBe(true);
    await page.getByRole('combobox', { name: 'Gradient with respect to' }).selectOption('probability');
    // What the true class gains, each of the others loses 1/(K − 1) of.
    wanted[0]![1] = (2 / K) * (q - 1 - rest);
    wanted[1]![1] = -(1 / q + 1 / (1 - rest)) / K;
    wanted[2]![1] = -1 / q;
    await expect.poll(async () => near(await written())).toBe(true);
    await page.context().close();
  });

  test('a probability can be typed, and picked in the plots', async () => {
    const page = await house.visit('#/loss');
    const typed = page.getByRole('textbox', { name: 'Probability of the true class as a number' });
    await typed.fill('0.25');
    await typed.press('Enter');
    await expect.poll(async () => (await lossesOf(page))[2]?.[0]).toBe('1.3863');
    await typed.fill('2');
    await typed.press('Enter');
    await figure(page, 'Losses').locator('xpath=..').getByRole('alert').waitFor();
    for (const [name, share] of [
      ['Natural logarithm', 0.5],
      ['One formula for both answers', 0.8],
    ] as const) {
      const before = await slider(page).inputValue();
      const plot = figure(page, name).getByRole('img');
      await plot.scrollIntoViewIfNeeded();
      const box = (await plot.boundingBox())!;
      await page.mouse.click(box.x + box.width * share, box.y + 60);
      await expect.poll(() => slider(page).inputValue()).not.toBe(before);
    }
    await page.context().close();
  });

  test('says of a sure and wrong answer what the table shows', async () => {
    const page = await house.visit('#/loss?q=0.02');
    await page.getByRole('combobox', { name: 'Gradient with respect to' }).selectOption('logit');
    const shown = page.getByRole('table', { name: 'Losses' }).getByRole('row');
    const gradient = async (name: string) =>
      (await shown.filter({ hasText: name }).getByRole('cell').allInnerTexts()).at(-1)?.trim();
    await expect.poll(() => gradient('Categorical cross-entropy')).toMatch(/^−0\.98/);
    const [square, categorical] = [await gradient('Mean squared'), await gradient('Categorical')];
    await page
      .getByText(
        `the squared error pulls with ${square} only, categorical cross-entropy with ${categorical}.`,
      )
      .waitFor();
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
    await button(page, 'Give a bad answer, written both ways').click();
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

  test('momentum, mini-batches and one galaxy at a time take their own steps', async () => {
    const page = await house.visit('#/loss?rate=0.1&momentum=0.8');
    const formulas = page.locator('#descent math');
    const numbers = async (at: number) =>
      ((await formulas.nth(at).textContent()) ?? '')
        .replace(/−/g, '-')
        .match(/-?\d[\d.]*/g)
        ?.map(Number) ?? [];
    for (let step = 1; step <= 3; step++) await button(page, '+1 step').click();
    await page.getByText('step 3 of 240').first().waitFor();
    // m ← μ·m − η·∂L/∂w, then w ← w + m, each from the numbers shown.
    const [mu = NaN, before = NaN, rate = NaN, slope = NaN, m = NaN] = await numbers(1);
    expect([mu, Math.abs(rate)]).toEqual([0.8, 0.1]);
    expect(Math.abs(mu * before - Math.abs(rate) * slope - m)).toBeLessThan(2e-4);
    const [from = NaN, added = NaN, to = NaN] = await numbers(2);
    expect(added).toBe(m);
    expect(Math.abs(from + added - to)).toBeLessThan(2e-4);
    // Ringed are the galaxies that the step looked at.
    const ringed = page.locator('#descent circle.ringed');
    expect(await ringed.count()).toBe(24);
    for (const [preset, size] of [
      ['Mini-batches of 6', 6],
      ['One at a time', 1],
    ] as const) {
      await button(page, preset).click();
      await button(page, 'Pause').click();
      await button(page, '+1 step').click();
      await expect.poll(() => ringed.count()).toBe(size);
    }
    await page.context().close();
  });

  test('mini-batches scatter by the standard error', async () => {
    const page = await house.visit('#/loss?network=fresh');
    await dataReady(page);
    const value = async (name: string) => numberIn((await readingsOf(page)).get(name) ?? null);
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
    await page.getByText('300 mini-batches of 100 drawn from 60,000').waitFor();
    const first = page.getByRole('img', { name: '100 images of the first mini-batch' });
    await first.waitFor();
    expect(await first.locator('canvas').count()).toBe(100);
    // Ten times the images, √10 times less scatter.
    await page.getByRole('combobox', { name: 'Images in a batch' }).selectOption('1000');
    await expect.poll(() => value('standard error σ/√B')).toBeLessThan(error / 2);
    expect(Math.abs((await value('standard error σ/√B')) - deviation / Math.sqrt(1000))).toBeLessThan(1e-4);
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
