import { expect, test } from 'vitest';
import { Allowance } from './allowance';

test('some at once, then one after each while, never more than at first', () => {
  let clock = 0;
  const allowance = new Allowance(3, 500, () => clock);
  const take = () => allowance.take();
  expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
  clock = 499;
  expect(take()).toBe(false);
  clock = 500;
  expect([take(), take()]).toEqual([true, false]);
  clock = 100_000;
  expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
});

test('a drag of thirty seconds stays below what Safari allows, a hundred', () => {
  let clock = 0;
  const allowance = new Allowance(10, 500, () => clock);
  let taken = 0;
  for (; clock <= 30_000; clock += 1000 / 60) if (allowance.take()) taken++;
  expect(taken).toBeGreaterThanOrEqual(69);
  expect(taken).toBeLessThanOrEqual(70);
});
