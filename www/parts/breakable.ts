// A word without a place to break it, a name of forty w's, would push a phone's page aside.

/** Letters that stand together at most: of any script a dozen fit the narrowest table head. */
const TOGETHER = 12;
/** A place where a line may break, and that shows nothing. */
const MAY_BREAK = '\u200b';

/** The text with a place to break after every dozen letters of a word that is longer than that. */
export function breakable(text: string): string {
  return text.replace(/\S+/g, (word) => {
    const letters = [...word];
    if (letters.length <= TOGETHER) return word;
    const parts: string[] = [];
    for (let at = 0; at < letters.length; at += TOGETHER)
      parts.push(letters.slice(at, at + TOGETHER).join(''));
    return parts.join(MAY_BREAK);
  });
}
