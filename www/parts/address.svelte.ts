// Where the visitor is: `#/room?key=value`. What a room can be set to stands in
// the address, so that a lesson or a bug report is a link.
import { isRoom, type RoomName } from '../rooms';

class Address {
  room = $state<RoomName>('train');
  values = $state.raw(new URLSearchParams());
  /** What the address asked for that does not exist; said once, then forgotten. */
  unknown = $state<string | null>(null);

  constructor() {
    this.read();
    addEventListener('hashchange', () => this.read());
  }

  private read() {
    const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
    const name = decodeOr(path);
    this.unknown = name === '' || isRoom(name) ? null : name;
    this.room = isRoom(name) ? name : 'train';
    this.values = new URLSearchParams(query);
  }

  /** Writes values of the present room into the address; `null` removes one. Makes no history entry. */
  set(changes: Record<string, string | number | null>) {
    const next = new URLSearchParams(this.values);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) next.delete(key);
      else next.set(key, String(value));
    }
    if (next.toString() === this.values.toString()) return;
    this.values = next;
    history.replaceState(null, '', `${location.pathname}${location.search}#${pathOf(this.room, next)}`);
  }

  /** Goes to a room, as a link would. */
  go(room: RoomName, values: Record<string, string | number> = {}) {
    location.hash = pathOf(room, new URLSearchParams(Object.entries(values).map(([k, v]) => [k, String(v)])));
  }
}

function pathOf(room: RoomName, values: URLSearchParams): string {
  const query = values.toString();
  return query ? `/${room}?${query}` : `/${room}`;
}

function decodeOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const address = new Address();
