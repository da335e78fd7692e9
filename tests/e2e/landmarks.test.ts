// The addresses and accessible names that links, other tests and screen readers rely on.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, openHouse, type House } from './support';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

type Role = Parameters<Page['getByRole']>[0];

const everywhere: [Role, ...string[]][] = [
  ['navigation', 'Rooms'],
  ['status', 'Data set'],
  ['button', 'Language', 'Theme'],
];

const rooms: Record<string, [Role, ...string[]][]> = {
  '#/': [
    ['figure', 'What each class looks for', 'Predictions'],
    ['status', 'Progress'],
    ['button', 'Pause'],
    ['link', 'One of these steps', 'Draw for it'],
  ],
  '#/train': [
    ['combobox', 'Start from', 'Optimizer', 'Pixels', 'Training images'],
    ['textbox', 'Learning rate', 'Batch size', 'Epochs', 'Seed'],
    ['group', 'Layers'],
    ['button', 'Play', 'Reset', '+1 batch', '+1 epoch', 'Back one step'],
    ['button', 'Save network', 'Open network', 'Copy result', 'Export'],
    ['progressbar', 'Epoch'],
    ['figure', 'Loss', 'Accuracy', 'Predictions', 'Weights'],
    ['table', 'History', 'Confusion'],
  ],
  '#/one-step': [
    ['list', 'Stations'],
    ['button', 'Next', 'Back'],
    ['table', 'Forward and backward'],
    ['region', 'Pixel'],
    ['status', 'Gradient check'],
  ],
  '#/draw': [
    ['application', 'Digit pad'],
    ['button', 'Clear', 'Undo'],
    ['img', 'What the network receives'],
    ['list', 'Probabilities'],
    ['status', 'Answer'],
  ],
  '#/neuron': [
    ['figure', 'Activations'],
    ['slider', 'Weight', 'Bias', 'Input'],
    ['checkbox', 'Step', 'Sigmoid', 'Tanh', 'ReLU', 'Identity'],
  ],
  '#/softmax': [
    ['slider', 'Logit 1', 'Logit 2', 'Logit 3'],
    ['button', 'Guard'],
    ['table', 'Softmax'],
  ],
  '#/loss': [
    ['figure', 'Losses', 'Natural logarithm'],
    ['slider', 'Probability of the true class'],
  ],
  '#/graph': [
    ['textbox', 'Expression'],
    ['combobox', 'Example'],
    ['button', 'Forward', 'Backward', 'Next node'],
    ['figure', 'Computational graph'],
    ['table', 'Nodes'],
  ],
  '#/data': [
    ['combobox', 'Data set', 'Scaling'],
    ['figure', 'Images', 'Histogram'],
    ['table', 'Pixels'],
  ],
};

async function expectNamed(page: Page, landmarks: [Role, ...string[]][]) {
  for (const [role, ...names] of landmarks) {
    for (const name of names) {
      const found = page.getByRole(role, { name, exact: true });
      await expect.poll(() => found.count(), { message: `${role} “${name}”` }).toBe(1);
    }
  }
}

describe('Landmarks', () => {
  test.each(Object.entries(rooms))('of %s', async (address, landmarks) => {
    const page = await house.visit(address);
    await dataReady(page);
    await expectNamed(page, [...everywhere, ...landmarks]);
    await page.context().close();
  });

  test('the empty address is Home, whose Pause becomes Play', async () => {
    const page = await house.visit('');
    await dataReady(page);
    await expectNamed(page, [...everywhere, ...(rooms['#/'] ?? [])]);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.context().close();
  });

  test('Train’s Play becomes Pause', async () => {
    const page = await house.visit('#/train');
    await dataReady(page);
    // Ten epochs are over in a second.
    await page.getByRole('textbox', { name: 'Epochs' }).fill('1000');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.context().close();
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
