// Numbers as the room writes them: enough digits to follow the sums, none that only fill the line.
import { number } from '../../words/say.svelte';

/** A number with about `significant` digits; very small and very large ones with a power of ten. */
export function digits(value: number, significant = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -3 || size > 6) {
    const [mantissa = '', power = ''] = value.toExponential(significant - 1).split('e');
    return `${minus(mantissa)}·10${superscript(String(Number(power)))}`;
  }
  return minus(number(value, Math.max(0, significant - 1 - size)));
}

/** The same with its sign always written. */
export function signed(value: number, significant = 4): string {
  return value > 0 ? `+${digits(value, significant)}` : digits(value, significant);
}

/** A fixed number of decimals, with a true minus. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return digits(value);
  return minus(number(value, decimals));
}

const minus = (text: string) => text.replace('-', '−');

function superscript(text: string): string {
  return [...text].map((sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)] ?? '').join('');
}
