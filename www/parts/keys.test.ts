import { expect, it } from 'vitest';
import { letterOf } from './keys';

const letter = (key: string, code: string) => letterOf({ key, code });

it('is the letter on the key, wherever that lies', () => {
  expect(letter('z', 'KeyZ')).toBe('z');
  expect(letter('Z', 'KeyZ')).toBe('z');
  // QWERTZ, AZERTY, Dvorak.
  expect(letter('z', 'KeyY')).toBe('z');
  expect(letter('y', 'KeyZ')).toBe('y');
  expect(letter('w', 'KeyZ')).toBe('w');
  expect(letter(';', 'KeyZ')).toBe(';');
});

it('is the letter in its place on a keyboard of another script', () => {
  for (const key of ['ㅋ', 'я', 'ζ', 'ز', 'ט', 'つ', 'Process', 'Unidentified'])
    expect(letter(key, 'KeyZ'), key).toBe('z');
  expect(letter('ㅛ', 'KeyY')).toBe('y');
});

it('calls other keys by their names', () => {
  expect(letter('Enter', 'Enter')).toBe('enter');
  expect(letter(' ', 'Space')).toBe(' ');
  expect(letter('½', 'Digit1')).toBe('½');
});
