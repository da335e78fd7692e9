import { describe, expect, test } from 'vitest';
import { Curves, lastUpTo, smoothed, thinned } from './curves';
import type { Progress } from './api/training';

const message = (firstStep: number, losses: number[], step = firstStep + losses.length) =>
  ({
    firstStep,
    losses: Float32Array.from(losses),
    accuracies: Float32Array.from(losses, () => 0.5),
    report: { step, batchesPerEpoch: 4 },
  }) as Progress;

describe('curves', () => {
  test('batches stand at their share of an epoch', () => {
    const curves = new Curves();
    curves.take(message(0, [4, 3]));
    curves.take(message(2, [2, 1, 0.5]));
    expect(curves.x).toEqual([0.25, 0.5, 0.75, 1, 1.25]);
    expect(curves.loss).toEqual([4, 3, 2, 1, 0.5]);
  });

  test('what was taken back is forgotten', () => {
    const curves = new Curves();
    curves.take(message(0, [4, 3, 2]));
    curves.take(message(2, [], 2));
    expect(curves.loss).toEqual([4, 3]);
    curves.take(message(2, [7]));
    expect(curves.loss).toEqual([4, 3, 7]);
  });
});

describe('smoothing', () => {
  test('keeps a constant, starts at the first value, and with a memory of 1 changes nothing', () => {
    // Sums of rounded numbers: a constant comes back to within a few roundings.
    for (const value of smoothed([3, 3, 3, 3], 25)) expect(value).toBeCloseTo(3, 12);
    expect(smoothed([5, 1], 10)[0]).toBeCloseTo(5, 12);
    expect(smoothed([5, 1, 4], 1)).toEqual([5, 1, 4]);
  });
});

describe('thinning', () => {
  test('keeps few points, the extremes and the end', () => {
    const values = Array.from({ length: 20_000 }, (_, at) => (Math.sin(at * 12.9898) * 43758.5453) % 1);
    values[7777] = 99;
    values[13] = -99;
    const kept = thinned(values, 3000);
    expect(kept.length).toBeLessThan(3100);
    expect(kept).toContain(7777);
    expect(kept).toContain(13);
    expect(kept.at(-1)).toBe(19_999);
    expect([...kept].sort((a, b) => a - b)).toEqual(kept);
  });

  test('leaves short lines alone', () => {
    expect(thinned([3, 1, 2], 100)).toEqual([0, 1, 2]);
    expect(thinned([], 100)).toEqual([]);
  });

  test('a list that grows is averaged as if it had been whole', () => {
    const values = [5, 1, 4];
    smoothed(values, 10);
    values.push(2, 8);
    expect([...smoothed(values, 10)]).toEqual(smoothed([5, 1, 4, 2, 8], 10));
    expect(smoothed(values, 1)).toEqual(values);
  });

  test('batches taken back and replaced leave nothing in the average', () => {
    const curves = new Curves();
    curves.take(message(0, [4, 3, 2, 1]));
    smoothed(curves.loss, 10);
    curves.take(message(1, [9, 9, 1]));
    expect([...smoothed(curves.loss, 10)]).toEqual(smoothed([4, 9, 9, 1], 10));
  });

  test('the last place up to a limit', () => {
    expect([0, 0.25, 0.3, 1, 2].map((limit) => lastUpTo([0.25, 0.5, 1], limit))).toEqual([-1, 0, 0, 2, 2]);
    expect(lastUpTo([], 1)).toBe(-1);
  });
});
