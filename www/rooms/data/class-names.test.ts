import { expect, it } from 'vitest';
import { classNamesOf, MOST_LETTERS, tooLong } from './class-names';

it('separates names as lists are written in English, Korean and Japanese', () => {
  for (const text of [
    '원, 네모',
    '원，네모',
    '원、네모',
    '원; 네모',
    '원；네모',
    '원\n네모',
    '원\r\n네모',
    ' 원 ,, 네모,\n',
  ])
    expect(classNamesOf(text), text).toEqual(['원', '네모']);
  expect(classNamesOf('T-shirt/top, Ankle boot')).toEqual(['T-shirt/top', 'Ankle boot']);
  expect(classNamesOf(' \n')).toEqual([]);
});

it('tells a name that is too long, and shows its beginning', () => {
  expect(tooLong(['a', '가'.repeat(MOST_LETTERS)])).toBeNull();
  expect(tooLong(['a', '가'.repeat(3000)])).toBe(`${'가'.repeat(MOST_LETTERS)}…`);
  expect(tooLong(['👟'.repeat(MOST_LETTERS)])).toBeNull();
});
