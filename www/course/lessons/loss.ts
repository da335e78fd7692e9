// Lesson 6: how wrong is wrong: mean squared error, cross-entropy, the logarithm.
import type { Lesson } from '../lesson';

export const loss: Lesson = {
  id: 'loss',
  number: 6,
  minutes: 6,
  steps: [
    { id: 'question', kind: 'read', at: '#/loss?q=0.6', light: 'losses' },
    {
      id: 'halved',
      kind: 'bet',
      at: '#/loss?q=0.02',
      light: 'losses',
      options: ['double', 'some', 'same'],
      show: '#/loss?q=0.01',
      outcome: ({ loss }) => {
        if (loss?.q !== 0.01 || loss.crossEntropy === null) return null;
        const before = -Math.log(0.02);
        return loss.crossEntropy > 1.9 * before
          ? 'double'
          : loss.crossEntropy > before + 0.01
            ? 'some'
            : 'same';
      },
    },
    {
      id: 'one',
      kind: 'do',
      at: '#/loss?q=0.6',
      light: 'losses',
      isDone: ({ loss }) => loss?.crossEntropy !== null && (loss?.crossEntropy ?? 1) < 0.02,
    },
    {
      id: 'wrong',
      kind: 'do',
      at: '#/loss?q=0.6',
      light: 'losses',
      isDone: ({ loss }) => (loss?.crossEntropy ?? 0) > 4 && (loss?.squaredError ?? 9) < 2.1,
    },
    { id: 'gradient', kind: 'read', at: '#/loss?q=0.05', light: 'losses' },
    { id: 'end', kind: 'read' },
  ],
};
