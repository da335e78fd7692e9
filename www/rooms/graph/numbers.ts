// Numbers as the graph writes them: short, with a real minus, and never hiding what is not finite.

/** `digits` significant ones, and every digit before the point: 16500 → 16500, 1.1000000000000001 → 1.1. */
export function short(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const rounded =
    size !== 0 && (size >= 1e7 || size < 1e-4)
      ? value.toExponential(Math.min(digits - 1, 3)).replace(/\.?0+e/, 'e')
      : String(Number(value.toPrecision(Math.max(digits, Math.floor(Math.log10(size || 1)) + 1))));
  return rounded.replace('e+', 'e').replaceAll('-', '−');
}

/** A factor in a product: what is below 0 stands in brackets. */
export function factor(value: number, digits = 4): string {
  return value < 0 ? `(${short(value, digits)})` : short(value, digits);
}

/** What a visitor typed, or null when it is no finite number. */
export function typed(text: string): number | null {
  const plain = text.trim().replaceAll('−', '-').replace(',', '.');
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : null;
}
