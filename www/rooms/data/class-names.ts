// The names that a visitor gives to the classes of their own data, as they write lists.

/** Longer names fit no table head and no button. */
export const MOST_LETTERS = 40;

/** Names by lines, commas and semicolons, also those of Korean and Japanese keyboards. */
export function classNamesOf(text: string): string[] {
  return text
    .split(/[,;，、；\r\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The first name that is too long, cut short enough to be shown. */
export function tooLong(names: string[]): string | null {
  const name = names.find((one) => [...one].length > MOST_LETTERS);
  return name === undefined ? null : `${[...name].slice(0, MOST_LETTERS).join('')}…`;
}
