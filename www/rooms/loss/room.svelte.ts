// The Loss room's state: what it is set to, kept in the address, and the way to the engine.
import { engineOf, type Engine, type Role } from '../../engine/client';
import { sayFailure } from '../../engine/say-failure';
import { read, standard, write, type Settings } from './settings';

class Room {
  set = $state.raw<Settings>(standard);
  /** What the address asked for and cannot have. */
  bad = $state.raw<string[]>([]);

  take(values: URLSearchParams) {
    const { settings, bad } = read(values);
    this.set = settings;
    this.bad = bad;
  }

  give(): Record<string, string | null> {
    return write(this.set);
  }

  change(changes: Partial<Settings>) {
    this.set = { ...this.set, ...changes };
  }
}

export const room = new Room();

/** What the engine answers, or null after it was said why there is no answer. */
export async function ask<Answer>(
  role: Role,
  question: (engine: Engine) => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await question(await engineOf(role));
  } catch (error) {
    sayFailure(role)(error);
    return null;
  }
}
