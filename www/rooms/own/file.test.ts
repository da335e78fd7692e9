import { describe, expect, test } from 'vitest';
import { FORMAT, MOST_BYTES, MOST_DRAWINGS, fileOf, parsed, readFile, type Found } from './file';

const picture = (shade: number) => Array.from({ length: 784 }, (_, at) => (at === 400 ? shade : at % 3));
const whole = () => ({
  format: FORMAT as unknown,
  version: 1 as unknown,
  classes: ['ㄱ', 'ㄴ'] as unknown[],
  drawings: [
    { class: 0, pixels: picture(9) },
    { class: 1, pixels: picture(255) },
  ] as unknown[],
});
const problemOf = (changes: Partial<ReturnType<typeof whole>>) =>
  parsed(JSON.stringify({ ...whole(), ...changes }));

describe('a file of drawings', () => {
  test('comes back as it was written', () => {
    const found = parsed(JSON.stringify(whole())) as Found;
    expect(found.classes).toEqual(['ㄱ', 'ㄴ']);
    expect(found.drawings.map(({ label, pixels }) => [label, pixels[400]])).toEqual([
      [0, 9],
      [1, 255],
    ]);
    expect(parsed(fileOf(found))).toEqual(found);
    const none = { classes: ['a', 'b'], drawings: [] };
    expect(parsed(fileOf(none))).toEqual(none);
  });

  test.each([
    ['not-json', 'PK'],
    ['not-json', fileOf({ classes: ['a', 'b'], drawings: [] }).slice(0, -5)],
    ['other-json', '[]'],
    ['other-json', 'null'],
    ['other-json', '{"format":"another"}'],
    ['other-json', `{"format":"${FORMAT}","version":1,"classes":["a","b"]}`],
  ])('is none: %s', (kind, text) => expect(parsed(text)).toEqual({ kind }));

  test('is refused by what is wrong first', () => {
    const one = (changes: object) => problemOf({ drawings: [{ class: 0, pixels: picture(9), ...changes }] });
    const pixels = (place: number, value: unknown) => ({
      pixels: picture(9).map((pixel, at) => (at === place ? value : pixel)),
    });
    expect(problemOf({ version: 2 })).toEqual({ kind: 'version', version: '2' });
    expect(problemOf({ version: undefined })).toEqual({ kind: 'version', version: '?' });
    expect(problemOf({ classes: ['a'] })).toEqual({ kind: 'too-few-classes', count: 1 });
    expect(problemOf({ classes: [...'abcdefghijk'] })).toEqual({ kind: 'too-many-classes', count: 11 });
    expect(problemOf({ classes: ['a', 7] })).toEqual({ kind: 'no-name', at: 2 });
    expect(problemOf({ classes: ['  ', 'b'] })).toEqual({ kind: 'empty-name', at: 1 });
    expect(problemOf({ classes: ['a', 'b'.repeat(41)] })).toEqual({ kind: 'long-name', at: 2 });
    expect(problemOf({ classes: ['a', ' a'] })).toEqual({ kind: 'double-name', name: 'a' });
    const many = Array.from({ length: MOST_DRAWINGS + 1 }, () => 0);
    expect(problemOf({ drawings: many })).toEqual({ kind: 'too-many-drawings', count: MOST_DRAWINGS + 1 });
    expect(problemOf({ drawings: [7] })).toEqual({ kind: 'no-drawing', at: 1 });
    for (const label of [2, -1, 0.5, '0', undefined])
      expect(one({ class: label })).toEqual({ kind: 'wrong-class', at: 1 });
    expect(one({ pixels: 'AAAA' })).toEqual({ kind: 'no-picture', at: 1 });
    expect(one({ pixels: picture(9).slice(1) })).toEqual({ kind: 'wrong-length', at: 1, length: 783 });
    for (const value of [256, -1, 0.5, '7', null])
      expect(one(pixels(783, value))).toEqual({ kind: 'wrong-pixel', at: 1, place: 784 });
    expect(one({ pixels: picture(0).map(() => 0) })).toEqual({ kind: 'blank', at: 1 });
    const twice = [...whole().drawings, { class: 1, pixels: picture(9) }];
    expect(problemOf({ drawings: twice })).toEqual({ kind: 'double-drawing', at: 3, first: 1 });
  });

  test('is not read where it is too large, or cannot be', async () => {
    const file = new File(['x'], 'x.json');
    Object.defineProperty(file, 'text', { value: () => Promise.reject(new Error('gone')) });
    expect(await readFile(file)).toEqual({ kind: 'unreadable' });
    Object.defineProperty(file, 'size', { value: MOST_BYTES + 1 });
    expect(await readFile(file)).toEqual({ kind: 'too-large', bytes: MOST_BYTES + 1 });
    expect(await readFile(new File([], 'x.json'))).toEqual({ kind: 'empty-file' });
  });
});
