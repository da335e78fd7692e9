// Lesson 4: logistic regression: one against the rest, the cost with y and 1 − y, five folds.
import type { Lesson } from '../lesson';

export const logistic: Lesson = {
  id: 'logistic',
  number: 4,
  minutes: 7,
  steps: [
    { id: 'question', kind: 'read', at: '#/loss', light: 'cost' },
    {
      id: 'rest',
      kind: 'do',
      at: '#/loss',
      light: 'cost',
      isDone: ({ cost }) => cost?.y === 0 && cost.cost > 3,
    },
    {
      id: 'folds',
      kind: 'bet',
      at: '#/course',
      light: 'folds',
      options: ['low', 'middle', 'high'],
      show: '#/course',
      outcome: ({ folds }) =>
        folds ? (folds.mean < 0.8 ? 'low' : folds.mean <= 0.9 ? 'middle' : 'high') : null,
    },
    { id: 'note', kind: 'read', light: 'folds' },
    { id: 'lines', kind: 'do', light: 'lines', isDone: ({ folds }) => (folds?.open ?? 0) > 0 },
    { id: 'end', kind: 'read' },
  ],
};
