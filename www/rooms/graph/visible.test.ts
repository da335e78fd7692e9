import { expect, it } from 'vitest';
import { visible } from './visible';

it.each([
  ['$', '$'],
  ['x + 사과', 'x + 사과'],
  ['\u0007', 'U+0007'],
  ['\u200b', 'U+200B'],
  ['\u2800', 'U+2800'],
  ['\u{e000}', 'U+E000'],
  ['\u{10ffff}', 'U+10FFFF'],
  ['\u0301', '◌\u0301 (U+0301)'],
  ['é'.normalize('NFD'), 'é'.normalize('NFD')],
  ['a\nb', 'a\nb'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
