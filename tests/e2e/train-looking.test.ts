// Looking into the Train room's results: curves, predictions, confusion, weights, the exam.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, longestTask, openHouse, type House } from './support';
import { button, expectPlace, finished, rows, select, set, small } from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const predictions = (page: Page) => page.getByRole('figure', { name: 'Predictions' });
const numberIn = (text: string | null) => Number((text ?? '').replace(/[^\d.]/g, ''));

/** A run of three short epochs, finished. */
async function trained(address = '#/train?images=5000&epochs=3'): Promise<Page> {
  const page = await house.visit(address);
  await dataReady(page);
  await button(page, 'Play').click();
  await finished(page);
  return page;
}

/** The ends of the x axis that can be read. */
const ends = (page: Page) =>
  page
    .getByRole('slider', { name: 'Read at epoch' })
    .evaluate((slider: HTMLInputElement) => [Number(slider.min), Number(slider.max)]);

describe('Train, looking', () => {
  test('curves are read by pointer and by keyboard, zoomed by both, and drawn logarithmically', async () => {
    const page = await trained();
    const loss = page.getByRole('figure', { name: 'Loss' });
    const accuracy = page.getByRole('figure', { name: 'Accuracy' });
    const box = await loss.locator('.u-over').boundingBox();
    if (!box) throw new Error('no chart');
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.9999, middle);
    await loss.getByText(/epoch 3\.00 · batch [\d.]+ · smoothed [\d.]+ · validation [\d.]+/).waitFor();
    // Both charts are read at the same place, and the table says the same of the epoch.
    await accuracy.getByText(/epoch 3\.00 · batch/).waitFor();
    const cells = await rows(page).nth(2).locator('td').allTextContents();
    expect(await loss.locator('.reading').textContent()).toContain(`validation ${cells[2]}`);
    expect(await accuracy.locator('.reading').textContent()).toContain(`validation ${cells[3]}`);

    await page.mouse.move(box.x + box.width * 0.25, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, middle, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await ends(page))[0]).toBeGreaterThan(0.7);
    const [from, to] = await ends(page);
    expect(from).toBeCloseTo(0.75, 1);
    expect(to).toBeCloseTo(1.5, 1);
    await page.mouse.dblclick(box.x + box.width / 2, middle);
    await expect.poll(() => ends(page)).toEqual([0, 3]);

    await page.mouse.move(2, 2);
    const slider = page.getByRole('slider', { name: 'Read at epoch' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('PageUp');
    await loss.getByText(/epoch 0\.\d+ · batch/).waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toMatch(
      /Epoch 0\.\d+: epoch 0\.\d+ · batch .* \/ epoch/,
    );
    await button(page, 'Zoom in').press('Enter');
    await expect.poll(async () => (await ends(page))[1]).toBeLessThan(2);
    await button(page, 'See all').press('Enter');
    await expect.poll(() => ends(page)).toEqual([0, 3]);
    await select(page, 'Loss axis').selectOption('log');
    await select(page, 'Smoothing').selectOption('100');
    await expectAccessible(page, 'curves');
    await page.context().close();
  });

  test('twenty thousand batches stay smooth', async () => {
    const page = await house.visit('#/train?epochs=14');
    await dataReady(page);
    await button(page, 'Play').click();
    await expect.poll(() => rows(page).count(), { timeout: 90_000 }).toBeGreaterThanOrEqual(12);
    // The last 3,000 of 21,000, with a pointer that reads the curves all the while.
    const box = await page.getByRole('figure', { name: 'Loss' }).locator('.u-over').boundingBox();
    if (!box) throw new Error('no chart');
    await house.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    for (let at = 1; at <= 20; at++)
      await page.mouse.move(box.x + (box.width * at) / 20, box.y + box.height / 2);
    await finished(page);
    await select(page, 'Smoothing').selectOption('100');
    await button(page, 'Zoom in').click();
    await expect.poll(async () => (await ends(page))[0]).toBeGreaterThan(6);
    const busiest = longestTask(await house.browser.stopTracing());
    console.log(`21,000 batches: longest task ${busiest.toFixed(1)} ms of the page's own time`);
    expect(busiest).toBeGreaterThan(0);
    expect(busiest).toBeLessThan(50);
    await page.context().close();
  });

  test('the gallery answers: all, wrong only, by class, by confidence, a page at a time', async () => {
    const page = await trained();
    const figure = predictions(page);
    const summary = figure.locator('small').first();
    const total = async () => numberIn(/of ([\d,]+)/.exec((await summary.textContent()) ?? '')?.[1] ?? '');
    const percents = () =>
      figure.locator('em').evaluateAll((all) => all.map((one) => Number(one.textContent.replace('%', ''))));

    await select(page, 'Show').selectOption('all');
    await figure.getByText('validation images · 24 of 1,000').waitFor();
    await select(page, 'Order').selectOption('most-sure');
    await expect.poll(async () => (await percents())[0]).toBeGreaterThan(95);
    let sure = await percents();
    expect(sure).toEqual([...sure].sort((a, b) => b - a));
    await select(page, 'Order').selectOption('least-sure');
    await expect.poll(async () => (await percents())[0]).toBeLessThan(50);
    sure = await percents();
    expect(sure).toEqual([...sure].sort((a, b) => a - b));
    const firstImages = await figure.locator('canvas').count();
    expect(firstImages).toBe(24);
    await figure.getByRole('button', { name: 'more' }).click();
    await figure.getByText('25 to 48').waitFor();
    // The page's number stands before its images are answered.
    await expect.poll(async () => (await percents())[0]).toBeGreaterThanOrEqual(sure[23] ?? 101);

    await select(page, 'Show').selectOption('wrong');
    const accuracy = Number(await rows(page).nth(2).locator('td').nth(3).textContent());
    await expect.poll(total).toBe(Math.round((1 - accuracy) * 1000));
    await figure.getByText('1 to 24').waitFor();
    expect(await figure.getByText(/^wrong: it is/).count()).toBe(24);
    // By class, in numbers that the confusion table gives.
    const cell = (truth: string, predicted: string) =>
      page.getByRole('button', { name: new RegExp(`of ${truth} taken for ${predicted}:`) });
    await select(page, 'Truth').selectOption({ label: 'Shirt' });
    await select(page, 'Predicted').selectOption({ label: 'T-shirt' });
    const count = numberIn(await cell('Shirt', 'T-shirt').textContent());
    await expect.poll(total).toBe(count);
    await select(page, 'Show').selectOption('watched');
    await figure.getByText(/test images · \d+ of 24 right/).waitFor();
    await page.context().close();
  });

  test.each([
    ['a test image', 'watched', /guest=test-0$/],
    ['a validation image', 'wrong', /guest=train-\d+$/],
  ])('%s shows its ten probabilities and opens in One step', async (_, view, address) => {
    const page = await trained();
    const figure = predictions(page);
    await select(page, 'Show').selectOption(view);
    await expect.poll(() => figure.getByRole('listitem').count()).toBeGreaterThanOrEqual(24);
    const tile = figure.getByRole('listitem').first().getByRole('button');
    await tile.click();
    const outputs = await figure.locator('.chosen li b').allTextContents();
    expect(outputs.length).toBe(10);
    const sum = outputs.reduce((all, text) => all + Number(text.replace('%', '')), 0);
    expect(Math.abs(sum - 100)).toBeLessThan(0.6);
    const truth = await figure.locator('.chosen li.truth span').first().textContent();
    await expectAccessible(page, `chosen, ${view}`);
    await figure.getByRole('link', { name: 'Open in One step' }).click();
    await expect.poll(() => page.url()).toMatch(address);
    await page.getByText('is a guest from the Train room').waitFor();
    // The same image, seen by the same network: its class, and the output that the Train room gave it.
    await page.getByText(`Image 1 of this mini-batch is “${truth?.replace(' ✓', '')}”`).waitFor();
    const table = page.getByRole('table', { name: 'Forward and backward' });
    await table.waitFor();
    await expectAccessible(page, 'guest');
    await page.reload();
    await page.getByText('is a guest from the Train room').waitFor();
    await button(page, 'Take the batch’s own image').click();
    await expect.poll(() => page.url()).not.toContain('guest');
    await page.context().close();
  });

  test('an image that there is not is no guest', async () => {
    const page = await house.visit('#/one-step?guest=test-10000');
    await dataReady(page);
    await page.getByText('guest=test-10000').waitFor();
    expect(await page.getByText('is a guest from the Train room').count()).toBe(0);
    await page.context().close();
  });

  test('a cell of the confusion shows as many images as it counts, also while another epoch runs', async () => {
    const page = await trained();
    const table = page.getByRole('table', { name: 'Confusion' });
    const names = await table.locator('thead th').allTextContents();
    expect(names.length).toBe(10);
    // A cell of few images: all of them are shown.
    const cells = table.getByRole('button');
    const counts = (await cells.allTextContents()).map(Number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    const at = counts.findIndex((count) => count >= 3 && count <= 16);
    await cells.nth(at).click();
    const images = page.getByRole('list', { name: 'Images of the cell' }).locator('canvas');
    await expect.poll(() => images.count()).toBe(counts[at]);
    // Mid-epoch the table is still that of the last epoch, and so are the images.
    await set(page, 'Epochs', '4');
    for (let batch = 1; batch <= 3; batch++) {
      await button(page, '+1 batch').click();
      await expectPlace(page, `batch ${batch} of 125`);
    }
    await cells.nth(at).click();
    await expect.poll(() => page.getByRole('list', { name: 'Images of the cell' }).count()).toBe(0);
    await cells.nth(at).click();
    await expect.poll(() => images.count()).toBe(counts[at]);
    await expectAccessible(page, 'cell');

    await page.getByText('Precision, recall and F1 of each class').click();
    const scores = page.getByRole('table').filter({ hasText: 'precision' }).locator('tbody tr');
    const matrix = await table
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((td) => Number(td.textContent.trim() || 0))),
      );
    for (let k = 0; k < 10; k++) {
      const [precision, recall, f1, support] = (await scores.nth(k).locator('td').allTextContents()).map(
        Number,
      );
      const right = matrix[k]?.[k] ?? NaN;
      const called = matrix.reduce((sum, row) => sum + (row[k] ?? 0), 0);
      const of = (matrix[k] ?? []).reduce((sum, one) => sum + one, 0);
      expect(support).toBe(of);
      expect(precision).toBeCloseTo(right / called, 3);
      expect(recall).toBeCloseTo(right / of, 3);
      expect(f1).toBeCloseTo((2 * right) / (called + of), 3);
    }
    await page.getByRole('button', { name: 'All of them among the predictions' }).click();
    await expect.poll(() => select(page, 'Order').inputValue()).toBe('most-sure');
    await page.context().close();
  });

  test('weights have a picture a unit, a scale, and the images that excite them', async () => {
    const page = await trained();
    const weights = page.getByRole('figure', { name: 'Weights' });
    expect(await weights.getByRole('button').count()).toBe(10);
    expect(await weights.locator('.scale').textContent()).toMatch(/≤ −\d+\.\d\d\s+≥ \+\d+\.\d\d/);
    await weights.getByRole('button', { name: /Trouser/ }).press('Enter');
    await weights.getByRole('heading', { name: /What excites Trouser most/ }).waitFor();
    const captions = weights.locator('ol li span');
    await expect.poll(() => captions.count()).toBe(10);
    const sums = (await captions.allTextContents()).map((text) =>
      Number(/(-?[\d.]+)$/.exec(text.replace('−', '-'))?.[1]),
    );
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
    await select(page, 'Start from').selectOption('relu');
    await expect.poll(() => weights.getByRole('button').count()).toBe(128);
    await page.context().close();
  });

  test('the exam is apart, counted, and beside people’s score', async () => {
    const page = await house.visit();
    await dataReady(page);
    await small(page);
    const exam = page.getByRole('button', { name: 'Score on 10,000 test images' });
    expect(await exam.isDisabled()).toBe(true);
    await button(page, '+1 epoch').click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await exam.click();
    await page.getByText(/Accuracy 0\.[67]\d\d\d\. Taken 1 × in this run\. People score 0\.835/).waitFor();
    await exam.click();
    await page.getByText(/Taken 2 ×/).waitFor();
    await page.getByText(/exam 0\.\d+ \(2 ×\)/).waitFor();
    await expectAccessible(page, 'exam');
    await page.context().close();
  });

  test('says quietly what a run costs', async () => {
    const page = await house.visit('#/train?from=relu&images=5000&epochs=1');
    await dataReady(page);
    await button(page, 'Play').click();
    await finished(page);
    await page.getByText('101,770 parameters', { exact: true }).waitFor();
    // 32 · (2 · (784 · 128 + 128 · 10) + 128 · 10)
    await page.getByText('6,545,408 multiply–adds a step of 32 images').waitFor();
    const speed = numberIn(await page.getByText(/^[\d,]+ images\/s$/).textContent());
    const seconds = numberIn(await page.getByText(/ s an epoch$/).textContent());
    expect(speed).toBeGreaterThan(100);
    // Seconds are shown to a hundredth.
    expect(Math.abs(4000 / speed - seconds)).toBeLessThanOrEqual(0.0051);
    await page.context().close();
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
