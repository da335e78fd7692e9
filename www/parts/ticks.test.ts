import { expect, test } from 'vitest';
import { digitsOf, ticks } from './ticks';

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
