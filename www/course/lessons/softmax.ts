// Lesson 2: what softmax does, where it breaks in 32 bits, and the guard.
import type { Lesson } from '../lesson';

const FIRST_AT = (logit: number) => `#/softmax?z=${logit},-1.3,0.4,5.2,-0.7,1.8,3.3,-2.4,0.9,1.2`;

export const softmax: Lesson = {
  id: 'softmax',
  number: 2,
  minutes: 8,
  steps: [
    { id: 'scores', kind: 'read', at: '#/softmax', light: 'logits' },
    {
      id: 'share',
      kind: 'compute',
      at: '#/softmax?z=1,2',
      light: 'p-1',
      answer: ({ softmax }) => softmax?.probabilities[0] ?? null,
      decimals: 4,
      slips: [
        { id: 'other', value: ({ softmax }) => softmax?.probabilities[1] ?? null },
        {
          id: 'straight',
          value: ({ softmax }) => {
            const [one = NaN, two = NaN] = softmax?.logits ?? [];
            return one / (one + two);
          },
        },
        { id: 'undivided', value: ({ softmax }) => softmax?.exponentials[0] ?? null },
      ],
    },
    {
      id: 'shift',
      kind: 'do',
      light: 'shift',
      isDone: ({ softmax }) => softmax !== undefined && softmax.shift !== 0,
    },
    { id: 'constant', kind: 'read', light: 'steps' },
    {
      id: 'ninety',
      kind: 'bet',
      at: '#/softmax',
      light: 'p-1-f32',
      options: ['one', 'almost', 'nan'],
      show: FIRST_AT(89),
      outcome: ({ softmax }) => {
        const p = softmax?.logits[0] === 89 ? softmax.probabilities[0] : undefined;
        if (p === undefined || softmax?.isGuarded) return null;
        return Number.isNaN(p) ? 'nan' : p === 1 ? 'one' : 'almost';
      },
    },
    {
      id: 'guard',
      kind: 'do',
      light: 'guard',
      isDone: ({ softmax }) =>
        softmax !== undefined && softmax.isGuarded && softmax.probabilities.every(Number.isFinite),
    },
    {
      id: 'largest',
      kind: 'compute',
      at: `${FIRST_AT(89)}&guard=on`,
      light: 'exp-1',
      answer: ({ softmax }) => (softmax?.isGuarded ? (softmax.exponentials[0] ?? null) : null),
      decimals: 0,
      slips: [
        { id: 'difference', value: () => 0 },
        { id: 'logit', value: ({ softmax }) => softmax?.logits[0] ?? null },
      ],
    },
    {
      id: 'edge',
      kind: 'do',
      at: FIRST_AT(80),
      light: 'exp-1-f32',
      isDone: ({ softmax }) =>
        softmax !== undefined && !softmax.isGuarded && softmax.exponentials[0] === Infinity,
    },
    { id: 'class', kind: 'read', at: FIRST_AT(80), light: 'logits' },
    { id: 'end', kind: 'read' },
  ],
};
