import { expect, it } from 'vitest';
import type { Published, Seen } from '../course/seen.svelte';
import { isMet, remembering } from './judge';

const settings = { learningRate: 0.001, epochs: 3, hidden: [] };
const run = (changes: Partial<Published['train']> = {}): Seen => ({
  train: {
    numLayers: 1,
    parameters: 7850,
    finishedEpochs: 0,
    firstLoss: null,
    loss: null,
    validationAccuracy: null,
    validationAccuracies: [],
    hasDiverged: false,
    settings,
    ...changes,
  },
});

it('no goal is met where nothing is shown, or at the start of a run', () => {
  const goals = [
    { kind: 'accuracy', atLeast: 0.1, epochs: null, isFlat: false },
    { kind: 'mend' },
    { kind: 'sure-and-wrong', above: 0.5 },
  ] as const;
  for (const goal of goals) for (const seen of [{}, run()]) expect(isMet(goal, seen, null)).toBe(false);
});

it('an accuracy counts in the epochs that the goal gives, and without hidden layers where it says so', () => {
  const goal = { kind: 'accuracy', atLeast: 0.85, epochs: 2, isFlat: true } as const;
  expect(isMet(goal, run({ validationAccuracies: [0.8, 0.85] }), null)).toBe(true);
  expect(isMet(goal, run({ validationAccuracies: [0.8, 0.849, 0.9] }), null)).toBe(false);
  expect(isMet({ ...goal, epochs: null }, run({ validationAccuracies: [0.8, 0.849, 0.9] }), null)).toBe(true);
  expect(isMet(goal, run({ validationAccuracies: [0.9], numLayers: 2 }), null)).toBe(false);
  expect(isMet(goal, run({ validationAccuracies: [null] }), null)).toBe(false);
});

it('mending is one change after a run that diverged', () => {
  const wild = { ...settings, learningRate: 1000 };
  const memory = remembering(null, run({ hasDiverged: true, settings: wild }));
  expect(remembering(memory, run())).toBe(memory);
  const goal = { kind: 'mend' } as const;
  expect(isMet(goal, run({ finishedEpochs: 1 }), null)).toBe(false);
  expect(isMet(goal, run({ finishedEpochs: 1 }), memory)).toBe(true);
  expect(isMet(goal, run({ finishedEpochs: 0 }), memory)).toBe(false);
  expect(isMet(goal, run({ finishedEpochs: 1, settings: { ...settings, epochs: 4 } }), memory)).toBe(false);
  expect(isMet(goal, run({ finishedEpochs: 1, settings: wild }), memory)).toBe(false);
});

it('a sure answer must be wrong', () => {
  const goal = { kind: 'sure-and-wrong', above: 0.9 } as const;
  const answer = { label: 7, prediction: 5, output: 0.91 };
  expect(isMet(goal, { ...run(), answer }, null)).toBe(true);
  expect(isMet(goal, { ...run(), answer: { ...answer, output: 0.9 } }, null)).toBe(false);
  expect(isMet(goal, { ...run(), answer: { ...answer, prediction: 7 } }, null)).toBe(false);
});
