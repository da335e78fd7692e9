// What a visitor wrote, quoted back: an address can be of any length, a sentence cannot.

/** At most `most` characters of a text, what is left out shown by an ellipsis. */
export function shortened(text: string, most = 40): string {
  // Cut before it is taken apart: a hundred thousand characters are not worth it.
  const signs = [...text.slice(0, 2 * most + 2)];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}

/** At most `most` texts, each shortened, with commas between. */
export function listed(texts: readonly string[], most = 6): string {
  const shown = texts.slice(0, most).map((text) => shortened(text));
  return [...shown, ...(texts.length > most ? ['…'] : [])].join(', ');
}
