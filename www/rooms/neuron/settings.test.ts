import { expect, test } from 'vitest';
import { read, usual, write, type Settings } from './settings';

const through = (settings: Settings) => {
  const said = Object.entries(write(settings)).filter((pair): pair is [string, string] => pair[1] !== null);
  return { said: said.map(([key]) => key), back: read(new URLSearchParams(said)) };
};

test('what differs from the usual comes back from the address', () => {
  expect(through(usual)).toEqual({ said: [], back: { settings: usual, bad: [] } });
  const settings: Settings = {
    weight: -3,
    bias: 0.25,
    input: 1e-7,
    shown: [],
    slopes: false,
    gate: 'xor',
    unit: 'sigmoid',
    numLayers: 2,
    one: [1, -0.5, 20],
    two: usual.two.with(3, 0),
    between: 'relu',
    layers: usual.layers.with(13, -20),
  };
  expect(through(settings)).toMatchObject({ back: { settings, bad: [] } });
});

test('a bad value is as usual, and named', () => {
  const { settings, bad } = read(new URLSearchParams('w=21&x=two&show=sine&one=1,2&b=−0,5'));
  expect(settings).toEqual({ ...usual, bias: -0.5 });
  expect(bad).toEqual(['w=21', 'x=two', 'show=sine', 'one=1,2']);
});
