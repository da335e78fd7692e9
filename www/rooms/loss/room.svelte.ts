// The Loss room's state: what it is set to, kept in the address.
import { standard, type Settings } from './settings';

class Room {
  set = $state.raw<Settings>(standard);

  change(changes: Partial<Settings>) {
    this.set = { ...this.set, ...changes };
  }
}

export const room = new Room();
