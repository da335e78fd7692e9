// What the Softmax room is set to. All of it lives in the address.
import { AddressReader, unlessUsual } from '../../parts/address-values';

export const MOST = 10;
/** How far a logit may be typed: to f64's end and beyond. */
export const FARTHEST = 1000;
export const SHIFT = 1000;
export const COLDEST = 0.1;
export const HOTTEST = 10;
export const REACHES = ['10', '100', '1000'] as const;
export type Reach = (typeof REACHES)[number];

const USUAL = [2.1, -1.3, 0.4, 5.2, -0.7, 1.8, 3.3, -2.4, 0.9, 1.2];
const USUAL_RATE = 0.03;

class SoftmaxRoom {
  logits = $state.raw(USUAL);
  shift = $state(0);
  temperature = $state(1);
  isGuarded = $state(false);
  /** How far the sliders go. */
  private wishedReach = $state<Reach>('100');
  learningRate = $state(USUAL_RATE);
  bad = $state.raw<string[]>([]);

  /** The wished one, or the first that holds every logit. */
  reach = $derived.by((): Reach => {
    const farthest = Math.max(...this.logits.map(Math.abs));
    return (
      REACHES.find((reach) => Number(reach) >= Number(this.wishedReach) && Number(reach) >= farthest) ??
      '1000'
    );
  });

  setReach(reach: Reach) {
    const limit = Number(reach);
    this.wishedReach = reach;
    this.logits = this.logits.map((z) => Math.min(limit, Math.max(-limit, z)));
  }

  setLogit(at: number, value: number) {
    // A slider that would shrink while it is dragged would run away from under the pointer.
    this.wishedReach = this.reach;
    this.logits = this.logits.with(at, value);
  }

  setCount(count: number) {
    this.logits = Array.from({ length: count }, (_, at) => this.logits[at] ?? USUAL[at] ?? 0);
  }

  take(values: URLSearchParams) {
    const read = new AddressReader(values);
    const range = { fewest: 2, most: MOST, min: -FARTHEST, max: FARTHEST };
    this.logits = read.numbers('z', USUAL, range);
    this.shift = read.number('c', 0, -SHIFT, SHIFT);
    this.temperature = read.number('t', 1, COLDEST, HOTTEST);
    this.isGuarded = read.choice('guard', 'off', ['on', 'off']) === 'on';
    this.wishedReach = read.choice('reach', '100', REACHES);
    this.learningRate = read.number('rate', USUAL_RATE, 0.0001, 100);
    this.bad = read.bad;
  }

  give(): Record<string, string | null> {
    return {
      z: unlessUsual(this.logits.join(','), USUAL.join(',')),
      c: unlessUsual(String(this.shift), '0'),
      t: unlessUsual(String(this.temperature), '1'),
      guard: this.isGuarded ? 'on' : null,
      reach: unlessUsual(this.wishedReach, '100'),
      rate: unlessUsual(String(this.learningRate), String(USUAL_RATE)),
    };
  }

  reset() {
    this.logits = USUAL;
    this.shift = 0;
    this.temperature = 1;
    this.wishedReach = '100';
  }
}

export const room = new SoftmaxRoom();
