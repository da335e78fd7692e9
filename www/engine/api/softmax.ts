// Softmax step by step, and the layer that trains without its guard.
import {
  Unguarded,
  compareSoftmax,
  softmaxOverTemperatures,
  type SoftmaxComparison,
  type UnguardedReport,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';
import { sliced } from './turn';
import type { Settings } from './training';

export function compare(logits: number[], shift: number, temperature: number): SoftmaxComparison {
  return compareSoftmax(Float64Array.from(logits), shift, temperature);
}

/** As many logits as the engine compares at once. */
const AT_ONCE = 10;

/** eˣ at each place in 64 bits, as softmax takes it; a whole number of tens of places. */
export function exponentials(places: number[]): number[] {
  const tens = Array.from({ length: places.length / AT_ONCE }, (_, at) =>
    places.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  return tens.flatMap((ten) => compare(ten, 0, 1).f64.naive.exponentials);
}

/** Probabilities at each temperature, (temperatures, classes). */
export function overTemperatures(logits: number[], temperatures: number[]): Float64Array {
  return softmaxOverTemperatures(Float64Array.from(logits), Float64Array.from(temperatures));
}

export interface UnguardedProgress {
  runId: number;
  report: UnguardedReport;
  /** Mean batch losses without the guard, ∞ and NaN as they came. */
  losses: Float32Array;
  /** Mean batch losses with it. */
  guardedLosses: Float32Array;
  finished: boolean;
}

let wanted = 0;

/** Trains both layers for `numSteps` updates, or until `stopUnguarded` or another run. */
export async function trainUnguarded(
  runId: number,
  dataSet: DataSetName,
  settings: Settings,
  numSteps: number,
  listener: (progress: UnguardedProgress) => void,
): Promise<void> {
  wanted = runId;
  const run = new Unguarded(held(dataSet).train, settings, numSteps);
  let finished = false;
  const report = () => {
    const [losses, guardedLosses] = [run.losses(), run.guardedLosses()];
    listener({ runId, report: run.report(), losses, guardedLosses, finished });
  };
  try {
    await sliced((milliseconds) => (finished = run.advance(milliseconds)), {
      report,
      isWanted: () => wanted === runId,
    });
  } finally {
    run.free();
  }
}

export function stopUnguarded(): void {
  wanted = 0;
}
