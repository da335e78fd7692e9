/** A number of any size as a person writes it: 60,000 and 0.0001, but 1e−12. */
export function figure(value: number, language: 'en' | 'ko'): string {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-4 && size < 1e15);
  const text = plain
    ? value.toLocaleString(language, { maximumSignificantDigits: 17 })
    : String(value).replace('Infinity', '∞').replace('e+', 'e');
  return text.replaceAll('-', '−');
}
