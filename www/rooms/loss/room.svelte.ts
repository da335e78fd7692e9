// The Loss room's state: what it is set to, kept in the address, and the way to the engine.
import { crashed, engineOf, isPanic, type Engine, type Role } from '../../engine/client';
import { messageOf, troubles } from '../../engine/troubles.svelte';
import { address } from '../../parts/address.svelte';
import { say } from '../../words/say.svelte';
import { read, standard, write, type Settings } from './settings';

/** Browsers refuse an address that changes with every move of a slider. */
const WRITE_MILLISECONDS = 250;

class Room {
  set = $state.raw<Settings>(standard);
  /** What the address asked for and cannot have. */
  bad = $state.raw<string[]>([]);

  private timer: ReturnType<typeof setTimeout> | null = null;

  /** Follows the address, unless what stands there is about to be replaced by our own. */
  follow(values: URLSearchParams) {
    if (this.timer !== null) return;
    const { settings, bad } = read(values);
    this.set = settings;
    this.bad = bad;
  }

  change(changes: Partial<Settings>) {
    this.set = { ...this.set, ...changes };
    this.bad = [];
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), WRITE_MILLISECONDS);
  }

  /** Writes what is still to be written; to be called when the room closes. */
  leave() {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private write() {
    this.timer = null;
    if (address.room === 'loss') address.set(write(this.set));
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
    if (isPanic(error)) {
      crashed(role);
      // The trainer's own keeper says it for the trainer.
      if (role !== 'trainer') troubles.say(() => say.shell.recovered);
    } else {
      const sentence = messageOf(error);
      troubles.say(() => sentence);
    }
    return null;
  }
}
