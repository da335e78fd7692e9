// Where the visitor is: `#/room?key=value`, or `#/room/part?key=value`. What a room can be set to stands in the
// address, so that a lesson or a bug report is a link; and what a room was set to when it was left is remembered, so
// that a link back leads to it as it was.
import { hashOf, partsOf, queryOf, valuesOf } from './address-text';

/** Says nothing of where a visitor is: it stays with the visitor, not with a room. */
const LANGUAGE = 'lang';

class Address {
  /** The room that the address leads to; its name is one of those that `lead` was told. */
  room = $state('');
  /** What stands behind the room in the path: the lesson of `#/course/lesson`. */
  part = $state<string | null>(null);
  values = $state.raw(new URLSearchParams());
  /** What the address asked for that does not exist; said once, then forgotten. */
  unknown = $state<string | null>(null);

  private names: ReadonlySet<string> = new Set();
  private withParts: ReadonlySet<string> = new Set();
  private first = '';
  /** The query of each room, as it was left. */
  private left = $state.raw<ReadonlyMap<string, string>>(new Map());

  constructor() {
    this.read();
    addEventListener('hashchange', () => this.read());
  }

  /**
   * Tells which rooms there are, which of them stands at the empty address and takes those who ask for one that does
   * not exist, and which have parts of their own.
   */
  lead(names: readonly string[], first: string, withParts: readonly string[] = []) {
    this.names = new Set(names);
    this.withParts = new Set(withParts);
    this.first = first;
    this.read();
  }

  private read() {
    const { path, query } = partsOf(location.hash);
    const [room = '', ...rest] = path;
    const isKnown = this.names.has(room) && (rest.length === 0 || this.withParts.has(room));
    this.unknown = room === '' || isKnown ? null : path.join('/');
    this.room = isKnown ? room : this.first;
    this.part = isKnown && rest.length > 0 ? rest.join('/') : null;
    this.values = valuesOf(query);
    this.keep(this.room, this.values);
  }

  /** Whether `set` with these values would change the address. */
  differsFrom(changes: Record<string, string | number | null>): boolean {
    return changed(this.values, changes).toString() !== this.values.toString();
  }

  /** Writes values of the present room into the address; `null` removes one. Makes no history entry. */
  set(changes: Record<string, string | number | null>) {
    const next = changed(this.values, changes);
    if (next.toString() === this.values.toString()) return;
    this.values = next;
    this.keep(this.room, next);
    const hash = hashOf([...this.pathOf(this.room), ...(this.part?.split('/') ?? [])], queryOf(next));
    history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
  }

  /** Remembers values of a room that is no longer here; gives back all that is remembered of it. */
  remember(room: string, changes: Record<string, string | null>): URLSearchParams {
    const values = changed(valuesOf(this.left.get(room) ?? ''), changes);
    this.keep(room, values);
    return values;
  }

  private keep(room: string, values: URLSearchParams) {
    if (!this.names.has(room)) return;
    const own = queryOf(changed(values, { [LANGUAGE]: null }));
    if (this.left.get(room) !== own) this.left = new Map(this.left).set(room, own);
  }

  /** Where a link to a room leads: to the room as it was left, or with the values that are given. */
  linkTo(room: string, values?: Record<string, string | number>): string {
    const asked = values && queryOf(changed(new URLSearchParams(), values));
    return hashOf(this.pathOf(room), asked ?? this.left.get(room) ?? '');
  }

  /** The first room stands at the empty address; it has no parts. */
  private pathOf(room: string): string[] {
    return room === this.first ? [] : [room];
  }

  /** Goes to a room, as a link would. */
  go(room: string, values?: Record<string, string | number>) {
    location.hash = this.linkTo(room, values);
  }
}

function changed(values: URLSearchParams, changes: Record<string, string | number | null>): URLSearchParams {
  const next = new URLSearchParams(values);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key);
    else next.set(key, String(value));
  }
  return next;
}

export const address = new Address();
