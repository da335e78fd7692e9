// How a visitor handles the Train room; shared by its tests.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { dataReady, type House } from './support';

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const rows = (page: Page) => page.getByRole('table', { name: 'History' }).locator('tbody tr');
export const select = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
export const place = (page: Page) =>
  page.getByRole('progressbar', { name: 'Epoch' }).getAttribute('aria-valuetext');

export async function set(page: Page, name: string, value: string) {
  await field(page, name).fill(value);
  await field(page, name).press('Enter');
}

/** The fingerprint of the weights, shown when training rests. */
export async function fingerprint(page: Page): Promise<string> {
  const code = page.locator('code');
  await code.waitFor({ timeout: 60_000 });
  return (await code.textContent()) ?? '';
}

export async function finished(page: Page) {
  await page.getByText('All epochs are done.').waitFor({ timeout: 100_000 });
}

/** 4,000 training images: an epoch of 125 batches takes a moment. */
export async function small(page: Page) {
  await select(page, 'Training images').selectOption('5000');
  await page.getByText('125 batches an epoch').waitFor();
}

/** The part of a kept run's record that tests read. */
export interface Kept {
  key: string;
  /** How many times it was written. */
  revision: number;
  name: string | null;
  dataSet: string;
  settings: { seed: number; epochs: number; learningRate: number };
  learningRates: { step: number; learningRate: number }[];
  step: number;
  epochs: unknown[];
  isOver: boolean;
  base: { step: number; bytes: number } | null;
}

/** The records that this browser keeps, read from its store. */
export function keptRuns(page: Page): Promise<Kept[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('atelier');
        opening.onerror = () => reject(new Error('no store'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('runs').objectStore('runs').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result as Kept[]);
          };
        };
      }),
  );
}

/** How many states it keeps. */
export function keptStates(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('atelier');
        opening.onerror = () => reject(new Error('no store'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction('states').objectStore('states').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

export async function expectPlace(page: Page, text: string) {
  await expect.poll(() => place(page)).toContain(text);
}

export const list = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: /^Runs/ }) });
export const items = (page: Page) => list(page).getByRole('listitem');
export const item = (page: Page, text: string) => items(page).filter({ hasText: text });
export const goOn = (page: Page, text: string) => item(page, text).getByRole('button', { name: 'Go on' });
export const offer = (page: Page) => page.getByText('Left unfinished');

/** A visitor's first run, finished: 800 images in 25 batches, once. */
export async function trained(house: House, address = '#/train?images=1000&epochs=1&seed=1'): Promise<Page> {
  const page = await house.visit(address);
  await dataReady(page);
  await button(page, 'Play').click();
  await finished(page);
  return page;
}

/** The record of the only kept run of which `is` holds, once there is one. */
export async function kept(page: Page, is: (run: Kept) => boolean): Promise<Kept> {
  let found: Kept[] = [];
  await expect.poll(async () => (found = (await keptRuns(page)).filter(is)).length).toBe(1);
  return found[0] as Kept;
}
