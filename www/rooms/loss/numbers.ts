// Numbers as this room writes them, and what has not come yet.
import { number, significant } from '../../words/say.svelte';

/** A fixed number of decimals. */
export function show(value: number | undefined | null, decimals = 4): string {
  return value === undefined || value === null ? '…' : number(value, decimals);
}

/** Large and small numbers alike, by the digits that matter. */
export function short(value: number | undefined | null): string {
  return value === undefined || value === null ? '…' : significant(value, 4, { padded: true });
}

/** Places of a curve: `count` from low to high. */
export function places(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));
}
