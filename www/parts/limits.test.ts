import { expect, it } from 'vitest';
import { fits } from './limits';

it.each([
  [{ min: 1, max: 3 }, [1, 2.5, 3], [0.9, 3.1, 0]],
  [{ above: 0, max: 3 }, [1e-300, 3], [0, 3.1, -1]],
  [{ min: 0, below: 1 }, [0, 0.999999999], [1, -1e-9]],
  [{ min: 10, max: 60, whole: true, orZero: true }, [0, 10, 60], [1, 9, 10.5, 61]],
])('%j', (limits, good, bad) => {
  expect(good.filter((value) => !fits(value, limits))).toEqual([]);
  expect(bad.filter((value) => fits(value, limits))).toEqual([]);
});
