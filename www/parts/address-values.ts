// Values of an address: read, checked, and remembered when they are bad.

export class AddressReader {
  /** `key=value` of what could not be used. */
  readonly bad: string[] = [];
  private readonly values: URLSearchParams;

  constructor(values: URLSearchParams) {
    this.values = values;
  }

  /** A number within a range, or the usual one. */
  number(key: string, usual: number, min: number, max: number): number {
    return this.read(key, usual, (text) => numberOf(text, min, max));
  }

  /** A number without a fraction within a range, or the usual one. */
  whole(key: string, usual: number, min: number, max: number): number {
    return this.read(key, usual, (text) => {
      const value = numberOf(text, min, max);
      return Number.isInteger(value) ? value : null;
    });
  }

  /** `fewest` to `most` numbers with commas between them. */
  numbers(key: string, usual: number[], range: { fewest: number; most: number; min: number; max: number }) {
    return this.read(key, usual, (text) => {
      const all = text.split(',').map((part) => numberOf(part, range.min, range.max));
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

  private read<Value>(key: string, usual: Value, parse: (text: string) => Value | null): Value {
    const text = this.values.get(key);
    if (text === null) return usual;
    const value = parse(text);
    if (value === null) this.bad.push(`${key}=${text}`);
    return value ?? usual;
  }
}

function numberOf(text: string, min: number, max: number): number | null {
  if (!/^-?\d+(\.\d+)?(e-?\d+)?$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}

/** What to write: nothing where a value is the usual one. */
export function unlessUsual(value: string, usual: string): string | null {
  return value === usual ? null : value;
}
