// The store of runs: closed, blocked, silent or full, and what the page says of it.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, openHouse, type House } from './support';
import {
  button,
  expectPlace,
  fingerprint,
  finished,
  goOn,
  item,
  items,
  kept,
  keptRuns,
  list,
  set,
  trained,
} from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());
afterEach(async () => {
  for (const context of house.browser.contexts()) await context.close();
});

/** Before the page opens: `code` runs in the page and in its workers, before anything of theirs. */
async function everywhere(page: Page, code: string) {
  await page.addInitScript(code);
  await page.route('**/page/worker-*.js', async (route) => {
    try {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${code};${await answer.text()}` });
    } catch (error) {
      // A page that was closed meanwhile wants no answer.
      if (!page.isClosed()) throw error;
    }
  });
}

const forbidden = `Object.defineProperty(globalThis, 'indexedDB', {
  get() { throw new DOMException('forbidden', 'SecurityError'); },
})`;

/** As a store is that has stopped answering: a request that never ends. */
const silent = `IDBFactory.prototype.open = () => Object.assign(Object.create(IDBOpenDBRequest.prototype), {
  addEventListener() {}, removeEventListener() {},
})`;

describe('Train, the store of runs', () => {
  test('a store that the browser closed is opened again', async () => {
    const page = await trained(house);
    const session = await page.context().newCDPSession(page);
    // As “clear site data” does.
    await session.send('Storage.clearDataForOrigin', { origin: house.origin, storageTypes: 'indexeddb' });
    await button(page, '+1 epoch').click();
    await kept(page, (run) => run.epochs.length === 2);
    await button(page, 'Reset').click();
    await expectPlace(page, 'batch 0 of 25');
    await button(page, '+1 epoch').click();
    await expect.poll(async () => (await keptRuns(page)).length).toBe(2);
    await item(page, '2 of 2 epochs').first().getByRole('button', { name: 'Remove' }).click();
    await expect.poll(async () => (await keptRuns(page)).length).toBe(1);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('a removal that fails says so, and the run is still there', async () => {
    const page = await trained(house);
    await kept(page, (run) => run.isOver);
    await button(page, 'Reset').click();
    await expectPlace(page, 'batch 0 of 25');
    await page.evaluate(() => {
      IDBObjectStore.prototype.delete = () => {
        throw new DOMException('not today', 'UnknownError');
      };
    });
    await items(page).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be removed' }).waitFor();
    await item(page, '1 of 1 epochs').waitFor();
    await expectAccessible(page, 'not removed');
  });

  test('nothing that a visitor does waits for the store, and what is not kept is said', async () => {
    const page = await house.visit('#/train?images=1000&epochs=1&seed=1', {
      before: (page) => everywhere(page, silent),
    });
    await dataReady(page);
    await button(page, 'Play').click();
    await finished(page);
    const weights = await fingerprint(page);
    // A new run, and in the same breath a setting of it that acts at once.
    await set(page, 'Seed', '2');
    await set(page, 'Learning rate', '0.05');
    await expectPlace(page, 'batch 0 of 25');
    await item(page, 'seed 1').getByText('being kept').waitFor();
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of 25');
    await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor({ timeout: 60_000 });
    await item(page, 'seed 1').getByText('in this tab only').waitFor();
    await expectAccessible(page, 'a silent store');
    await goOn(page, 'seed 1').click();
    await page.getByText('All epochs are done.').waitFor();
    expect(await fingerprint(page)).toBe(weights);
  });

  test('where the browser keeps nothing the page says so, and runs can be gone on with until the tab closes', async () => {
    const page = await house.visit('#/train?images=1000&epochs=2&seed=1', {
      before: (page) => everywhere(page, forbidden),
    });
    await dataReady(page);
    await list(page).getByText('in this tab only', { exact: false }).first().waitFor();
    expect(await list(page).getByText('kept in this browser').count()).toBe(0);
    await button(page, '+1 epoch').click();
    await page.getByRole('alert').filter({ hasText: 'keeps no data for this page' }).waitFor();
    const half = await fingerprint(page);
    await set(page, 'Seed', '2');
    await expectPlace(page, 'batch 0 of 25');
    await goOn(page, 'seed 1').click();
    await expectPlace(page, 'epoch 2 of 2 · batch 0 of 25');
    expect(await fingerprint(page)).toBe(half);
    await expectAccessible(page, 'nothing is kept');
  });

  test('the oldest without a name makes room, and that is said before', async () => {
    const page = await trained(house);
    const { key } = await kept(page, (run) => run.isOver);
    // Thirty runs like it, the oldest with a name.
    await page.evaluate(
      (key) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('atelier');
          opening.onsuccess = () => {
            const writing = opening.result.transaction('runs', 'readwrite');
            const store = writing.objectStore('runs');
            const reading = store.get(key);
            reading.onsuccess = () => {
              const run = reading.result as { settings: object };
              for (let age = 1; age < 30; age++) {
                const settings = { ...run.settings, seed: 100 + age };
                const name = age === 29 ? 'the first of all' : null;
                store.put({ ...run, settings, name, key: `run ${age}`, changedAt: 1000 - age });
              }
            };
            writing.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
      key,
    );
    await page.reload();
    await dataReady(page);
    await expect.poll(() => items(page).count()).toBe(30);
    await list(page)
      .getByText(/no room for more: .*seed 128.* goes, the oldest without a name/)
      .waitFor();
    await expectAccessible(page, 'a full list');
    await button(page, '+1 batch').click();
    await expect.poll(() => item(page, 'seed 128').count()).toBe(0);
    expect(await items(page).count()).toBe(30);
    expect(await item(page, 'seed 129').getByRole('textbox').inputValue()).toBe('the first of all');
    expect((await keptRuns(page)).length).toBe(30);
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
