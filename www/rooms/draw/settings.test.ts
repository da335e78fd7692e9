import { expect, test } from 'vitest';
import { differing, read, write, type Settings } from './settings';

const usual = { fit: true, centre: true, matchPen: true, antiAlias: true, penWidth: 2.3 };

test('what differs from the usual comes back from the address', () => {
  expect(differing(usual, usual)).toEqual({});
  const stages = differing({ ...usual, fit: false, penWidth: 4 }, usual);
  const settings: Settings = { model: 'softmax', stages };
  const said = Object.entries(write(settings)).filter((pair): pair is [string, string] => pair[1] !== null);
  expect(Object.fromEntries(said)).toEqual({ model: 'softmax', fit: '0', pen: '4' });
  expect(read(new URLSearchParams(said))).toEqual({ settings, bad: [] });
});

test('a bad value is as usual, and named', () => {
  const { settings, bad } = read(new URLSearchParams('model=telepathy&fit=no&centre=1&pen=60'));
  expect(settings).toEqual({ model: 'digits', stages: { centre: true } });
  expect(bad).toEqual(['model=telepathy', 'fit=no', 'pen=60']);
});
