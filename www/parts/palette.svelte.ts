// The theme's colours as the engine's pictures want them.
import type { Palette } from '../engine/pkg/atelier';
import { preferences } from './preferences.svelte';

/** A colour token's value now, as #rrggbb. Reading it inside an effect follows the theme. */
export function token(name: string): string {
  void [preferences.theme, preferences.forcedColors];
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return value.startsWith('#') ? value : hexOf(value);
}

/** A colour that the system gives, by its name. */
function hexOf(colour: string): string {
  const probe = document.createElement('i');
  probe.style.color = colour;
  document.documentElement.append(probe);
  const parts =
    getComputedStyle(probe)
      .color.match(/[\d.]+/g)
      ?.slice(0, 3) ?? [];
  probe.remove();
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`;
}

function rgb(name: string): [number, number, number] {
  const hex = token(name).slice(1);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** Ink for grey pixels, and the diverging pair; the paper shows through. */
export function palette(): Palette {
  return {
    ink: rgb('--picture-ink'),
    positive: rgb('--picture-positive'),
    negative: rgb('--picture-negative'),
  };
}
