import { expect, test } from 'vitest';
import { LEAST_SHARE, linesOf, rows } from './lines';

const from = { x: 0, y: rows(0, 100, 2) };
const to = { x: 10, y: rows(0, 100, 4) };

test('a line is as thick as its number is large, the strongest on top', () => {
  const lines = linesOf(
    [
      [1, -2, 0, 0.19],
      [0, 0, 0.2, 0],
    ],
    from,
    to,
  );
  // 0.19 is less than a tenth of the strongest.
  expect(LEAST_SHARE).toBe(0.1);
  expect(lines.map(({ share }) => share)).toEqual([0.1, 0.5, 1]);
  expect(lines.map(({ isNegative }) => isNegative)).toEqual([false, false, true]);
  expect(lines.map(({ width }) => width.toFixed(2))).toEqual(['0.94', '2.30', '4.00']);
  expect(lines[2]?.path).toBe('M0 25C5 25 5 37.5 10 37.5');
  expect(lines[0]?.path).toBe('M0 75C5 75 5 62.5 10 62.5');
});

test('what carries nothing, or nothing that is a number, has no lines', () => {
  expect(linesOf([[0, -0]], from, to)).toEqual([]);
  expect(linesOf([[NaN, Infinity]], from, to)).toEqual([]);
  expect(linesOf([[NaN, 1]], from, to)).toHaveLength(1);
  expect(linesOf([], from, to)).toEqual([]);
});
