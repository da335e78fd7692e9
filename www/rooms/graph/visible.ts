/** A text in which nothing is hidden: what shows nothing by its number (U+0007), a mark without a letter on a circle. */
export function visible(text: string): string {
  const code = (c: string) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return text
    .replaceAll(/(?!\s)[\p{C}\u2800]/gu, code)
    .replace(/^\p{M}/u, (mark) => `◌${mark} (${code(mark)})`);
}
