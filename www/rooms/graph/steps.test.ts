import { expect, it } from 'vitest';
import type { GraphRecord, NodeRecord } from '../../engine/pkg/atelier';
import { lengthOf, nodeAt, stepsOf } from './steps';

const node = (from: number[], isTracked = true): NodeRecord => ({
  operation: from.length > 0 ? 'multiply' : 'leaf',
  name: undefined,
  value: 1,
  gradient: isTracked ? 1 : undefined,
  edges: from.map((index) => ({ from: index, local: 1, product: 1 })),
  start: 0,
  end: 1,
});

/** x, y, t = x·y, u = t·t, and v = x·y, which nothing uses. */
const graph: GraphRecord = {
  nodes: [node([]), node([]), node([0, 1]), node([2, 2]), node([0, 1])],
  leaves: [],
  output: 3,
  badValue: undefined,
  badGradient: undefined,
};

it('goes forward through what is computed and back through what counts', () => {
  const steps = stepsOf(graph);
  expect(steps.forward).toEqual([2, 3, 4]);
  expect(steps.backward).toEqual([3, 2]);
  expect(lengthOf(steps)).toBe(5);
  expect([0, 1, 3, 4, 5, 6].map((step) => nodeAt(steps, step))).toEqual([null, 2, 4, 3, 2, null]);
});

it('tells when each number is known', () => {
  const steps = stepsOf(graph);
  expect(steps.valueAt).toEqual([0, 0, 1, 2, 3]);
  expect(steps.gradientAt.slice(0, 4)).toEqual([5, 5, 4, 4]);
  expect(steps.sentAt).toEqual([Infinity, Infinity, 5, 4, Infinity]);
  expect(steps.uses).toEqual([1, 1, 2, 0, 0]);
});
