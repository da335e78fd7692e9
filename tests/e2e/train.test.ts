// The Train room as a visitor uses it, on the real data.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dataReady,
  expectAccessible,
  expectNoSidewaysScroll,
  longestTask,
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

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rows = (page: Page) => page.getByRole('table', { name: 'History' }).locator('tbody tr');

async function historyOf(page: Page): Promise<number[][]> {
  return rows(page).evaluateAll((all) =>
    all.map((row) => [...row.children].slice(1, 5).map((cell) => Number(cell.textContent))),
  );
}

/** Collects by the clock what the browser itself calls a long task: over 50 ms. */
async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: 'longtask',
      buffered: true,
    });
  });
}

describe('Train', () => {
  test('trains the course’s ten epochs to the course’s numbers, without a long task', async () => {
    const page = await house.visit('#/train', { before: watchLongTasks });
    await dataReady(page);
    await button(page, 'Play').waitFor();
    await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
    await house.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    await button(page, 'Play').click();
    await expect.poll(() => rows(page).count(), { timeout: 90_000 }).toBe(10);
    const busiest = longestTask(await house.browser.stopTracing());
    const observed = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    console.log(
      `page's thread while training: longest task ${busiest.toFixed(1)} ms of its own time; ` +
        `by the clock ${observed.length} over 50 ms, longest ${Math.max(0, ...observed)} ms`,
    );
    // Own time: what else the machine does meanwhile is not the page's.
    expect(busiest).toBeGreaterThan(0);
    expect(busiest).toBeLessThan(50);

    const history = await historyOf(page);
    console.log(history.map((row) => row.join('  ')).join('\n'));
    // Keras 3, three seeds: training loss 0.410–0.411, validation 0.434–0.441 and 0.849–0.855; the
    // course's own run: 0.4201, 0.4433, 0.8548. The ranges leave room for another seed.
    const [loss, , validationLoss, validationAccuracy] = history[9] ?? [];
    expect(loss).toBeGreaterThan(0.4);
    expect(loss).toBeLessThan(0.43);
    expect(validationLoss).toBeGreaterThan(0.42);
    expect(validationLoss).toBeLessThan(0.46);
    expect(validationAccuracy).toBeGreaterThan(0.845);
    expect(validationAccuracy).toBeLessThan(0.865);

    await expect
      .poll(() => page.getByRole('figure', { name: 'Predictions' }).locator('canvas').count())
      .toBe(24);
    const percents = await page.getByRole('figure', { name: 'Predictions' }).locator('em').allTextContents();
    expect(percents.every((text) => /^\d+%$/.test(text))).toBe(true);
    // Every validation image stands in the confusion table once.
    const cells = await page.getByRole('table', { name: 'Confusion' }).locator('tbody td').allTextContents();
    expect(cells.reduce((sum, text) => sum + Number(text.replace(/,/g, '') || 0), 0)).toBe(12_000);
    await expectAccessible(page, 'finished');
    await page.context().close();
  });

  test('pauses, steps, takes back, resets; the same seed gives the same numbers', async () => {
    const page = await house.visit('#/train?epochs=1000');
    await dataReady(page);
    await button(page, '+1 epoch').click();
    await expect.poll(() => rows(page).count(), { timeout: 30_000 }).toBe(1);
    const first = await historyOf(page);
    await button(page, 'Reset').click();
    await expect.poll(() => rows(page).count()).toBe(0);

    const progress = page.getByRole('progressbar', { name: 'Epoch' });
    await button(page, '+1 batch').click();
    await expect.poll(() => progress.getAttribute('aria-valuetext')).toContain('batch 1 of 1,500');
    await button(page, '+1 batch').click();
    await expect.poll(() => progress.getAttribute('aria-valuetext')).toContain('batch 2 of 1,500');
    await button(page, 'Back one step').click();
    await expect.poll(() => progress.getAttribute('aria-valuetext')).toContain('batch 1 of 1,500');

    await button(page, 'Play').click();
    await expect.poll(() => rows(page).count(), { timeout: 30_000 }).toBeGreaterThan(0);
    await button(page, 'Pause').click();
    await button(page, 'Play').waitFor();
    const before = await progress.getAttribute('aria-valuetext');
    await page.waitForTimeout(300);
    expect(await progress.getAttribute('aria-valuetext')).toBe(before);
    // Stepping, taking back and pausing left no trace in the first epoch.
    expect((await historyOf(page))[0]).toEqual(first[0]);
    await expectAccessible(page, 'paused');
    await page.context().close();
  });

  test('hears Pause within 50 ms while training at full speed', async () => {
    const page = await house.visit('#/train?epochs=1000');
    await dataReady(page);
    await button(page, 'Play').click();
    await button(page, 'Pause').waitFor();
    const waits: number[] = [];
    for (let round = 0; round < 5; round++) {
      await page.waitForTimeout(200);
      waits.push(
        await page.evaluate(async () => {
          const named = (name: string) =>
            [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(name));
          const start = performance.now();
          named('Pause')?.click();
          while (!named('Play')) await new Promise(requestAnimationFrame);
          return performance.now() - start;
        }),
      );
      await button(page, 'Play').click();
      await button(page, 'Pause').waitFor();
    }
    waits.sort((a, b) => a - b);
    console.log(`Pause was shown after ${waits.map((wait) => wait.toFixed(0)).join(', ')} ms`);
    // By the clock, and with the frame that shows it: the best round is the one that nothing else disturbed.
    expect(waits[0]).toBeLessThan(50);
    await page.context().close();
  });

  test('refuses bad settings at the field and keeps the run', async () => {
    const page = await house.visit();
    await dataReady(page);
    await button(page, '+1 batch').click();
    const rate = page.getByRole('textbox', { name: 'Learning rate' });
    await rate.fill('-3');
    await rate.press('Enter');
    await page.getByText('A number above 0 and at most 100.').waitFor();
    await rate.press('Escape');
    expect(await rate.inputValue()).toBe('0.001');
    const progress = page.getByRole('progressbar', { name: 'Epoch' });
    expect(await progress.getAttribute('aria-valuetext')).toContain('batch 1 of');
    await page.context().close();
  });

  test('is accessible while it loads, fresh, while it trains, and when the data do not come', async () => {
    let letGo = () => undefined as void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const page = await house.visit('#/train?epochs=1000', {
      before: async (page) => {
        await page.route('**/train-images-*', async (route) => {
          await held;
          await route.continue();
        });
      },
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page, 'loading');
    letGo();
    await dataReady(page);
    await button(page, 'Play').waitFor();
    await expectAccessible(page, 'fresh');
    await button(page, 'Play').click();
    await expect.poll(() => rows(page).count(), { timeout: 60_000 }).toBeGreaterThan(0);
    await expectAccessible(page, 'training');
    await button(page, 'Pause').click();
    await button(page, 'Play').waitFor();
    await page.context().close();

    const lost = await house.visit('#/train', {
      before: async (page) => {
        await page.route('**/train-images-*', (route) => route.fulfill({ status: 404, body: '' }));
      },
    });
    await lost.getByRole('alert').first().waitFor();
    await expectAccessible(lost, 'error');
    await lost.context().close();
    house.complaints.splice(0, Infinity, ...house.complaints.filter((one) => !/status of 404/.test(one)));
  });

  test.each([
    [1440, 'light', 'en'],
    [820, 'dark', 'ko'],
    [390, 'light', 'ko'],
    [390, 'dark', 'en'],
  ] as const)('is accessible and fits at %i px, %s, %s', async (width, colorScheme, lang) => {
    const page = await house.visit('#/train', { viewport: { width, height: 844 }, colorScheme, lang });
    await dataReady(page);
    await button(page, lang === 'en' ? '+1 epoch' : '+1 에포크').click();
    const history = page.getByRole('table', { name: lang === 'en' ? 'History' : '기록' });
    await expect.poll(() => history.locator('tbody tr').count(), { timeout: 30_000 }).toBe(1);
    await page.getByText(lang === 'en' ? 'Click a number to see' : '숫자를 누르면').waitFor();
    // Everything that opens is open.
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `${width} ${colorScheme} ${lang}`);
    await page.context().close();
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
