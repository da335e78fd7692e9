// How the page writes every number: one minus, one way with an exponent, and no sign for zero.

/** From here on the digits before the point say nothing any more; a count is exact for longer. */
const LARGE = 1e7;
const LARGEST_COUNT = 2 ** 53;
/** Below this, digits that matter stand behind too many zeros. */
const SMALL = 1e-4;
/** Who reads so many decimals looks at small numbers: what is not zero is not written as zero there. */
const FINE = 3;
/** Significant digits beside an exponent, where decimals were asked for. */
const BESIDE_EXPONENT = 3;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number of `decimals` digits after the point, with its thousands apart: −12,345.7. */
export function fixed(value: number, decimals: number, language: string): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const size = Math.abs(value);
  const isLarge = size >= (decimals === 0 ? LARGEST_COUNT : LARGE);
  const isLost = decimals >= FINE && size !== 0 && size < 0.5 * 10 ** -decimals;
  if (isLarge || isLost) return withExponent(value, BESIDE_EXPONENT);
  return signed(formatOf(language, decimals, true).format(value));
}

export interface Significant {
  /** Whether zeros at the end of the decimals stay, so that a column's numbers are of one length. */
  padded?: boolean;
  /** Whether thousands stand apart: not where a comma means something else. */
  grouped?: boolean;
}

/** A number with `digits` significant ones, and every digit before the point: 0.0123, 65,504, 3.4×10³⁸. */
export function significant(
  value: number,
  digits: number,
  language: string,
  { padded = false, grouped = true }: Significant = {},
): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return '0';
  // Rounded first: 9.9996 has two digits before the point once it is written with four.
  const rounded = Math.abs(Number(value.toPrecision(digits)));
  if (rounded < SMALL || Math.round(Math.abs(value)) >= LARGE) return withExponent(value, digits, padded);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
  const text = signed(formatOf(language, decimals, grouped).format(value));
  return padded ? text : withoutEnd(text);
}

/** A number that somebody chose, a setting or the end of a range: every digit that it has. */
export function exact(value: number, language: string): string {
  return Number.isInteger(value) ? fixed(value, 0, language) : significant(value, 15, language);
}

/** What was written, with a plus where it is above zero. */
export function withPlus(text: string): string {
  return /^[0-9∞]/.test(text) && /[1-9∞]/.test(text) ? `+${text}` : text;
}

/** Among signs of a formula: what begins with a minus stands in brackets. */
export function inBrackets(text: string): string {
  return text.startsWith('−') ? `(${text})` : text;
}

function notFinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
}

function withExponent(value: number, digits: number, padded = false): string {
  const [mantissa = '', power = ''] = value.toExponential(digits - 1).split('e');
  const text = signed(padded ? mantissa : withoutEnd(mantissa));
  return `${text}×10${[...power.replace('+', '')].map((sign) => SUPERSCRIPTS[Number(sign)] ?? '⁻').join('')}`;
}

/** With the real minus; zero, and what rounds to it, is neither above nor below. */
function signed(text: string): string {
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
}

function withoutEnd(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

// Making a format costs fifty times as much as using it, and a page that trains writes hundreds of numbers a second.
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(language: string, decimals: number, grouped: boolean): Intl.NumberFormat {
  const key = `${language} ${decimals} ${grouped}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: grouped,
    });
    formats.set(key, format);
  }
  return format;
}
