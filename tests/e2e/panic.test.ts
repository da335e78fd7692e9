// A panic in the engine: told once, in the console and on the page; then a fresh engine takes the run up from
// where it was kept last, and ends at the weights of a run that was never disturbed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineHand, type Hand } from './engine-hand';
import { dataReady, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const place = (page: Page) => page.getByRole('progressbar', { name: 'Epoch' }).getAttribute('aria-valuetext');
const stopped = 'The engine stopped by a mistake of ours';

/** The labels as the engine holds them. */
const labels = gunzipSync(
  readFileSync(path.resolve(import.meta.dirname, '../../assets/fashion-mnist/train-labels-idx1-ubyte.gz')),
).subarray(8);

/** Writes a class that is not there over every label in the engine's memory; how many times they stood there. */
function spoilLabels(worker: Worker): Promise<number> {
  return worker.evaluate(
    (first: number[]) => {
      const bytes = new Uint8Array((globalThis as unknown as Hand).memory.buffer);
      let found = 0;
      for (let at = bytes.indexOf(first[0]!); at >= 0; at = bytes.indexOf(first[0]!, at + 1)) {
        if (!first.every((label, index) => bytes[at + index] === label)) continue;
        bytes.fill(255, at, at + first.length);
        found++;
      }
      return found;
    },
    [...labels],
  );
}

/** The worker of the trainer: of those with an engine the one that holds the labels. */
async function spoil(page: Page): Promise<void> {
  const found = await Promise.all(page.workers().map((worker) => spoilLabels(worker).catch(() => 0)));
  expect(
    found.reduce((sum, one) => sum + one, 0),
    'copies of the labels in memory',
  ).toBeGreaterThan(0);
}

async function fingerprint(page: Page): Promise<string> {
  const code = page.locator('code');
  await code.waitFor({ timeout: 60_000 });
  return (await code.textContent()) ?? '';
}

/** How far the kept runs have come that have not finished an epoch. */
function keptSteps(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const answered = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error as Error);
      });
    const database = await answered(indexedDB.open('atelier'));
    const runs = await answered(
      database.transaction('runs').objectStore('runs').getAll() as IDBRequest<
        { step: number; epochs: unknown[] }[]
      >,
    );
    database.close();
    return runs.filter((run) => run.epochs.length === 0).map((run) => run.step);
  });
}

async function small(page: Page) {
  await page.getByRole('combobox', { name: 'Training images', exact: true }).selectOption('5000');
  await page.getByText('125 batches an epoch').waitFor();
  const epochs = page.getByRole('textbox', { name: 'Epochs', exact: true });
  await epochs.fill('2');
  await epochs.press('Enter');
}

test('a panic is told once, and the run goes on from where it was kept, to the bit', async () => {
  const page = await house.visit('#/train', {
    before: (page) => new EngineHand().lay(page),
  });
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await dataReady(page);
  await small(page);
  await button(page, 'Play').click();
  await page.getByText('All epochs are done.').waitFor({ timeout: 100_000 });
  const undisturbed = await fingerprint(page);

  await button(page, 'Reset').click();
  for (let batch = 1; batch <= 3; batch++) {
    await button(page, '+1 batch').click();
    await expect.poll(() => place(page)).toContain(`batch ${batch} of`);
  }
  const kept = await fingerprint(page);
  // Resting, the run is kept.
  await expect.poll(() => keptSteps(page)).toEqual([3]);

  await spoil(page);
  await button(page, '+1 batch').click();
  const alert = page.getByRole('alert').filter({ hasText: stopped });
  await alert.waitFor({ timeout: 60_000 });
  await dataReady(page);
  await expect.poll(() => place(page), { timeout: 60_000 }).toContain('batch 3 of');
  expect(await fingerprint(page)).toBe(kept);
  expect(await page.getByText(stopped).count(), 'sentences about it').toBe(1);
  expect(
    errors.filter((text) => text.includes('panicked at') && text.includes('index out of bounds')).length,
    `panics in the console: ${errors.join('\n')}`,
  ).toBe(1);
  expect(errors, 'and nothing else').toHaveLength(1);

  await button(page, 'Play').click();
  await page.getByText('All epochs are done.').waitFor({ timeout: 100_000 });
  expect(await fingerprint(page)).toBe(undisturbed);
  await page.context().close();
});
