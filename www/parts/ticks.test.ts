import { expect, test } from 'vitest';
import { digitsOf, logRange, logTicks, ticks } from './ticks';

test('ticks are round, within the range, and ends are kept', () => {
  expect(ticks(0, 1, 5).map((tick) => tick.toFixed(1))).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
  expect(ticks(-3, 3, 6)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  expect(ticks(0.13, 0.87, 4).map((tick) => tick.toFixed(1))).toEqual(['0.2', '0.4', '0.6', '0.8']);
  expect(ticks(1, 1, 5)).toEqual([]);
});

test('digits are as many as the step needs', () => {
  expect(digitsOf(ticks(0, 1, 5))).toBe(1);
  expect(digitsOf(ticks(0, 0.05, 5))).toBe(2);
  expect(digitsOf(ticks(0, 100, 5))).toBe(0);
});

test.each([
  [0.1, 10, [0.1, 0.2, 0.5, 1, 2, 5, 10]],
  [0.3344, 2.9, [0.5, 1, 2]],
  [1e-6, 3, [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]],
  [1e-25, 1e-23, [1e-25, 2e-25, 5e-25, 1e-24, 2e-24, 5e-24, 1e-23]],
  [0.31, 0.39, [0.32, 0.34, 0.36, 0.38]],
] as const)('a logarithmic axis from %d to %d', (low, high, wanted) => {
  expect(logTicks(low, high).map((tick) => Number(tick.toPrecision(12)))).toEqual(wanted);
});

test('a logarithmic axis never has more ticks than can be read', () => {
  for (const [low, high] of [
    [1e-300, 1e300],
    [5e-324, 1],
    [1e-12, 1e12],
  ] as const) {
    const all = logTicks(low, high);
    expect(all.length).toBeGreaterThan(1);
    expect(all.length).toBeLessThan(12);
  }
});

test.each([
  [0, 1],
  [-1, 1],
  [0, 0],
  [-2, -1],
  [1, 1],
  [5e-324, 4e-324],
  [NaN, NaN],
  [0, Infinity],
] as const)('a wish for %d to %d becomes what a logarithm can show', (low, high) => {
  expect(logTicks(0, 1)).toEqual([]);
  const [from, to] = logRange([low, high]);
  expect(from).toBeGreaterThan(0);
  expect(to).toBeGreaterThan(from);
  expect(Number.isFinite(to)).toBe(true);
  expect(logTicks(from, to).length).toBeGreaterThan(0);
});
