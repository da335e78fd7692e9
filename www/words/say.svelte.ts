// The words of the language chosen now: `say.train.play`. Reading one inside a
// component follows the language.
import { preferences, type Language } from '../parts/preferences.svelte';
import {
  exact as withEveryDigit,
  fixed,
  inBrackets,
  significant as bySignificance,
  type Significant,
} from '../parts/write-number';
import { en, type Words } from './en';
import { ko } from './ko';

const dictionaries: Record<Language, Words> = { en, ko };

export const say = new Proxy({} as Words, {
  get: (_, part: keyof Words) => dictionaries[preferences.language][part],
});

/** Numbers as the chosen language writes them: `number(-12345.678, 1)` is −12,345.7. */
export function number(value: number, decimals = 0): string {
  return fixed(value, decimals, preferences.language);
}

/** Numbers of any size, by the digits that matter: 0.0123, 65,504, 3.4×10³⁸. */
export function significant(value: number, digits = 3, style?: Significant): string {
  return bySignificance(value, digits, preferences.language, style);
}

/** A number that somebody chose, with every digit that it has. */
export function exact(value: number): string {
  return withEveryDigit(value, preferences.language);
}

export function percent(value: number, decimals = 0): string {
  const text = number(value * 100, decimals);
  return Number.isFinite(value) ? `${text}%` : text;
}

/** A number as a factor or summand inside a formula: a negative one stands in brackets. */
export function term(value: number, decimals = 0): string {
  return inBrackets(number(value, decimals));
}
