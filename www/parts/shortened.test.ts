import { expect, test } from 'vitest';
import { listed, shortened } from './shortened';

test('a long text is cut, a short one stays', () => {
  expect(shortened('z=1,2')).toBe('z=1,2');
  expect(shortened('x'.repeat(40))).toBe('x'.repeat(40));
  expect(shortened('x'.repeat(100_000))).toBe(`${'x'.repeat(39)}…`);
  // Between characters, never within one.
  expect(shortened('👕'.repeat(50), 3)).toBe('👕👕…');
});

test('of many texts the first are named', () => {
  expect(listed(['a=1', 'b=2'])).toBe('a=1, b=2');
  expect(listed(Array.from({ length: 9 }, (_, at) => `k${at}`))).toBe('k0, k1, k2, k3, k4, k5, …');
});
