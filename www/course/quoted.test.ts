// Numbers that stand in the texts of lessons as digits: each is computed here, or named as one that is given.
import { expect, it, vi } from 'vitest';
import { lessonsInEnglish } from '../words/en/lessons';
import { lessonsInKorean } from '../words/ko/lessons';
import { textOf, type LessonText } from './lesson';

/** Marks where a text takes a number from the room. */
const FROM_THE_ROOM = '…';
vi.mock('../words/say.svelte', () => {
  const fromTheRoom = () => '…';
  return { number: fromTheRoom, significant: fromTheRoom, percent: fromTheRoom };
});

const LARGEST_F16 = (2 - 2 ** -10) * 2 ** 15;
const LARGEST_F32 = (2 - 2 ** -23) * 2 ** 127;

/** By the digits in the text: what they are the rounding of. */
const computed: Record<string, number> = {
  // softmax
  '2.7183': Math.exp(1),
  '7.3891': Math.exp(2),
  '2.72': Math.exp(1),
  '4.5': Math.exp(89) / 1e38,
  '3.4': LARGEST_F32 / 1e38,
  '11.09': Math.log(LARGEST_F16),
  '88.72': Math.log(LARGEST_F32),
  '709.78': Math.log(Number.MAX_VALUE),
  // data and train
  '784': 28 * 28,
  '48,000': 60_000 * 0.8,
  '12,000': 60_000 * 0.2,
  '1,500': 48_000 / 32,
  '7,850': 784 * 10 + 10,
  // loss
  '0.69': Math.log(2),
  '0.6931': Math.log(2),
  // graph
  '715': (2 * 100 + 3 * 150) * 1.1,
  '2.2': 2 * 1.1,
  '0.25': 0.5 * (1 - 0.5),
  '0.016': 0.25 ** 3,
};

/** Sizes of the data, settings of the step's address, thresholds of what is to be done, the note's own numbers, a year. */
const given =
  `60,000 10,000 1,000 300 28 24 14 20 50 128 217 255 16 32 64 70 80 89 90 99 10 2.4 5.2 0.1 0.2 0.01 0.02 0.84 0.87 1.1 100 101 150
  0.8314 0.6053 0.4201 0.4433 1969`.split(/\s+/);

const languages: [string, Record<string, LessonText>][] = [
  ['English', lessonsInEnglish.lessons],
  ['Korean', lessonsInKorean.lessons],
];

/** Numbers of two digits or more, and the lessons that quote them. */
function quotedIn(lessons: Record<string, LessonText>): string[] {
  const all = new Set<string>();
  for (const { steps } of Object.values(lessons))
    for (const { text, done, paid, right, options, slips } of Object.values(steps)) {
      const said = [text, done, paid, right, ...Object.values(options ?? {}), ...Object.values(slips ?? {})]
        .filter((each) => each !== undefined)
        .map((each) => textOf(each, {}));
      for (const [digits] of said.join('\n').matchAll(/\d[\d,]*(?:\.\d+)?/g)) {
        const number = digits.replace(/,$/, '');
        if (/[.,]|\d{2}/.test(number)) all.add(number);
      }
    }
  return [...all].sort();
}

it.each(languages)('in %s every number that is quoted is known, and none is known in vain', (_, lessons) => {
  expect(quotedIn(lessons)).toEqual([...Object.keys(computed), ...given].sort());
});

it.each(Object.entries(computed))('%s is what it is said to be', (digits, value) => {
  const decimals = /\.(\d+)/.exec(digits)?.[1]?.length ?? 0;
  expect(Math.abs(Number(digits.replaceAll(',', '')) - value)).toBeLessThanOrEqual(
    0.5 * 10 ** -decimals * (1 + 1e-9),
  );
});

it('a text that takes its number from the room has it from there', () => {
  expect(textOf(lessonsInEnglish.lessons.softmax.steps.edge.done, {})).toContain(FROM_THE_ROOM);
});
