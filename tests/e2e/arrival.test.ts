// What becomes of a room, an engine or a model that does not arrive: what was fetched needs no line any more, what was
// not can be tried again, and each is told for what it is.
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawWithMouse, seven } from './draw-hand';
import { dataReady, openHouse, type House } from './support';
import { keptRuns, select, set } from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const link = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const softmaxTable = (page: Page) => page.getByRole('table', { name: 'Softmax', exact: true });

/** Waits until the page has fetched what it fetches by itself. */
async function allFetched(page: Page) {
  const rooms = ['course', 'train', 'one-step', 'draw', 'own', 'neuron', 'softmax', 'loss', 'graph', 'data'];
  await expect
    .poll(
      () =>
        page.evaluate((rooms) => {
          const names = performance.getEntriesByType('resource').map(({ name }) => name);
          return rooms.filter((room) => !names.some((name) => name.includes(`/page/room-${room}-`)));
        }, rooms),
      { timeout: 60_000 },
    )
    .toEqual([]);
  // The lab's engine, and the part of it that draws graphs.
  await expect.poll(() => page.workers().length, { timeout: 30_000 }).toBe(2);
  const layout = () =>
    Promise.all(
      page
        .workers()
        .map((worker) =>
          worker.evaluate(() =>
            performance.getEntriesByType('resource').some(({ name }) => name.includes('/page/layout-')),
          ),
        ),
    );
  await expect.poll(async () => (await layout()).some(Boolean), { timeout: 30_000 }).toBe(true);
  // The network that Draw opens with.
  const model = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .some((entry) => entry.name.endsWith('/models/digits.safetensors') && entry.duration > 0),
    );
  await expect.poll(model, { timeout: 30_000 }).toBe(true);
}

describe('With the line cut', () => {
  test('every room opens that was never visited, and its engine answers', async () => {
    const page = await house.visit('#/train');
    await dataReady(page);
    await allFetched(page);
    await page.context().setOffline(true);

    await link(page, 'Neuron').click();
    await page.getByRole('slider', { name: 'Weight', exact: true }).fill('0');
    await page.getByRole('slider', { name: 'Bias', exact: true }).fill('0');
    const row = page.getByRole('table', { name: 'Readings' }).getByRole('row', { name: 'Sigmoid' });
    await expect.poll(() => row.getByRole('cell').first().textContent()).toBe('0.5000');
    await link(page, 'Softmax').click();
    await softmaxTable(page).waitFor();
    await link(page, 'Loss').click();
    await page.getByRole('table', { name: 'Losses' }).waitFor();
    await link(page, 'Graph').click();
    await page.getByRole('figure', { name: 'Computational graph' }).waitFor();
    await page.getByRole('table', { name: 'Nodes' }).waitFor();
    await link(page, 'Data').click();
    await page.getByRole('figure', { name: 'Images' }).getByText('#29').waitFor();
    await link(page, 'One step').click();
    await page.getByRole('table', { name: 'Forward and backward' }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('alert').count()).toBe(0);
    await link(page, 'Draw').click();
    await drawWithMouse(page, seven);
    const status = page.getByRole('status', { name: 'Answer' });
    await expect.poll(() => status.getAttribute('data-answer')).toMatch(/^\d$/);
    // The images to compare a drawing with, twelve megabytes, were not fetched unasked.
    await expect
      .poll(() => page.getByRole('alert').allTextContents())
      .toEqual([expect.stringMatching(/idx|MNIST/)]);
    await page.context().close();
  });

  test('what was not fetched is told, and opens once the line is there again', async () => {
    const cut = (route: Route) => route.abort('internetdisconnected');
    const page = await house.visit('#/train', {
      before: async (page) => {
        await page.route('**/page/room-softmax-*', cut);
        // It stops there, and fetches no more by itself.
        await page.route('**/page/room-one-step-*', cut);
      },
    });
    await dataReady(page);
    await link(page, 'Softmax').click();
    const alert = page.getByRole('alert').filter({ hasText: 'This room could not be fetched.' });
    await alert.waitFor();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor();
    await page.unroute('**/page/room-softmax-*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await softmaxTable(page).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });
});

describe('A room that cannot be opened', () => {
  test('offers to reload where the browser keeps a script that failed', async () => {
    // What Firefox and WebKit do: the file is there again, its import fails as before.
    const page = await house.visit('#/train', {
      before: (page) =>
        page
          .route('**/page/room-softmax-*.js', (route) =>
            route.request().resourceType() === 'script' ? route.abort() : route.continue(),
          )
          .then(() => undefined),
    });
    await dataReady(page);
    await select(page, 'Training images').selectOption('1000');
    await set(page, 'Epochs', '1000');
    await button(page, 'Play').click();
    await link(page, 'Softmax').click();
    const alert = page.getByRole('alert').filter({ hasText: 'reload the page' });
    await alert.waitFor();
    await page.unroute('**/page/room-softmax-*.js');
    const [before] = await keptRuns(page);
    await alert.getByRole('button', { name: 'Reload' }).click();
    await softmaxTable(page).waitFor();
    // What was training meanwhile was kept once more before the page went.
    const [after] = await keptRuns(page);
    expect(after?.step).toBeGreaterThan(before?.step ?? 0);
    await link(page, 'Train').click();
    await page.getByText('Left unfinished').waitFor();
    await page.context().close();
  });

  test('says so when its own code throws while it loads', async () => {
    const page = await house.visit('#/train', {
      before: async (page) =>
        void (await page.route('**/page/room-softmax-*.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: "throw new Error('planted')" }),
        )),
    });
    await dataReady(page);
    await link(page, 'Softmax').click();
    await page
      .getByRole('alert')
      .filter({ hasText: 'could not be loaded, by a mistake of ours (planted)' })
      .waitFor();
    await link(page, 'Neuron').click();
    await page.getByRole('figure', { name: 'Activations' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });

  test('opens in a browser whose language is none', async () => {
    const page = await house.visit('#/train', {
      before: async (page) =>
        void (await page.addInitScript(() =>
          Object.defineProperty(Navigator.prototype, 'language', { get: () => 'C' }),
        )),
    });
    await page.getByRole('figure', { name: 'Loss' }).waitFor();
    await link(page, 'Softmax').click();
    await softmaxTable(page).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });
});

describe('What a room needs', () => {
  test('a missing engine is said once, in every room, and asked for again from any', async () => {
    const page = await house.visit('#/draw', {
      before: async (page) =>
        void (await page.route('**/*.wasm', (route) => route.fulfill({ status: 503, body: 'no' }))),
    });
    const alert = page.getByRole('alert');
    await alert.filter({ hasText: 'The engine could not be fetched.' }).waitFor();
    for (const room of ['Draw', 'Softmax', 'Graph', 'Loss', 'Data', 'Neuron']) {
      await link(page, room).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      // What it asks for at once has failed by then.
      await page.waitForTimeout(300);
      expect(await alert.allTextContents(), room).toHaveLength(1);
      expect(await alert.getByRole('button', { name: 'Try again' }).count(), room).toBe(1);
    }
    await page.unroute('**/*.wasm');
    await alert.getByRole('button', { name: 'Try again' }).click();
    // The room asks again what it had asked for, and so does the data set.
    const row = page.getByRole('table', { name: 'Readings' }).getByRole('row', { name: 'Sigmoid' });
    await expect.poll(() => row.getByRole('cell').first().textContent()).toMatch(/\d/);
    await dataReady(page);
    expect(await alert.count()).toBe(0);
    await link(page, 'Draw').click();
    await drawWithMouse(page, seven);
    const status = page.getByRole('status', { name: 'Answer' });
    await expect.poll(() => status.getAttribute('data-answer')).toMatch(/^\d$/);
    await page.context().close();
  });

  test('a model that does not arrive is not on its way for ever', async () => {
    const page = await house.visit('#/draw', {
      before: async (page) =>
        void (await page.route('**/models/digits.safetensors', (route) => route.fulfill({ status: 404 }))),
    });
    const status = page.getByRole('status', { name: 'Answer' });
    const alert = page.getByRole('alert').filter({ hasText: 'models/digits.safetensors' });
    await alert.waitFor();
    expect(await status.textContent()).toBe('Without its network nothing can be read; see above.');
    // Nor are its numbers shown before they are known.
    expect(await page.getByText('0.0 pixels').count(), 'a width of none').toBe(0);
    // Another model can be chosen meanwhile, and one that is missing too leaves its alert standing.
    await page.unroute('**/models/digits.safetensors');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => status.textContent()).toBe('The pad is empty.');
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);

    await page.route('**/models/fashion.safetensors', (route) => route.fulfill({ status: 404 }));
    await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('fashion');
    const other = page.getByRole('alert').filter({ hasText: 'models/fashion.safetensors' });
    await other.waitFor();
    await drawWithMouse(page, seven);
    await expect.poll(() => status.getAttribute('data-answer')).toMatch(/^\d$/);
    expect(await other.count(), 'still said after the other model has read').toBe(1);
    await page.unroute('**/models/fashion.safetensors');
    await other.getByRole('button', { name: 'Try again' }).click();
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Model', exact: true }).inputValue())
      .toBe('fashion');
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await button(page, 'Clear').click();
    await page.context().close();
  });
});

test('nothing else went wrong unseen', () => {
  const planted = /ERR_|Failed to load resource|503|404|Failed to fetch dynamically/;
  expect(house.complaints.filter((text) => !planted.test(text))).toEqual([]);
});
