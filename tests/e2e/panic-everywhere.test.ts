// A panic planted in each subject of the worker, in both roles, in a pool and on the page's own thread: it is said
// once, and what the room was asked is answered by a fresh engine.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digits, drawWithMouse, pointsOf, seven } from './draw-hand';
import { EngineHand } from './engine-hand';
import { dataReady, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const stopped = (page: Page) => page.getByRole('alert').filter({ hasText: 'The engine stopped' });

async function choose(page: Page, name: string, value: string) {
  await page.getByRole('combobox', { name, exact: true }).selectOption(value);
}
async function type(page: Page, name: string, value: string) {
  const field = page.getByRole('textbox', { name, exact: true });
  await field.fill(value);
  await field.press('Enter');
}

const firstImage = (page: Page) => page.getByRole('figure', { name: 'Images' }).getByRole('button').first();
const labelIsThere = (page: Page) =>
  expect.poll(() => firstImage(page).locator('b').textContent(), { timeout: 60_000 }).toMatch(/^\d$/);
const neighbours = (page: Page) => page.getByRole('list', { name: 'Nearest training images' });

interface Case {
  subject: string;
  room: string;
  /** The engine's function that panics. */
  at: string;
  /** Waits until the room shows what it is asked for. */
  ready: (page: Page) => Promise<unknown>;
  /** Asks what ends in a panic. */
  act: (page: Page) => Promise<unknown>;
  /** Asks once more where the room does not by itself, and sees the answer. */
  again: (page: Page) => Promise<unknown>;
}

const probability = (page: Page) => page.getByRole('slider', { name: 'Probability of the true class' });
const lossCell = (page: Page) =>
  page.getByRole('table', { name: 'Losses' }).locator('tbody td').first().textContent();
const readingOf = (page: Page) =>
  page
    .getByRole('table', { name: 'Readings' })
    .getByRole('row', { name: 'Sigmoid' })
    .getByRole('cell')
    .first()
    .textContent();
const resultOf = (page: Page) =>
  page
    .getByRole('table', { name: 'Nodes' })
    .locator('tbody tr')
    .last()
    .innerText()
    .then((text) => text.replace(/\s+/g, ' '));

const cases: Case[] = [
  {
    subject: 'data',
    room: '#/data',
    at: 'dataset_pictures',
    ready: dataReady,
    act: (page) => button(page, 'Next').click(),
    again: labelIsThere,
  },
  {
    subject: 'dataRoom',
    room: '#/data',
    at: 'permutation',
    ready: dataReady,
    act: (page) => choose(page, 'Show', 'random'),
    again: async (page) => {
      await dataReady(page);
      await expect.poll(() => firstImage(page).locator('em').textContent()).not.toBe('#0');
      await labelIsThere(page);
    },
  },
  {
    subject: 'draw',
    room: '#/draw',
    at: 'nearestImages',
    ready: async (page) => {
      await neighbours(page).waitFor({ timeout: 60_000 });
    },
    act: (page) => drawWithMouse(page, seven),
    again: async (page) => {
      // The fresh lab fetches MNIST again.
      await neighbours(page).waitFor({ timeout: 60_000 });
      await drawWithMouse(page, [
        [0.2, 0.5],
        [0.8, 0.5],
      ]);
      await expect.poll(() => neighbours(page).innerText(), { timeout: 20_000 }).toMatch(/\d\.\d\d/);
    },
  },
  {
    subject: 'examination',
    room: '#/train',
    at: 'trainer_mostExciting',
    ready: async (page) => {
      await dataReady(page);
      await button(page, '+1 batch').click();
      await page.getByText('batch 1 of').waitFor();
    },
    act: (page) => page.getByRole('figure', { name: 'Weights' }).getByRole('button').first().click(),
    again: async (page) => {
      await dataReady(page);
      const images = page.getByRole('figure', { name: 'Weights' }).locator('ol li');
      await expect.poll(() => images.count(), { timeout: 60_000 }).toBe(10);
    },
  },
  {
    subject: 'oneStep',
    room: '#/one-step?network=relu',
    at: 'onestep_look',
    ready: (page) => page.getByRole('table', { name: 'Forward and backward' }).waitFor({ timeout: 60_000 }),
    act: (page) => button(page, 'Next image').click(),
    again: async (page) => {
      await dataReady(page);
      await page.getByRole('table', { name: 'Forward and backward' }).waitFor({ timeout: 60_000 });
      await page.getByText('Image 2').first().waitFor();
    },
  },
  {
    subject: 'loss',
    room: '#/loss',
    at: 'lossCurve',
    ready: (page) => expect.poll(() => lossCell(page)).toBe('0.1600'),
    act: (page) => probability(page).fill('0.7'),
    again: async (page) => {
      await probability(page).fill('0.5');
      await expect.poll(() => lossCell(page)).toBe('0.2500');
    },
  },
  {
    subject: 'neuron',
    room: '#/neuron',
    at: 'readNeuron',
    ready: (page) => expect.poll(() => readingOf(page)).toMatch(/\d/),
    act: (page) => page.getByRole('slider', { name: 'Bias', exact: true }).fill('1'),
    again: async (page) => {
      await page.getByRole('slider', { name: 'Weight', exact: true }).fill('0');
      await page.getByRole('slider', { name: 'Bias', exact: true }).fill('0');
      await expect.poll(() => readingOf(page)).toBe('0.5000');
    },
  },
  {
    subject: 'softmax',
    room: '#/softmax',
    at: 'compareSoftmax',
    ready: (page) =>
      expect
        .poll(() => page.getByRole('table', { name: 'Softmax', exact: true }).innerText())
        .toContain('0.03539'),
    act: (page) => type(page, 'Logit 1 as a number', '3'),
    again: async (page) => {
      await type(page, 'Logit 1 as a number', '7');
      const table = page.getByRole('table', { name: 'Softmax', exact: true });
      await expect.poll(() => table.innerText()).toContain('7');
    },
  },
  {
    subject: 'softmax, in the trainer',
    room: '#/softmax',
    at: 'unguarded_advance',
    ready: dataReady,
    act: (page) => button(page, 'Train with the guard off').click(),
    again: async (page) => {
      await dataReady(page);
      await button(page, 'Train with the guard off').click();
      await page.getByText(/It died at step \d+\./).waitFor({ timeout: 60_000 });
    },
  },
  {
    subject: 'training',
    room: '#/train?images=5000',
    at: 'trainer_runTowards',
    ready: async (page) => {
      await dataReady(page);
      await page.getByText('125 batches an epoch').waitFor();
    },
    act: (page) => button(page, 'Play').click(),
    again: async (page) => {
      await dataReady(page);
      await button(page, '+1 batch').click();
      await page.getByText('batch 1 of').waitFor({ timeout: 60_000 });
    },
  },
  {
    subject: 'graph',
    room: '#/graph',
    at: 'evaluateGraph',
    ready: (page) => page.getByRole('table', { name: 'Nodes' }).waitFor(),
    act: (page) => page.getByRole('textbox', { name: 'Expression' }).fill('2 × 3'),
    again: async (page) => {
      await page.getByRole('textbox', { name: 'Expression' }).fill('5 × 8');
      await expect.poll(() => resultOf(page)).toContain('40');
    },
  },
  {
    subject: 'reading, on the page’s own thread',
    room: '#/draw',
    at: 'drawing_new',
    ready: (page) => page.getByText('The pad is empty.').waitFor(),
    act: (page) => drawWithMouse(page, seven),
    again: readsDigit,
  },
];

/** Clears the pad, draws a recorded digit and sees it read. */
async function readsDigit(page: Page) {
  const row = digits[0] ?? [];
  const clear = button(page, 'Clear');
  if (await clear.isEnabled()) await clear.click();
  await drawWithMouse(page, pointsOf(row));
  const status = page.getByRole('status', { name: 'Answer' });
  await expect.poll(() => status.getAttribute('data-answer'), { timeout: 20_000 }).toMatch(/^\d$/);
}

test.each(cases)('in $subject', async ({ room, at, ready, act, again }) => {
  const hand = new EngineHand();
  const page = await house.visit(room, { before: (page) => hand.lay(page) });
  await ready(page);
  expect(await stopped(page).count()).toBe(0);
  await hand.arm(page, at);
  await act(page);
  await stopped(page).waitFor({ timeout: 30_000 });
  await again(page);
  expect(await page.getByRole('alert').count(), 'sentences about it').toBe(1);
  await page.context().close();
});

test('in reading, in the lab, once the page’s own engine has stopped', async () => {
  const hand = new EngineHand();
  const page = await house.visit('#/draw', { before: (page) => hand.lay(page) });
  await page.getByText('The pad is empty.').waitFor();
  for (let time = 1; time <= 2; time++) {
    await hand.arm(page, 'drawing_new');
    await drawWithMouse(page, seven);
    await stopped(page).waitFor({ timeout: 30_000 });
    await readsDigit(page);
    await stopped(page).getByRole('button', { name: 'Dismiss' }).click();
  }
  await page.context().close();
});

/** Ten images and their labels, as a visitor's own files. */
function ownFiles() {
  const file = (name: string, numbers: number[], items: Buffer) => {
    const header = Buffer.alloc(4 * numbers.length);
    numbers.forEach((number, at) => header.writeUInt32BE(number, 4 * at));
    return { name, mimeType: 'application/octet-stream', buffer: Buffer.concat([header, items]) };
  };
  const pixels = Buffer.from(Array.from({ length: 30 * 784 }, (_, at) => (at * 7) % 256));
  return [
    file('my-images', [2051, 30, 28, 28], pixels),
    file('my-labels', [2049, 30], Buffer.from(Array.from({ length: 30 }, (_, at) => at % 2))),
  ];
}

test('a visitor’s own files are read again, and the network that reads the pad is handed over', async () => {
  const hand = new EngineHand();
  const page = await house.visit('#/data', { before: (page) => hand.lay(page) });
  await dataReady(page);
  await page.locator('#own-files').setInputFiles(ownFiles());
  await button(page, 'Use these files').click();
  const chip = page.getByRole('status', { name: 'Data set' });
  await chip.filter({ hasText: 'Your data 25 + 5' }).waitFor();
  await labelIsThere(page);
  await hand.arm(page, 'dataset_image');
  await page.getByRole('figure', { name: 'Images' }).getByRole('button').nth(3).click();
  await stopped(page).waitFor();
  await chip.filter({ hasText: 'Your data 25 + 5' }).waitFor();
  await labelIsThere(page);
  expect(await page.getByRole('alert').count()).toBe(1);
  await stopped(page).getByRole('button', { name: 'Dismiss' }).click();

  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await button(page, '+1 batch').click();
  // So few images are one batch, and the end of an epoch.
  await page.getByText('epoch 2 of').waitFor();
  await page.getByRole('link', { name: 'Draw', exact: true }).click();
  await page.getByText('The pad is empty.').waitFor();
  await choose(page, 'Model', 'yours');
  // Two classes, so it is the visitor's own network.
  const names = page.getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
  await expect.poll(() => names.count()).toBe(2);
  await readsDigit(page);
  await hand.arm(page, 'drawing_new');
  await drawWithMouse(page, seven);
  await stopped(page).waitFor();
  await readsDigit(page);
  await expect.poll(() => names.count()).toBe(2);
  await page.context().close();
});

test('in logistic, in the trainer and in a fold of the pool', async () => {
  const hand = new EngineHand();
  const page = await house.visit('#/course', { before: (page) => hand.lay(page) });
  await dataReady(page);
  const run = button(page, 'Run both experiments');
  const problem = page.getByRole('alert').filter({ hasText: 'Try it again.' });

  await hand.arm(page, 'dataset_pixels');
  await run.click();
  await page.getByText('was started again from the last saved state').waitFor({ timeout: 30_000 });
  await problem.waitFor();
  await dataReady(page);

  hand.next = 'logisticrun_fold';
  await run.click();
  // A pool's engine is nobody's but the experiment's: it says so itself, and nothing else has stopped.
  await expect.poll(() => problem.count()).toBe(1);
  await run.waitFor();
  await expect.poll(() => run.isEnabled(), { timeout: 30_000 }).toBe(true);

  hand.next = null;
  await run.click();
  await page.getByText(/Mean of the five folds: 0\.\d+/).waitFor({ timeout: 110_000 });
  expect(await problem.count()).toBe(0);
  await page.context().close();
});

test('an engine that stops again and again is left alone until the visitor wants it', async () => {
  const hand = new EngineHand();
  const page = await house.visit('#/neuron', {
    before: async (page) => {
      // Three stops within a minute of the page's clock, however long a busy machine takes for them.
      await page.addInitScript(() => {
        const now = performance.now.bind(performance);
        performance.now = () => now() / 100;
      });
      await hand.lay(page);
    },
  });
  await expect.poll(() => readingOf(page)).toMatch(/\d/);
  const bias = page.getByRole('slider', { name: 'Bias', exact: true });
  const tooOften = page.getByRole('alert').filter({ hasText: 'three times within a minute' });
  for (let time = 1; time <= 3; time++) {
    expect(await tooOften.count()).toBe(0);
    // A fresh lab needs a question before there is one to arm.
    await bias.fill('0');
    await expect.poll(() => readingOf(page)).toMatch(/\d/);
    await expect.poll(() => page.workers().length).toBe(2);
    await hand.arm(page, 'readNeuron');
    await bias.fill(String(time));
    await stopped(page).first().waitFor();
    if (time < 3) await stopped(page).getByRole('button', { name: 'Dismiss' }).click();
  }
  await tooOften.waitFor();
  await page.getByRole('slider', { name: 'Weight', exact: true }).fill('0');
  await bias.fill('0');
  await tooOften.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => readingOf(page)).toBe('0.5000');
  expect(await tooOften.count()).toBe(0);
  await page.context().close();
});

test('and nothing else went wrong', () => {
  expect(house.complaints).toEqual([]);
});
