// Numbers as this room writes them.
import { compact } from '../../parts/compact';
import { number } from '../../words/say.svelte';

/** With a true minus, and ∞ as itself. */
export function show(value: number | undefined | null, digits = 4): string {
  if (value === undefined || value === null || Number.isNaN(value)) return '…';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  // −0.00 is 0.00 to a reader.
  const rounded = Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
  return number(rounded, digits);
}

/** Large and small numbers alike: four digits that matter, a power of ten where needed. */
export function short(value: number | undefined | null): string {
  if (value === undefined || value === null || !Number.isFinite(value)) return show(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-4)) return compact(value);
  return show(value, size >= 100 ? 1 : size >= 10 ? 2 : 4);
}

/** Places of a curve: `count` from low to high. */
export function places(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));
}
