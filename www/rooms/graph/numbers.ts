// Numbers as the graph writes them, the same in every language: a comma stands between arguments, so thousands stand
// together.
import { inBrackets, significant } from '../../parts/write-number';

/** `digits` significant ones, and every digit before the point: 16500 → 16500, 1.1000000000000001 → 1.1. */
export function short(value: number, digits = 4): string {
  return significant(value, digits, 'en', { grouped: false });
}

/** A factor in a product: what is below 0 stands in brackets. */
export function factor(value: number, digits = 4): string {
  return inBrackets(short(value, digits));
}
