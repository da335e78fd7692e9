import { describe, expect, test } from 'vitest';
import { fieldText, readNumber } from './read-number';
import { fixed, significant } from './write-number';

const number = (value: number) => ({ kind: 'number', value });
const unclear = (...values: number[]) => ({ kind: 'unclear', values });
const none = { kind: 'none' };

describe('a number that may have a fraction', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['  42 ', 42],
    ['+3', 3],
    ['007', 7],
    ['.01', 0.01],
    [',01', 0.01],
    ['5.', 5],
    ['0,01', 0.01],
    ['0,125', 0.125],
    ['-0,5', -0.5],
    ['1,5', 1.5],
    ['12,25', 12.25],
    ['1234,567', 1234.567],
    ['1.234', 1.234],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234,567', 1234567],
    ['1.234.567', 1234567],
    ['1,234,567.25', 1234567.25],
    ['12 000', 12000],
    ['12\u00a0000,5', 12000.5],
    ['12\u202f000', 12000],
    ['12’000.5', 12000.5],
    // The page's own minus, and those of other programs.
    ['−0.5', -0.5],
    ['–2', -2],
    ['‐2', -2],
    ['－2', -2],
    ['− 2', -2],
    ['1e-3', 0.001],
    ['1E-3', 0.001],
    ['1e−3', 0.001],
    ['-1.5e+2', -150],
    ['2.4×10⁻⁵', 2.4e-5],
    ['−2.4·10⁻⁵', -2.4e-5],
    ['2.4 × 10^-5', 2.4e-5],
    ['2*10^3', 2000],
    ['10⁵', 1e5],
    ['-10^2', -100],
    ['10', 10],
    // Full-width, as Korean and Japanese keyboards write them.
    ['３２', 32],
    ['－１．５', -1.5],
    ['１ｅ－３', 0.001],
    ['1e308', 1e308],
    ['5e-324', 5e-324],
  ])('%j is %d', (text, value) => {
    const reading = readNumber(text);
    expect(reading).toEqual(number(value));
    // Zero has no sign.
    expect(Object.is(reading.kind === 'number' && reading.value, -0)).toBe(false);
  });

  test.each([
    ['1,234', 1.234, 1234],
    ['12,000', 12, 12000],
    ['-1,000', -1, -1000],
    ['１，０００', 1, 1000],
    ['1,234e3', 1234, 1234000],
  ])('%j may be %d or %d', (text, fraction, thousands) => {
    expect(readNumber(text)).toEqual(unclear(fraction, thousands));
  });

  test.each([
    ...['', ' ', 'abc', '.', ',', '-', 'e5', '1e', '1e5.5', '0x10', '0b1', '1_000', 'NaN', 'Infinity', '∞'],
    ...[
      '1.2.3',
      '1,2,3',
      '1,23,456',
      '1,234,56',
      '1.234.5',
      '1 2',
      '12 00',
      '1 0000',
      '1,234 567',
      '1.5 000',
    ],
    ...['--1', '1-2', '+-1', '50%', '1e400', '1e-400', '½', 'x²', '3²', '1,,000', '1 e 3', '$5', '1·5'],
  ])('%j is no number', (text) => expect(readNumber(text)).toEqual(none));
});

describe('a whole number', () => {
  test.each([
    ['1,000', 1000],
    ['12,000', 12000],
    ['123,456', 123456],
    ['4,294,967,295', 4294967295],
    ['1 000', 1000],
    ['１，０００', 1000],
    ['1e3', 1000],
    // Refused by the field, which says that it takes whole numbers.
    ['1,5', 1.5],
    ['1.5', 1.5],
  ])('%j is %d', (text, value) => expect(readNumber(text, { whole: true })).toEqual(number(value)));

  test('a point before three digits is asked about', () => {
    expect(readNumber('1.000', { whole: true })).toEqual(unclear(1, 1000));
    expect(readNumber('1.234', { whole: true })).toEqual(unclear(1234));
  });
});

test('what the page writes, it reads', () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < 3000; i++) {
    const value = (random() < 0.5 ? -1 : 1) * random() * 10 ** Math.floor(random() * 60 - 30);
    const back = (text: string) => {
      const reading = readNumber(text);
      if (reading.kind === 'unclear') return reading.values;
      return reading.kind === 'number' ? [reading.value] : [];
    };
    expect(back(fieldText(value))).toContain(value);
    const short = significant(value, 5, 'en');
    expect(
      back(short).some((read) => Math.abs(read / value - 1) < 1e-4),
      `${value}: ${short}`,
    ).toBe(true);
    const decimals = fixed(value, 4, 'ko');
    expect(
      back(decimals).some((read) => Math.abs(read - value) <= Math.max(6e-5, 6e-3 * Math.abs(value))),
      `${value}: ${decimals}`,
    ).toBe(true);
  }
});
