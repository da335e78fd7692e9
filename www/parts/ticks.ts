// Round numbers for an axis.

/** About `count` round numbers within low…high: steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // From whole multiples: adding a step again and again would gather its roundings.
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Digits after the point that tell the ticks apart. */
export function digitsOf(all: number[]): number {
  const step = Math.abs((all[1] ?? 1) - (all[0] ?? 0)) || 1;
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** More decades than this have no number each. */
const MOST_DECADES = 8;

/**
 * Round numbers for a logarithmic axis within low…high: powers of ten, with their double and fivefold where few of
 * them fit. A range that reaches down to 0 has none: it would have infinitely many.
 */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high > low) || !Number.isFinite(high)) return [];
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const every = Math.ceil((last - first) / MOST_DECADES);
  const factors = last - first <= 3 ? [1, 2, 5] : [1];
  const all: number[] = [];
  for (let power = Math.ceil(first / every) * every; power <= last; power += every) {
    // Read as it is written: 10 ** -24 is not 1e-24.
    for (const factor of factors) all.push(Number(`${factor}e${power}`));
  }
  const within = all.filter((tick) => tick >= low && tick <= high);
  return within.length > 1 ? within : ticks(low, high, 6);
}

/** What a logarithmic axis can show of a wished range: numbers above 0, the least of them below. */
export function logRange([low, high]: readonly [number, number]): [number, number] {
  if (!(high > 0) || !Number.isFinite(high)) return [0.1, 10];
  // The least number that is no rounding's victim.
  const least = 1e-300;
  if (low >= least && low < high) return [low, high];
  const top = Math.max(high, 10 * least);
  return [top / 10, top];
}
