import { describe, expect, test } from 'vitest';
import { AddressReader, unlessUsual } from './address-values';

const reader = (query: string) => new AddressReader(new URLSearchParams(query));
const range = { fewest: 2, most: 3, min: -10, max: 10 };

describe('AddressReader', () => {
  test('reads what fits', () => {
    const address = reader('w=-2.5&z=1,2,-3e0&unit=sigmoid&show=tanh,step');
    expect(address.number('w', 1, -10, 10)).toBe(-2.5);
    expect(address.numbers('z', [0, 0], range)).toEqual([1, 2, -3]);
    expect(address.choice('unit', 'step', ['step', 'sigmoid'])).toBe('sigmoid');
    expect(address.choices('show', [], ['step', 'tanh'])).toEqual(['step', 'tanh']);
    expect(address.number('missing', 7, 0, 10)).toBe(7);
    expect(reader('seed=42').whole('seed', 1, 0, 99)).toBe(42);
    expect(address.bad).toEqual([]);
  });

  test.each([
    ['w=.01', 0.01],
    ['w=1E-3', 0.001],
    ['w=0,01', 0.01],
    ['w=−1.5', -1.5],
    ['w=１．５', 1.5],
    ['w=1e−3', 0.001],
  ])('reads %s as a field would', (query, value) => {
    const address = reader(query);
    expect(address.number('w', 1, -10, 10)).toBe(value);
    expect(address.bad).toEqual([]);
  });

  test('reads thousands where no fraction can be meant, and asks elsewhere', () => {
    const address = reader('images=12,000&rate=1,234&seed=1.234&z=−1,2,3');
    expect(address.whole('images', 1, 0, 60_000)).toBe(12_000);
    expect(address.number('rate', 0.1, 0, 9_999)).toBe(0.1);
    expect(address.whole('seed', 42, 0, 9_999)).toBe(42);
    expect(address.numbers('z', [0, 0], range)).toEqual([-1, 2, 3]);
    expect(address.bad).toEqual(['rate=1,234 (1.234? 1234?)', 'seed=1.234 (1234?)']);
  });

  test.each(['w=', 'w=abc', 'w=11', 'w=NaN', 'w=Infinity', 'w=0x1', 'w=1e400'])(
    'refuses %s by name',
    (query) => {
      const address = reader(query);
      expect(address.number('w', 1, -10, 10)).toBe(1);
      expect(address.bad).toEqual([query]);
    },
  );

  test('refuses lists with a bad member or of a wrong length, and unknown words', () => {
    const address = reader('z=1&y=1,2,3,4&x=1,b&v=1,000&show=step,what&unit=cube');
    for (const key of ['z', 'y', 'x', 'v']) expect(address.numbers(key, [0, 0], range)).toEqual([0, 0]);
    expect(address.choices('show', ['step'], ['step'])).toEqual(['step']);
    expect(address.choice('unit', 'step', ['step'])).toBe('step');
    expect(address.bad).toHaveLength(6);
    const fraction = reader('seed=1.5');
    expect(fraction.whole('seed', 1, 0, 99)).toBe(1);
    expect(fraction.bad).toEqual(['seed=1.5']);
  });
});

test('a usual value is not written', () => {
  expect(unlessUsual('1', '1')).toBeNull();
  expect(unlessUsual('2', '1')).toBe('2');
});
