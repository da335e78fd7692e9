// How an axis writes its ticks.
import { number, significant } from '../words/say.svelte';
import { digitsOf } from './ticks';

/** From here on the digits before the point are too many for an axis. */
const LARGE = 1e6;

/** A tick with as many decimals as tell it from the others. */
export function tickText(tick: number, all: readonly (number | null)[]): string {
  if (Math.abs(tick) >= LARGE) return significant(tick, 3);
  return number(tick, digitsOf(all.filter((one) => one !== null)));
}
