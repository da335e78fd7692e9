import { expect, test } from 'vitest';
import { read, usual, write, type Settings } from './settings';

const through = (settings: Settings) => {
  const said = Object.entries(write(settings)).filter((pair): pair is [string, string] => pair[1] !== null);
  return { said: said.map(([key]) => key), back: read(new URLSearchParams(said)) };
};

test('what differs from the usual comes back from the address', () => {
  expect(through(usual)).toEqual({ said: [], back: { settings: usual, bad: [] } });
  const settings: Settings = {
    set: 'mnist',
    part: 'test',
    show: 'class-3',
    seed: 4_294_967_295,
    page: 33,
    image: 9_999,
    row: 0,
    column: 27,
    scaling: 'none',
  };
  expect(through(settings).back).toEqual({ settings, bad: [] });
});

test('a bad value is as usual, and named', () => {
  const query = 'set=cifar&part=both&show=class-12&seed=-1&page=1.5&image=12,000&row=28&scaling=cubic';
  const { settings, bad } = read(new URLSearchParams(query));
  expect(settings).toEqual({ ...usual, image: 12_000 });
  expect(bad).toEqual([
    ...['set=cifar', 'part=both', 'show=class-12', 'seed=-1', 'page=1.5', 'row=28', 'scaling=cubic'],
  ]);
});
