// Lesson 8: back-propagation through two layers: δ at the output, back along the weights, a step, and its check.
import type { Lesson } from '../lesson';
import type { Published } from '../seen.svelte';

type OneStep = Published['oneStep'];

/** What the room shows, while it is of that network. */
const of = (network: string, seen: OneStep | undefined) => (seen?.network === network ? seen : null);
/** The open unit of layer 2, in the network with sigmoids. */
const unitOf = (seen: OneStep | undefined) => of('sigmoid', seen)?.layers[1]?.open ?? null;
/** Layer, unit, input: a weight in the middle, whose gradient is large enough to be seen in four decimals. */
const SIGMOID_WEIGHT = 'weight=1-19-40';

function updated(
  seen: OneStep | undefined,
  by: (rate: number, weight: NonNullable<OneStep['weight']>) => number,
) {
  const now = of('sigmoid', seen);
  return now?.weight ? by(now.learningRate, now.weight) : null;
}

export const back: Lesson = {
  id: 'back',
  number: 8,
  minutes: 9,
  steps: [
    { id: 'forward', kind: 'read', at: '#/one-step?network=relu&station=layer-1', light: 'layer-1' },
    {
      id: 'truth',
      kind: 'compute',
      at: '#/one-step?network=relu&station=blame',
      light: 'delta-truth',
      answer: ({ oneStep }) => of('relu', oneStep)?.truth.delta ?? null,
      decimals: 3,
      slips: [
        { id: 'sign', value: ({ oneStep }) => (oneStep ? -oneStep.truth.delta : null) },
        { id: 'target', value: ({ oneStep }) => oneStep?.truth.output ?? null },
        { id: 'mean', value: ({ oneStep }) => (oneStep ? oneStep.truth.delta / oneStep.numImages : null) },
      ],
    },
    { id: 'down', kind: 'read', at: '#/one-step?network=relu&station=back-1', light: 'terms-1' },
    {
      id: 'slope',
      kind: 'compute',
      at: `#/one-step?network=sigmoid&station=back-2&${SIGMOID_WEIGHT}`,
      light: 'delta-layer-2',
      answer: ({ oneStep }) => unitOf(oneStep)?.delta ?? null,
      decimals: 4,
      slips: [
        { id: 'slope', value: ({ oneStep }) => unitOf(oneStep)?.down ?? null },
        {
          id: 'output',
          value: ({ oneStep }) => {
            const unit = unitOf(oneStep);
            return unit && unit.a * unit.down;
          },
        },
        {
          id: 'sign',
          value: ({ oneStep }) => {
            const unit = unitOf(oneStep);
            return unit && -unit.delta;
          },
        },
      ],
    },
    {
      id: 'off',
      kind: 'do',
      // A unit that is on, with a pixel in the middle of the image.
      at: '#/one-step?network=relu&station=back-1&weight=0-4-406',
      light: 'layer-1',
      isDone: ({ oneStep }) => {
        const unit = of('relu', oneStep)?.layers[0]?.open;
        return unit !== undefined && unit.z < 0 && unit.down !== 0 && unit.delta === 0;
      },
    },
    {
      id: 'step',
      kind: 'bet',
      light: 'layer-1',
      options: ['all', 'some', 'none'],
      show: '#/one-step?network=step&station=back-1',
      outcome: ({ oneStep }) => {
        const deltas = of('step', oneStep)?.layers[0]?.deltas;
        if (!deltas) return null;
        const learning = deltas.filter((delta) => delta !== 0).length;
        return learning === 0 ? 'none' : learning < deltas.length ? 'some' : 'all';
      },
    },
    {
      id: 'update',
      kind: 'compute',
      at: `#/one-step?network=sigmoid&station=update&${SIGMOID_WEIGHT}`,
      light: 'weight-after',
      answer: ({ oneStep }) => updated(oneStep, (_, { after }) => after),
      decimals: 4,
      slips: [
        {
          id: 'uphill',
          value: ({ oneStep }) => updated(oneStep, (rate, { value, gradient }) => value + rate * gradient),
        },
        {
          id: 'rate',
          value: ({ oneStep }) => updated(oneStep, (_, { value, gradient }) => value - gradient),
        },
        {
          id: 'mean',
          value: ({ oneStep }) =>
            updated(oneStep, (rate, { value, imageGradient }) => value - rate * imageGradient),
        },
        { id: 'change', value: ({ oneStep }) => updated(oneStep, (rate, { gradient }) => -rate * gradient) },
      ],
    },
    {
      id: 'bug',
      kind: 'do',
      at: '#/one-step?network=relu&station=check',
      light: 'bench',
      isDone: ({ oneStep }) => {
        const now = of('relu', oneStep);
        return now !== null && now.bug !== null && (now.check?.differ ?? 0) > 0;
      },
    },
    { id: 'end', kind: 'read' },
  ],
};
