// The table that a chart draws: one x axis, the present run's lines, then those beside it.
import uPlot from 'uplot';
import { Curves, smoothed, thinned } from '../../engine/curves';
import type { EpochRecord } from '../../engine/pkg/atelier';

export type Measure = 'loss' | 'accuracy';

/** More points than this fall on the same pixels. */
const MOST_POINTS = 3000;

export interface Drawn {
  curves: Curves;
  epochs: EpochRecord[];
}

/** Columns of one run: x, each batch, smoothed, validation at the end of each epoch. */
function columns(
  { curves, epochs }: Drawn,
  measure: Measure,
  memory: number,
): [number[], number[], number[], (number | null)[]] {
  const places = thinned(curves[measure], MOST_POINTS);
  const pick = (values: readonly number[]) => places.map((place) => values[place] ?? NaN);
  const x = pick(curves.x);
  const marks: (number | null)[] = new Array(x.length).fill(null);
  let at = 0;
  for (const epoch of epochs) {
    // Thinning may have left out the very last batch of an epoch: its mark goes to the next one kept.
    while (at < x.length - 1 && (x[at] ?? 0) < epoch.epoch) at++;
    const value = measure === 'loss' ? epoch.validationLoss : epoch.validationAccuracy;
    if (at < marks.length) marks[at] = value ?? null;
  }
  return [x, pick(curves[measure]), pick(smoothed(curves[measure], memory)), marks];
}

/** x; the present run's batches, smoothed line and marks; then smoothed line and marks of each other run. */
export function table(present: Drawn, others: Drawn[], measure: Measure, memory: number): uPlot.AlignedData {
  const own = columns(present, measure, memory);
  if (others.length === 0) return own;
  const tables: uPlot.AlignedData[] = others.map((other) => {
    const [x, , smooth, marks] = columns(other, measure, memory);
    return [x, smooth, marks];
  });
  return uPlot.join([own, ...tables]);
}

/** The range of what matters: single batches and the fall of the first steps may stick out. */
export function rangeOf(
  data: uPlot.AlignedData,
  measure: Measure,
  logarithmic: boolean,
): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  data.slice(2).forEach((column) => {
    const values = column as (number | null | undefined)[];
    const settled = Math.floor(values.length * 0.02);
    for (let at = settled; at < values.length; at++) {
      const value = values[at];
      if (value === null || value === undefined || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  });
  if (low > high) return null;
  if (logarithmic) return [Math.max(1e-6, low * 0.8), high * 1.25];
  const margin = Math.max(0.03, (high - low) * 0.25);
  const top = measure === 'accuracy' ? Math.min(1, high + margin) : high + margin;
  // Whole twentieths, so that the axis does not tremble while it trains.
  return [Math.floor(Math.max(0, low - margin) * 20) / 20, Math.ceil(top * 20) / 20];
}
