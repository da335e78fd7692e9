// Lesson 5: Dense(10), compile, fit, ten epochs, evaluate.
import type { Lesson } from '../lesson';

export const train: Lesson = {
  id: 'train',
  number: 5,
  minutes: 9,
  steps: [
    { id: 'model', kind: 'read', at: '#/train', light: 'model' },
    {
      id: 'parameters',
      kind: 'compute',
      light: 'parameters',
      answer: ({ train }) => train?.parameters ?? null,
      decimals: 0,
      slips: [
        { id: 'bias', value: () => 784 * 10 },
        { id: 'sum', value: () => 784 + 10 },
        { id: 'images', value: () => 48_000 * 784 },
      ],
    },
    {
      id: 'first',
      kind: 'bet',
      light: 'transport',
      options: ['half', 'most', 'nearly-all'],
      show: '#/train',
      outcome: ({ train }) => {
        const accuracy = train?.validationAccuracy;
        if (accuracy === null || accuracy === undefined) return null;
        return accuracy < 0.7 ? 'half' : accuracy < 0.9 ? 'most' : 'nearly-all';
      },
    },
    {
      id: 'ten',
      kind: 'do',
      light: 'curves',
      isDone: ({ train }) => (train?.finishedEpochs ?? 0) >= 10,
    },
    { id: 'note', kind: 'read', light: 'curves' },
    {
      id: 'goal',
      kind: 'do',
      light: 'transport',
      isDone: ({ train }) => train?.numLayers === 1 && (train.validationAccuracy ?? 0) >= 0.84,
    },
    { id: 'end', kind: 'read' },
  ],
};
