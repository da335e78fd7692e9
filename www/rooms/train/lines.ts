// The table that a chart draws: one x axis, the present run's lines, then those beside it.
import uPlot from 'uplot';
import { lastUpTo, smoothed, thinned, type Curves } from '../../engine/curves';
import type { EpochRecord } from '../../engine/pkg/atelier';

export type Measure = 'loss' | 'accuracy';
/** From epoch, to epoch. */
export type Span = [number, number];

/** More points than this for each pixel of the screen's density fall on the same ones: a chart is 600 wide. */
const MOST_POINTS = 1200;

export interface Drawn {
  curves: Curves;
  epochs: EpochRecord[];
}

export const validationOf = (epoch: EpochRecord, measure: Measure): number | null =>
  (measure === 'loss' ? epoch.validationLoss : epoch.validationAccuracy) ?? null;

/** Columns of one run within a span: x, each batch, smoothed, validation at the end of each epoch. */
function columns(
  { curves, epochs }: Drawn,
  measure: Measure,
  memory: number,
  [from, to]: Span,
): [number[], number[], number[], (number | null)[]] {
  // One batch beyond each edge, so that the lines reach it.
  const first = Math.max(0, lastUpTo(curves.x, from));
  const end = Math.min(curves.x.length, lastUpTo(curves.x, to) + 2);
  const places = thinned(curves[measure].slice(first, end), MOST_POINTS * devicePixelRatio).map(
    (place) => first + place,
  );
  const pick = (values: readonly number[]) => places.map((place) => values[place] ?? NaN);
  const x = pick(curves.x);
  const marks: (number | null)[] = new Array(x.length).fill(null);
  let at = 0;
  for (const epoch of epochs) {
    if (epoch.epoch < (x[0] ?? Infinity)) continue;
    // Thinning may have left out the very last batch of an epoch: its mark goes to the next one kept.
    while (at < x.length - 1 && (x[at] ?? 0) < epoch.epoch) at++;
    if ((x[at] ?? 0) < epoch.epoch) break;
    marks[at] = validationOf(epoch, measure);
  }
  return [x, pick(curves[measure]), pick(smoothed(curves[measure], memory)), marks];
}

/** x; the present run's batches, smoothed line and marks; then smoothed line and marks of each other run. */
export function table(
  present: Drawn,
  others: Drawn[],
  measure: Measure,
  memory: number,
  span: Span,
): uPlot.AlignedData {
  const own = columns(present, measure, memory, span);
  if (others.length === 0) return own;
  const tables: uPlot.AlignedData[] = others.map((other) => {
    const [x, , smooth, marks] = columns(other, measure, memory, span);
    return [x, smooth, marks];
  });
  return uPlot.join([own, ...tables]);
}

export interface Reading {
  /** In epochs; of the last batch up to where it was read. */
  x: number;
  batch: number;
  smooth: number;
  /** Of the last finished epoch up to there. */
  validation: number | null;
}

/** One run's numbers at an epoch; null before its first batch. */
export function readingAt(
  { curves, epochs }: Drawn,
  measure: Measure,
  memory: number,
  x: number,
): Reading | null {
  const at = lastUpTo(curves.x, x + 1e-9);
  if (at < 0) return null;
  const epoch = epochs.findLast((one) => one.epoch <= x + 1e-9);
  return {
    x: curves.x[at] ?? 0,
    batch: curves[measure][at] ?? NaN,
    smooth: smoothed(curves[measure], memory)[at] ?? NaN,
    validation: epoch ? validationOf(epoch, measure) : null,
  };
}

/** The range of what matters: single batches and the fall of the first steps may stick out. */
export function rangeOf(data: uPlot.AlignedData, measure: Measure, logarithmic: boolean): Span | null {
  let low = Infinity;
  let high = -Infinity;
  // The fall at the very start is left out of the range only where it is in sight.
  const settled = (data[0][0] ?? 0) < 0.02 ? Math.floor(data[0].length * 0.02) : 0;
  data.slice(2).forEach((column) => {
    const values = column as (number | null | undefined)[];
    for (let at = settled; at < values.length; at++) {
      const value = values[at];
      if (value === null || value === undefined || !Number.isFinite(value)) continue;
      if (logarithmic && value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  });
  if (low > high) return null;
  if (logarithmic) return [low * 0.8, high * 1.25];
  const margin = Math.max(0.03, (high - low) * 0.25);
  const top = measure === 'accuracy' ? Math.min(1, high + margin) : high + margin;
  // Whole twentieths, so that the axis does not tremble while it trains.
  return [Math.floor(Math.max(0, low - margin) * 20) / 20, Math.ceil(top * 20) / 20];
}
