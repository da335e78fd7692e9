import { expect, it } from 'vitest';
import { read, write } from './address';
import { examples } from './examples';
import { factor, short } from './numbers';

it('reads back what it writes', () => {
  const own = new Map([
    ['온도', -2.5],
    ['x', 1e-9],
  ]);
  for (const settings of [
    { example: null, text: 'z = 온도 × x + 1\n−x', values: own, precision: 'f32' as const, unit: null },
    {
      example: 'square' as const,
      text: 'z = (x + y)²',
      values: new Map([['x', 4]]),
      precision: 'f64' as const,
      unit: null,
    },
    {
      example: 'unit' as const,
      text: '',
      values: new Map([['w_r14c9', 0.5]]),
      precision: 'f32' as const,
      unit: { image: 7, unit: 3, terms: 12 },
    },
  ]) {
    const entries = Object.entries(write(settings)).filter(([, value]) => value !== null) as [
      string,
      string,
    ][];
    const back = read(new URLSearchParams(new URLSearchParams(entries).toString()));
    expect(back).toEqual({ settings, bad: [] });
  }
});

it('starts with the apples, and names each bad part', () => {
  expect(read(new URLSearchParams()).settings.example).toBe('apples');
  const { settings, bad } = read(
    new URLSearchParams('example=pears&values=x:1,y:tall,:3,z,w:−.5&precision=f16'),
  );
  expect(settings).toMatchObject({ example: 'apples', precision: 'f64' });
  expect([...settings.values]).toEqual([
    ['x', 1],
    ['w', -0.5],
  ]);
  expect(bad).toEqual(['example=pears', 'values=y:tall', 'values=:3', 'values=z', 'precision=f16']);
});

it('has examples whose first values lie in their ranges', () => {
  for (const { leaves } of examples) {
    for (const { value, min, max } of Object.values(leaves)) {
      expect(value).toBeGreaterThanOrEqual(min);
      expect(value).toBeLessThanOrEqual(max);
    }
  }
});

it('writes numbers short and honest', () => {
  const written = [
    715.0000000000001,
    65432.1,
    -2.2,
    0,
    1 / 3,
    0.00001234,
    12345678,
    Infinity,
    -Infinity,
    NaN,
  ].map((v) => short(v));
  expect(written).toEqual([
    '715',
    '65432',
    '−2.2',
    '0',
    '0.3333',
    '1.234×10⁻⁵',
    '1.235×10⁷',
    '∞',
    '−∞',
    'NaN',
  ]);
  expect(factor(-1)).toBe('(−1)');
});

it('takes only whole numbers in range for an image and its unit', () => {
  const { settings, bad } = read(new URLSearchParams('example=unit&image=10000&unit=-1&terms=2.5'));
  expect(settings.unit).toEqual({ image: 0, unit: null, terms: 8 });
  expect(bad).toEqual(['image=10000', 'unit=-1', 'terms=2.5']);
});
