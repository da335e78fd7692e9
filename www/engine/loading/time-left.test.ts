import { expect, it } from 'vitest';
import { TimeLeft } from './time-left';

it('is unknown at first, then the rest divided by the rate', () => {
  const left = new TimeLeft();
  expect(left.until(100)).toBeNull();
  left.note(0, 0);
  left.note(100, 5);
  expect(left.until(100)).toBeNull();
  left.note(1000, 50);
  expect(left.until(100)).toBeCloseTo(1000);
});

it('follows the rate of the last seconds, not of the whole load', () => {
  const left = new TimeLeft();
  for (let second = 0; second <= 10; second += 1) left.note(second * 1000, second * 10);
  for (let second = 11; second <= 20; second += 1) left.note(second * 1000, 100 + (second - 10) * 100);
  expect(left.until(2100)).toBeCloseTo(10_000);
});

it('is unknown while nothing moves', () => {
  const left = new TimeLeft();
  left.note(0, 10);
  left.note(9000, 10);
  expect(left.until(100)).toBeNull();
});
