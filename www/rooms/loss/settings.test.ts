import { expect, test } from 'vitest';
import { read, standard, write, type Settings } from './settings';

test('settings come back from the address as they went in', () => {
  const settings: Settings = { ...standard, q: 0.05, y: 0, batch: 6, network: 'fresh', w: -1.25 };
  const changes = Object.entries(write(settings)).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  );
  expect(changes.map(([key]) => key).sort()).toEqual(['batch', 'network', 'q', 'w', 'y']);
  expect(read(new URLSearchParams(changes))).toEqual({ settings, bad: [] });
});

test('nothing asked for is the standard', () => {
  expect(read(new URLSearchParams())).toEqual({ settings: standard, bad: [] });
});

test('a bad value falls back and is named', () => {
  const asked = 'q=2&classes=4&y=maybe&label=1.5&rate=&momentum=1&seed=-1&draw=7';
  const { settings, bad } = read(new URLSearchParams(asked));
  expect(settings).toEqual({ ...standard, draw: 7 });
  expect(bad).toEqual(['q=2', 'classes=4', 'y=maybe', 'label=1.5', 'rate=', 'momentum=1', 'seed=-1']);
});
