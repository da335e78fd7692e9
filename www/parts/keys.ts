// Shortcuts on any keyboard.

/**
 * The Latin letter of a key, in lower case: the one on it, wherever it lies, and on a keyboard of another
 * script (Hangul, Cyrillic …) the one that lies in its place. Other keys are called as the browser calls them.
 */
export function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const letter = key.toLowerCase();
  // Keys with names (Enter) and signs (ASCII) are what they say. While a syllable is composed the browser says
  // "Process".
  const isKnown = key !== 'Process' && key !== 'Unidentified' && !/[^\x20-\x7e]/.test(key);
  return isKnown ? letter : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? letter);
}
