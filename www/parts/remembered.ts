// Small choices of a visitor, remembered in this browser. Storage may be forbidden; the page works without it.

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`atelier.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`atelier.${key}`, value);
  } catch {
    // See above.
  }
}
