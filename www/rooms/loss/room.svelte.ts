// The Loss room's state: what it is set to, kept in the address.
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
