// What the Loss room can be set to: one table, read from and written to the address.

export interface Settings {
  /** Probability of the true class. */
  q: number;
  /** Number of classes that share 1 − q besides the true one, plus that one. */
  classes: number;
  gradient: 'probability' | 'logit';
  /** The truth of the logistic cost. */
  y: 0 | 1;
  answer: 'good' | 'bad';
  label: number;
  rate: number;
  momentum: number;
  batch: number;
  /** Where the descent starts. */
  w: number;
  b: number;
  seed: number;
  network: 'now' | 'fresh';
  size: number;
  draw: number;
}

export const CLASSES = [2, 3, 5, 10];
export const DESCENT_BATCHES = [24, 6, 1];
export const SIZES = [10, 100, 1000];

const MAX_SEED = 2 ** 32 - 1;

type Row<Value> = { standard: Value; read: (text: string) => Value | null };

function range(standard: number, min: number, max: number): Row<number> {
  return {
    standard,
    read(text) {
      const value = Number(text);
      return text.trim() !== '' && value >= min && value <= max ? value : null;
    },
  };
}
function whole(standard: number, min: number, max: number): Row<number> {
  const { read } = range(standard, min, max);
  return { standard, read: (text) => (Number.isInteger(Number(text)) ? read(text) : null) };
}
function oneOf<Value extends string | number>(standard: Value, values: readonly Value[]): Row<Value> {
  return { standard, read: (text) => values.find((value) => String(value) === text) ?? null };
}

const table: { [Key in keyof Settings]: Row<Settings[Key]> } = {
  q: range(0.6, 0.005, 0.995),
  classes: oneOf<number>(2, CLASSES),
  gradient: oneOf<Settings['gradient']>('logit', ['probability', 'logit']),
  y: oneOf<0 | 1>(1, [0, 1]),
  answer: oneOf<Settings['answer']>('good', ['good', 'bad']),
  label: whole(2, 0, 9),
  rate: range(0.2, 0.0001, 10),
  momentum: range(0, 0, 0.99),
  batch: oneOf<number>(24, DESCENT_BATCHES),
  w: range(-0.7, -1.5, 2.2),
  b: range(0.9, -1.5, 1.5),
  seed: whole(1, 0, MAX_SEED),
  network: oneOf<Settings['network']>('now', ['now', 'fresh']),
  size: oneOf<number>(100, SIZES),
  draw: whole(42, 0, MAX_SEED),
};

const keys = Object.keys(table) as (keyof Settings)[];

export const standard = Object.fromEntries(
  keys.map((key) => [key, table[key].standard]),
) as unknown as Settings;

/** Settings of an address; what cannot be understood falls back and is listed as `key=value`. */
export function read(values: URLSearchParams): { settings: Settings; bad: string[] } {
  const bad: string[] = [];
  const settings: Record<string, unknown> = { ...standard };
  for (const key of keys) {
    const text = values.get(key);
    if (text === null) continue;
    const value = table[key].read(text);
    if (value === null) bad.push(`${key}=${text}`);
    else settings[key] = value;
  }
  return { settings: settings as unknown as Settings, bad };
}

/** What the address must say; null where the standard says it already. */
export function write(settings: Settings): Record<string, string | null> {
  return Object.fromEntries(
    keys.map((key) => [key, settings[key] === standard[key] ? null : String(settings[key])]),
  );
}
