import { expect, test } from 'vitest';
import { breakable } from './breakable';

test('long words may break, others stay as they are', () => {
  expect(breakable('T-shirt/top')).toBe('T-shirt/top');
  expect(breakable('a sentence of several words')).toBe('a sentence of several words');
  expect(breakable('w'.repeat(25))).toBe(`${'w'.repeat(12)}\u200b${'w'.repeat(12)}\u200bw`);
  // Between characters, never within one.
  expect(breakable('👕'.repeat(13))).toBe(`${'👕'.repeat(12)}\u200b👕`);
});
