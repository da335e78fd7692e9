// The part of an address behind its `#`, as people write it and as programs do: `#/room/part?key=value`.

/** The steps of the path, the first of them in small letters, and the query: all that stands behind the first `?`. */
export function partsOf(hash: string): { path: string[]; query: string } {
  const [, path = '', query = ''] = /^#?([^?]*)\??(.*)$/s.exec(hash) ?? [];
  const [room, ...rest] = path
    .split('/')
    .filter((step) => step !== '')
    .map(decoded);
  return { path: room === undefined ? [] : [room.toLowerCase(), ...rest], query };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text of a path and a query. */
export function hashOf(path: readonly string[], query: string): string {
  return `#/${path.map(encodeURIComponent).join('/')}${query && `?${query}`}`;
}

/**
 * Escapes of what a browser leaves as it is when somebody types it. Only a form escapes them, and a form writes a
 * blank as a plus: elsewhere a plus is a plus.
 */
const BY_A_FORM = /%(?!20|22|3C|3E|60|[89A-F][0-9A-F])[0-9A-F]{2}/i;

/** The values of a query. */
export function valuesOf(query: string): URLSearchParams {
  const pairs = query.split('&').map((pair) => (BY_A_FORM.test(pair) ? pair : pair.replaceAll('+', '%2B')));
  return new URLSearchParams(pairs.join('&'));
}

/** What needs no escape behind a `#`, and is easier to read and to type without. */
const PLAIN = { '%2C': ',', '%3A': ':', '%2F': '/', '%3D': '=' };

/** A query that reads as it is typed: `z=2.1,-1.3`. */
export function queryOf(values: URLSearchParams): string {
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(/%2C|%3A|%2F|%3D/g, (code) => PLAIN[code as keyof typeof PLAIN]);
  return [...values].map(([key, value]) => `${escaped(key)}=${escaped(value)}`).join('&');
}
