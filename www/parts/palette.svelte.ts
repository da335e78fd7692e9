// The theme's colours as the engine's pictures want them.
import type { Palette } from '../engine/pkg/atelier';
import { preferences } from './preferences.svelte';

/** A colour token's value now. Reading it inside an effect follows the theme. */
export function token(name: string): string {
  void preferences.theme;
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function rgb(name: string): [number, number, number] {
  const hex = token(name).slice(1);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** Ink for grey pixels, and the diverging pair; the paper shows through. */
export function palette(): Palette {
  return { ink: rgb('--ink'), positive: rgb('--positive'), negative: rgb('--negative') };
}
