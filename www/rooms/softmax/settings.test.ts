import { expect, test } from 'vitest';
import { reachFor, read, usual, write, type Settings } from './settings';

const through = (settings: Settings) => {
  const said = Object.entries(write(settings)).filter((pair): pair is [string, string] => pair[1] !== null);
  return { said: said.map(([key]) => key), back: read(new URLSearchParams(said)) };
};

test('what differs from the usual comes back from the address', () => {
  expect(through(usual)).toEqual({ said: [], back: { settings: usual, bad: [] } });
  const settings: Settings = {
    logits: [89, -1000, 1e-9],
    shift: -500,
    temperature: 0.2,
    isGuarded: true,
    reach: '10',
    learningRate: 3,
  };
  expect(through(settings).back).toEqual({ settings, bad: [] });
});

test('sliders reach the farthest logit, unless the address says how far', () => {
  expect(read(new URLSearchParams('z=500,1')).settings.reach).toBe('1000');
  expect(read(new URLSearchParams('z=500,1&reach=10')).settings.reach).toBe('10');
  expect(through({ ...usual, logits: [500, 1], reach: '1000' }).said).toEqual(['z']);
  expect(['10', '100', '1000'].map((reach) => reachFor([-60], reach as '10'))).toEqual([
    '100',
    '100',
    '1000',
  ]);
});
