// The words of the language chosen now: `say.train.play`. Reading one inside a
// component follows the language.
import { preferences, type Language } from '../parts/preferences.svelte';
import { en, type Words } from './en';
import { ko } from './ko';

const dictionaries: Record<Language, Words> = { en, ko };

export const say = new Proxy({} as Words, {
  get: (_, part: keyof Words) => dictionaries[preferences.language][part],
});

// Making a format costs fifty times as much as using it, and a page that trains writes hundreds of numbers a second.
const formats = new Map<string, Intl.NumberFormat>();

/** Numbers as the chosen language writes them, with a real minus: `number(-12345.678, 1)` is −12,345.7. */
export function number(value: number, digits = 0): string {
  const { language } = preferences;
  const key = `${language} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  return format.format(value).replace('-', '−');
}

export function percent(value: number, digits = 0): string {
  return `${number(value * 100, digits)}%`;
}

/** A number as a factor or summand inside a formula: a negative one stands in brackets. */
export function term(value: number, digits = 0): string {
  const text = number(value, digits);
  return text.startsWith('−') ? `(${text})` : text;
}
