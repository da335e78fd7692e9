// What the Softmax room can be set to, to and from the address.
import { AddressReader, unlessUsual } from '../../parts/address-values';

export const MOST = 10;
/** How far a logit may be typed: to f64's end and beyond. */
export const FARTHEST = 1000;
export const SHIFT = 1000;
export const COLDEST = 0.1;
export const HOTTEST = 10;
export const REACHES = ['10', '100', '1000'] as const;
export type Reach = (typeof REACHES)[number];

export interface Settings {
  logits: number[];
  shift: number;
  temperature: number;
  isGuarded: boolean;
  /** How far the sliders go; a logit may lie farther out. */
  reach: Reach;
  learningRate: number;
}

export const usual: Settings = {
  logits: [2.1, -1.3, 0.4, 5.2, -0.7, 1.8, 3.3, -2.4, 0.9, 1.2],
  shift: 0,
  temperature: 1,
  isGuarded: false,
  reach: '10',
  learningRate: 0.03,
};

/** The reach of sliders that hold every logit, and not less than `reach`. */
export function reachFor(logits: readonly number[], reach: Reach): Reach {
  const farthest = Math.max(...logits.map(Math.abs), Number(reach));
  return REACHES.find((each) => Number(each) >= farthest) ?? '1000';
}

export function read(values: URLSearchParams): { settings: Settings; bad: string[] } {
  const from = new AddressReader(values);
  const range = { fewest: 2, most: MOST, min: -FARTHEST, max: FARTHEST };
  const logits = from.numbers('z', usual.logits, range);
  const settings: Settings = {
    logits,
    shift: from.number('c', usual.shift, -SHIFT, SHIFT),
    temperature: from.number('t', usual.temperature, COLDEST, HOTTEST),
    isGuarded: from.choice('guard', 'off', ['on', 'off']) === 'on',
    reach: from.choice('reach', reachFor(logits, usual.reach), REACHES),
    learningRate: from.number('rate', usual.learningRate, 0.0001, 100),
  };
  return { settings, bad: from.bad };
}

export function write(settings: Settings): Record<string, string | null> {
  const { logits, shift, temperature, isGuarded, reach, learningRate } = settings;
  return {
    z: unlessUsual(logits.join(','), usual.logits.join(',')),
    c: unlessUsual(String(shift), String(usual.shift)),
    t: unlessUsual(String(temperature), String(usual.temperature)),
    guard: isGuarded ? 'on' : null,
    reach: unlessUsual(reach, reachFor(logits, usual.reach)),
    rate: unlessUsual(String(learningRate), String(usual.learningRate)),
  };
}
