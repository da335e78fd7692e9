// Values of an address: read, checked, and remembered when they are bad.
import { fits, type Limits } from './limits';
import { fieldText, readNumber } from './read-number';

/** A room's settings as the address has them. */
export interface AddressForm<Settings> {
  /** Settings of an address; what cannot be had is as usual, and listed as `key=value`. */
  read(values: URLSearchParams): { settings: Settings; bad: string[] };
  /** What the address must say; null where the usual says it already. */
  write(settings: Settings): Record<string, string | null>;
  /** Keys of what other rooms change, too: a link back to this room does not ask for them. */
  shared?: readonly string[];
}

export class AddressReader {
  /** `key=value` of what could not be used. */
  readonly bad: string[] = [];
  private readonly values: URLSearchParams;

  constructor(values: URLSearchParams) {
    this.values = values;
  }

  /** A number within a range, or the usual one. */
  number(key: string, usual: number, min: number, max: number): number {
    return this.limited(key, usual, { min, max });
  }

  /** A number without a fraction within a range, or the usual one. */
  whole<Usual extends number | null>(key: string, usual: Usual, min: number, max: number): number | Usual {
    return this.limited(key, usual, { min, max, whole: true });
  }

  /** A number as a field with these limits would take it, or the usual one. */
  limited<Usual extends number | null>(key: string, usual: Usual, limits: Limits): number | Usual {
    return this.read<number | Usual>(key, usual, (text) => this.within(text, limits));
  }

  /** `fewest` to `most` numbers with commas between them. */
  numbers(key: string, usual: number[], range: { fewest: number; most: number; min: number; max: number }) {
    return this.read(key, usual, (text) => {
      const all = text.split(',').map((part) => memberOf(part, range.min, range.max));
      const good = all.every((value) => value !== null) && all.length >= range.fewest;
      return good && all.length <= range.most ? all : null;
    });
  }

  /** One of some words. */
  choice<Word extends string>(key: string, usual: Word, words: readonly Word[]): Word {
    return this.read(key, usual, (text) => words.find((word) => word === text) ?? null);
  }

  /** Some of some words, in their order. */
  choices<Word extends string>(key: string, usual: readonly Word[], words: readonly Word[]): Word[] {
    return this.read(key, [...usual], (text) => {
      const asked = text === '' ? [] : text.split(',');
      return asked.every((word) => words.includes(word as Word))
        ? words.filter((word) => asked.includes(word))
        : null;
    });
  }

  /** What `parse` makes of a key's text, or the usual where it is missing or makes nothing. */
  read<Value>(key: string, usual: Value, parse: (text: string) => Value | null): Value {
    const text = this.values.get(key);
    if (text === null) return usual;
    const value = parse(text);
    if (value === null) this.bad.push(`${key}=${text}${this.ways}`);
    this.ways = '';
    return value ?? usual;
  }

  /** The ways in which a number can be read that is refused because there are several. */
  private ways = '';

  private within(text: string, limits: Limits): number | null {
    const reading = readNumber(text, { whole: limits.whole ?? false });
    if (reading.kind === 'unclear') this.ways = ` (${reading.values.map(fieldText).join('? ')}?)`;
    return reading.kind === 'number' && fits(reading.value, limits) ? reading.value : null;
  }
}

/** A number among others: commas stand between them, so none is in it, and 000 is the end of a thousand. */
function memberOf(text: string, min: number, max: number): number | null {
  const reading = /^\s*0\d/.test(text) ? null : readNumber(text);
  return reading?.kind === 'number' && reading.value >= min && reading.value <= max ? reading.value : null;
}

/** What to write: nothing where a value is the usual one. */
export function unlessUsual(value: string, usual: string): string | null {
  return value === usual ? null : value;
}
