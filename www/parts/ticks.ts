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
