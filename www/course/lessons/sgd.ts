// Lesson 7: mini-batches, and the four steps of stochastic gradient descent.
import type { Lesson } from '../lesson';
import type { Published, Seen } from '../seen.svelte';

const SMALL = 10;
const LARGE = 1000;

type Descent = Published['descent'];
const inWalk = ({ descent }: Seen, of: (walk: Descent) => number) => (descent ? of(descent) : null);

const ring = '#/one-step?network=sigmoid&view=picture';

export const sgd: Lesson = {
  id: 'sgd',
  number: 7,
  minutes: 10,
  steps: [
    { id: 'sample', kind: 'read', at: '#/loss?network=fresh', light: 'batches' },
    {
      id: 'error',
      kind: 'compute',
      at: '#/loss?network=fresh',
      light: 'standard-error',
      answer: ({ batches }) => batches?.standardError ?? null,
      decimals: 4,
      slips: [
        { id: 'root', value: ({ batches }) => (batches ? batches.deviation / batches.batchSize : null) },
        { id: 'image', value: ({ batches }) => batches?.deviation ?? null },
        {
          id: 'all',
          value: ({ batches }) => (batches ? batches.deviation / Math.sqrt(batches.numImages) : null),
        },
      ],
    },
    {
      id: 'hundred',
      kind: 'bet',
      at: `#/loss?network=fresh&size=${SMALL}`,
      light: 'batches',
      options: ['same', 'tenth', 'hundredth'],
      show: `#/loss?network=fresh&size=${LARGE}`,
      outcome: ({ batches }) => {
        if (batches?.batchSize !== LARGE) return null;
        // Beside what the formula gives the small batches of the same images.
        const share = batches.observedError / (batches.deviation / Math.sqrt(SMALL));
        return share > 0.5 ? 'same' : share > 0.03 ? 'tenth' : 'hundredth';
      },
    },
    {
      id: 'step',
      kind: 'compute',
      at: '#/loss?rate=0.1',
      light: 'descent-update',
      answer: (seen) => inWalk(seen, ({ weight }) => weight.to),
      decimals: 3,
      slips: [
        { id: 'uphill', value: (seen) => inWalk(seen, ({ rate, weight: w }) => w.from + rate * w.slope) },
        { id: 'rate', value: (seen) => inWalk(seen, ({ weight: w }) => w.from - w.slope) },
        { id: 'change', value: (seen) => inWalk(seen, ({ rate, weight: w }) => -rate * w.slope) },
      ],
    },
    {
      id: 'epoch',
      kind: 'do',
      at: '#/loss?rate=0.1',
      light: 'descent',
      isDone: ({ descent }) => descent?.batch === 6 && descent.epochs >= 1,
    },
    {
      id: 'ring',
      kind: 'do',
      at: ring,
      light: 'picture',
      isDone: ({ oneStep }) =>
        oneStep?.network === 'sigmoid' &&
        oneStep.view === 'picture' &&
        oneStep.bug === null &&
        oneStep.isUpdated,
    },
    {
      id: 'sign',
      kind: 'bet',
      at: `${ring}&station=update`,
      light: 'picture',
      options: ['falls', 'same', 'rises'],
      show: `${ring}&station=update&bug=wrong-sign`,
      outcome: ({ oneStep }) => {
        if (oneStep?.network !== 'sigmoid' || oneStep.bug !== 'wrong-sign') return null;
        const { loss, lossAfter } = oneStep.batch;
        return lossAfter > loss ? 'rises' : lossAfter < loss ? 'falls' : 'same';
      },
    },
    {
      id: 'note',
      kind: 'read',
      at: '#/one-step?network=softmax&station=update',
      light: 'weight-after',
    },
    { id: 'end', kind: 'read' },
  ],
};
