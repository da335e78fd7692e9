// What the Loss room can be set to, read from and written to the address.
import { AddressReader, unlessUsual } from '../../parts/address-values';

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

export const standard: Settings = {
  q: 0.6,
  classes: 2,
  gradient: 'logit',
  y: 1,
  answer: 'good',
  label: 2,
  rate: 0.2,
  momentum: 0,
  batch: 24,
  w: -0.7,
  b: 0.9,
  seed: 1,
  network: 'now',
  size: 100,
  draw: 42,
};

/** Settings of an address; what cannot be understood falls back and is listed as `key=value`. */
export function read(values: URLSearchParams): { settings: Settings; bad: string[] } {
  const from = new AddressReader(values);
  const oneOf = (key: 'classes' | 'batch' | 'size' | 'y', all: readonly number[]) =>
    Number(from.choice(key, String(standard[key]), all.map(String)));
  const settings: Settings = {
    q: from.number('q', standard.q, 0.005, 0.995),
    classes: oneOf('classes', CLASSES),
    gradient: from.choice('gradient', standard.gradient, ['probability', 'logit']),
    y: oneOf('y', [0, 1]) === 0 ? 0 : 1,
    answer: from.choice('answer', standard.answer, ['good', 'bad']),
    label: from.whole('label', standard.label, 0, 9),
    rate: from.number('rate', standard.rate, 0.0001, 10),
    momentum: from.number('momentum', standard.momentum, 0, 0.99),
    batch: oneOf('batch', DESCENT_BATCHES),
    w: from.number('w', standard.w, -1.5, 2.2),
    b: from.number('b', standard.b, -1.5, 1.5),
    seed: from.whole('seed', standard.seed, 0, MAX_SEED),
    network: from.choice('network', standard.network, ['now', 'fresh']),
    size: oneOf('size', SIZES),
    draw: from.whole('draw', standard.draw, 0, MAX_SEED),
  };
  return { settings, bad: from.bad };
}

/** What the address must say; null where the standard says it already. */
export function write(settings: Settings): Record<string, string | null> {
  const keys = Object.keys(standard) as (keyof Settings)[];
  return Object.fromEntries(
    keys.map((key) => [key, unlessUsual(String(settings[key]), String(standard[key]))]),
  );
}
