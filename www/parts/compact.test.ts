import { expect, test } from 'vitest';
import { compact } from './compact';

test.each([
  [0, '0'],
  [1, '1'],
  [0.012345, '0.0123'],
  [-12.345, '−12.3'],
  [65504, '65500'],
  [123456, '1.23×10⁵'],
  [3.4028e38, '3.40×10³⁸'],
  [4.54e-5, '4.54×10⁻⁵'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
  [NaN, 'NaN'],
])('%d is written %s', (value, text) => expect(compact(value)).toBe(text));
