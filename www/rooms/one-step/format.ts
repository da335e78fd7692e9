// Numbers as the room writes them: enough digits to follow the sums, none that only fill the line.
import { withPlus } from '../../parts/write-number';
import { number, significant } from '../../words/say.svelte';

/** A number with `count` significant digits, zeros at its end kept: columns are compared. */
export function digits(value: number, count = 4): string {
  return significant(value, count, { padded: true });
}

/** The same with its sign always written. */
export function signed(value: number, count = 4): string {
  return withPlus(digits(value, count));
}

/** A fixed number of decimals. */
export function fixed(value: number, decimals: number): string {
  return number(value, decimals);
}
