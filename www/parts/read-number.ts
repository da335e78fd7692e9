// What a person typed, or wrote into a link, as a number: the one reader of every field and address.
//
// It takes what the page itself writes (12,000, −1.5, 2.4×10⁻⁵) and what is usual elsewhere (0,5, 12 000, full-width
// digits). What can be read in two ways is never guessed.

export type Reading =
  | { kind: 'number'; value: number }
  /** It may be any of these: who wrote it must say. */
  | { kind: 'unclear'; values: number[] }
  | { kind: 'none' };

const NONE: Reading = { kind: 'none' };

const MINUS = /[−‐‑‒–﹣]/g;
const PLUS = /﹢/g;
/** What stands between thousands beside comma and point: spaces of all widths, and the apostrophe. */
const GAP = /[\s'’]/;
const EXPONENT = /^(.*?)(?:e([+-]?\d+)|(?:(?:^|[×x*·⋅∙])10)(?:\^([+-]?\d+)|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?$/i;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Reads a text. `whole`: the number asked for has no fraction, so that 1,234 is clear.
 *
 * A point is read as the page writes it, before a fraction. A single comma before three digits may stand before a
 * fraction or between thousands.
 */
export function readNumber(text: string, { whole = false }: { whole?: boolean } = {}): Reading {
  const plain = inAscii(text);
  if (plain === null) return NONE;
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(plain) ?? [];
  const [, mantissa = '', e, caret, raised] = EXPONENT.exec(rest) ?? [];
  const power = e ?? caret ?? (raised === undefined ? '0' : lowered(raised));
  // 10⁵ alone is one of them.
  const body = mantissa === '' && (caret ?? raised) !== undefined ? '1' : mantissa;
  const values = digitsOf(body).map((digits) => valueOf(sign, digits, power));
  const [first, second] = values;
  if (first === undefined || values.some((value) => value === null)) return NONE;
  if (second === undefined || first === second) return { kind: 'number', value: first! };
  return decided(body, first!, second!, whole);
}

/** Two readings, first the page's own: point before a fraction, comma between thousands. */
function decided(body: string, ours: number, theirs: number, whole: boolean): Reading {
  const clear: Reading = { kind: 'number', value: ours };
  if (body.includes(',')) return whole ? clear : { kind: 'unclear', values: [theirs, ours] };
  if (!whole) return clear;
  // Nobody writes a whole number with a fraction: thousands may be meant.
  return { kind: 'unclear', values: Number.isInteger(ours) ? [ours, theirs] : [theirs] };
}

/** In the signs that a program reads; null where gaps stand between anything but thousands. */
function inAscii(text: string): string | null {
  const plain = text
    // Full-width forms stand in one row, in the order of ASCII.
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(MINUS, '-')
    .replace(PLUS, '+')
    .trim()
    .replace(/^([+-])\s+/, '$1')
    .replace(/\s*([×x*·⋅∙])\s*(?=10)/g, '$1');
  if (!GAP.test(plain)) return plain;
  const [, thousands, rest = ''] = /^([+-]?[1-9]\d{0,2}(?:[\s'’]\d{3})+)(?!\d)(.*)$/.exec(plain) ?? [];
  return thousands === undefined || GAP.test(rest) ? null : thousands.replace(/[\s'’]/g, '') + rest;
}

/** Whole part and fraction in every way that the marks allow; at most two. */
function digitsOf(body: string): [string, string][] {
  const found: [string, string][] = [];
  for (const [mark, point] of [
    [',', '\\.'],
    ['\\.', ','],
  ]) {
    const match = new RegExp(`^([1-9]\\d{0,2}(?:${mark}\\d{3})+|\\d*)(?:${point}(\\d*))?$`).exec(body);
    const [, before = '', after = ''] = match ?? [];
    if (before + after !== '') found.push([before.replace(/\D/g, ''), after]);
  }
  return found;
}

/** Null for what no number of the page can hold: beyond the largest, or lost below the smallest. */
function valueOf(sign: string, [before, after]: [string, string], power: string): number | null {
  const value = Number(`${sign}${before || '0'}.${after || '0'}e${power}`);
  const isLost = value === 0 && /[1-9]/.test(before + after);
  return Number.isFinite(value) && !isLost ? value + 0 : null;
}

function lowered(raised: string): string {
  return [...raised].map((sign) => ({ '⁻': '-', '⁺': '+' })[sign] ?? SUPERSCRIPTS.indexOf(sign)).join('');
}

/** A number in a field, to be typed over: no digit is hidden, and programs read it too. */
export function fieldText(value: number): string {
  return String(value);
}
