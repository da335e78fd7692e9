import { describe, expect, test } from 'vitest';
import { exact, fixed, inBrackets, significant, withPlus } from './write-number';

describe('with a fixed number of decimals', () => {
  test.each([
    [0, 0, '0'],
    [12345.678, 1, '12,345.7'],
    [-12345.678, 1, '−12,345.7'],
    [4294967295, 0, '4,294,967,295'],
    [9007199254740991, 0, '9,007,199,254,740,991'],
    // Zero has no sign, nor has what rounds to it.
    [-0, 4, '0.0000'],
    [-0.003, 2, '0.00'],
    [-0.4, 0, '0'],
    [-0.005, 2, '−0.01'],
    // To three decimals and more, what is not zero is not written as zero.
    [-2.06e-9, 4, '−2.06×10⁻⁹'],
    [0.00004, 4, '4×10⁻⁵'],
    [0.00005, 4, '0.0001'],
    [0.0004, 3, '4×10⁻⁴'],
    [0.0004, 2, '0.00'],
    // From ten million on, decimals say nothing.
    [9999999, 4, '9,999,999.0000'],
    [10000000, 4, '1×10⁷'],
    [1.0152557455123426e22, 4, '1.02×10²²'],
    [-1e308, 5, '−1×10³⁰⁸'],
    [1e300, 0, '1×10³⁰⁰'],
    [Infinity, 2, '∞'],
    [-Infinity, 0, '−∞'],
    [NaN, 3, 'NaN'],
  ])('%d to %i: %s', (value, decimals, text) => {
    expect(fixed(value, decimals, 'en')).toBe(text);
    expect(fixed(value, decimals, 'ko')).toBe(text);
  });
});

describe('with a number of significant digits', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [0.012345, '0.0123'],
    [-12.345, '−12.3'],
    [9.9996, '10'],
    [0.5, '0.5'],
    // No digit before the point is made up.
    [65504, '65,504'],
    [123456, '123,456'],
    [9999999, '9,999,999'],
    [9999999.6, '1×10⁷'],
    [3.4028e38, '3.4×10³⁸'],
    [0.0001, '0.0001'],
    [4.54e-5, '4.54×10⁻⁵'],
    [-5e-324, '−4.94×10⁻³²⁴'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [NaN, 'NaN'],
  ])('%d is written %s', (value, text) => expect(significant(value, 3, 'en')).toBe(text));

  test('zeros at the end stay where columns are compared', () => {
    expect([0.5, 12, 0, 1e-9].map((value) => significant(value, 3, 'en', { padded: true }))).toEqual([
      '0.500',
      '12.0',
      '0',
      '1.00×10⁻⁹',
    ]);
  });

  test('thousands stand together where a comma means something else', () => {
    expect(significant(16500.4, 4, 'en', { grouped: false })).toBe('16500');
  });
});

test.each([
  [4294967295, '4,294,967,295'],
  [60000, '60,000'],
  [-1.5, '−1.5'],
  [0.0001, '0.0001'],
  [0.1 + 0.2, '0.3'],
  [1e-12, '1×10⁻¹²'],
  [0, '0'],
])('what somebody chose has every digit: %d is %s', (value, text) => expect(exact(value, 'en')).toBe(text));

test('a plus for what is above zero, brackets for what is below', () => {
  expect(['0', '0.00', '0.10', '∞', '−1', 'NaN', '2×10⁻⁹'].map(withPlus)).toEqual([
    ...['0', '0.00', '+0.10', '+∞', '−1', 'NaN', '+2×10⁻⁹'],
  ]);
  expect(['1', '−1', '−∞'].map(inBrackets)).toEqual(['1', '(−1)', '(−∞)']);
});
