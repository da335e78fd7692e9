// The losses and accuracies of every batch, as a chart wants them.
import type { Progress } from './api/training';

/** What one batch adds: where it stands in epochs, its loss, its accuracy. */
export class Curves {
  /** In epochs: the k-th batch of an epoch of n stands at k/n. */
  x: number[] = [];
  loss: number[] = [];
  accuracy: number[] = [];

  /** A finished list of batches. */
  static of(losses: Float32Array, accuracies: Float32Array, batchesPerEpoch: number): Curves {
    const curves = new Curves();
    curves.add(0, losses, accuracies, batchesPerEpoch);
    return curves;
  }

  clear() {
    this.cut(0);
  }

  /** Adds a message's batches; batches that were taken back are forgotten first. */
  take({ firstStep, losses, accuracies, report }: Progress) {
    this.cut(Math.min(firstStep, report.step));
    this.add(firstStep, losses, accuracies, report.batchesPerEpoch);
  }

  private cut(length: number) {
    if (length >= this.x.length) return;
    // New lists: what was made of the old ones is no longer theirs.
    this.x = this.x.slice(0, length);
    this.loss = this.loss.slice(0, length);
    this.accuracy = this.accuracy.slice(0, length);
  }

  private add(firstStep: number, losses: Float32Array, accuracies: Float32Array, batchesPerEpoch: number) {
    losses.forEach((loss, place) => {
      this.x.push((firstStep + place + 1) / batchesPerEpoch);
      this.loss.push(loss);
      this.accuracy.push(accuracies[place] ?? NaN);
    });
  }
}

/** A running average of a list's first values. */
interface Average {
  memory: number;
  sum: number;
  weight: number;
  values: number[];
}

const averages = new WeakMap<readonly number[], Average>();

/**
 * An exponential moving average whose newest value weighs 1/`memory`, without the pull of a made-up
 * start (as Adam corrects its own). A memory of 1 leaves the values as they are.
 *
 * A list may grow between two calls, and is then averaged from there on; what is in it must not change.
 */
export function smoothed(values: readonly number[], memory: number): number[] {
  let average = averages.get(values);
  if (average?.memory !== memory) {
    average = { memory, sum: 0, weight: 0, values: [] };
    averages.set(values, average);
  }
  const rate = 1 / memory;
  for (let at = average.values.length; at < values.length; at++) {
    const value = values[at] ?? NaN;
    average.sum += rate * (value - average.sum);
    average.weight += rate * (1 - average.weight);
    average.values.push(average.sum / average.weight);
  }
  return average.values;
}

/** The place of the last of the rising `values` that is at most `limit`; −1 where none is. */
export function lastUpTo(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Places of at most about `limit` values that draw the same picture: of each run of neighbours the lowest
 * and the highest, in their order, and the last of all.
 */
export function thinned(values: readonly number[], limit: number): number[] {
  const { length } = values;
  const run = Math.ceil((2 * length) / limit);
  if (run <= 2) return Array.from(values.keys());
  const kept: number[] = [];
  for (let start = 0; start < length; start += run) {
    const end = Math.min(length, start + run);
    let low = start;
    let high = start;
    for (let at = start; at < end; at++) {
      if ((values[at] ?? 0) < (values[low] ?? 0)) low = at;
      if ((values[at] ?? 0) > (values[high] ?? 0)) high = at;
    }
    kept.push(Math.min(low, high));
    if (high !== low) kept.push(Math.max(low, high));
  }
  if (kept.at(-1) !== length - 1) kept.push(length - 1);
  return kept;
}
