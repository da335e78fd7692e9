// Numbers that reach from 10⁻³⁰⁰ to infinity, in few characters.

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function raised(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return (power < 0 ? '⁻' : '') + digits;
}

/** `digits` significant ones: 0.0123, 12.3, 1.23×10³⁸, ∞, NaN. */
export function compact(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = value.toPrecision(digits);
  if (size >= 1e-3 && size < 1e5) return String(Number(text)).replace('-', '−');
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  return `${mantissa.replace('-', '−')}×10${raised(Number(power))}`;
}
