// How fast training is shown: the numbers are the same at any pace.

/** As fast as it goes, an epoch in ten seconds, or five batches a second. */
export const PACES = ['full', 'epoch', 'batch'] as const;
export type Pace = (typeof PACES)[number];
/** A pace that one can watch: an epoch of the softmax layer takes a tenth of a second otherwise. */
export const USUAL_PACE: Pace = 'epoch';

const SECONDS_AN_EPOCH = 10;
const BATCHES_A_SECOND = 5;

/** Batches a second; null for as many as the machine can. */
export function batchesPerSecond(pace: Pace, batchesPerEpoch: number): number | null {
  if (pace === 'full') return null;
  return pace === 'batch' ? BATCHES_A_SECOND : batchesPerEpoch / SECONDS_AN_EPOCH;
}
