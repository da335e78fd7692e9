// Settings that a task holds as it has them.
import type { Settings } from './api/training';
import type { SettingsTable } from './pkg/atelier';

export interface HeldSettings {
  keys: readonly (keyof Settings)[];
  /** The task's settings, from the engine's defaults and its table. */
  make: (usual: Settings, table: SettingsTable) => Settings;
}

/** The values that are held. */
export function heldOf(
  held: HeldSettings | null,
  usual: Settings | null,
  table: SettingsTable | null,
): Partial<Settings> {
  if (!held || !usual || !table) return {};
  const all = held.make(usual, table);
  return Object.fromEntries(held.keys.map((key) => [key, all[key]]));
}

export function areHeld(settings: Settings | null, held: Partial<Settings>): boolean {
  const keys = Object.keys(held) as (keyof Settings)[];
  return (
    settings !== null && keys.every((key) => JSON.stringify(settings[key]) === JSON.stringify(held[key]))
  );
}
