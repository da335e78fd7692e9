// The stages' switches in the address: only what differs from the defaults is written.
import type { DrawSettings } from '../../engine/api/reading';

const SWITCHES = ['fit', 'centre', 'matchPen', 'antiAlias'] as const;

/** What the address asks for; anything it cannot mean is left as it is in `now`. */
export function switchesFrom(values: URLSearchParams, now: DrawSettings): DrawSettings {
  const settings = { ...now };
  for (const name of SWITCHES) {
    const asked = values.get(name);
    if (asked === '0' || asked === '1') settings[name] = asked === '1';
  }
  const width = Number(values.get('pen') ?? NaN);
  if (width >= 0.5 && width <= 6) settings.penWidth = width;
  return settings;
}

/** The address's values for `settings`; null where they are the defaults. */
export function switchesTo(settings: DrawSettings, defaults: DrawSettings): Record<string, string | null> {
  const changes: Record<string, string | null> = {};
  for (const name of SWITCHES)
    changes[name] = settings[name] === defaults[name] ? null : settings[name] ? '1' : '0';
  const same = Math.abs(settings.penWidth - defaults.penWidth) < 1e-6;
  changes['pen'] = same ? null : String(Math.round(settings.penWidth * 10) / 10);
  return changes;
}
