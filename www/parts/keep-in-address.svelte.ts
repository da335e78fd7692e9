// The one way for a room to live in the address: it is read when somebody else wrote it, written when the room's
// settings change, and remembered when the room is left.
import { untrack } from 'svelte';
import { Allowance } from './allowance';
import { address } from './address.svelte';
import type { AddressForm } from './address-values';

const REST_MILLISECONDS = 250;
/** Safari refuses to rewrite the address more than a hundred times in thirty seconds, as a drag would. */
const allowance = new Allowance(10, 500);

export class InAddress {
  /** What the address asked for and cannot have; a room adds what it learns later. */
  bad = $state.raw<string[]>([]);
}

/** What each room was set to when it last wrote that query: an address may be too short for all of it. */
const lastWritten = new Map<string, { query: string; settings: unknown }>();

/**
 * `take` gets the settings of the address, at first and whenever somebody else changed it; `give` says the present
 * ones, or null while they are not known. Call it while the room's component starts.
 */
export function keepInAddress<Settings>(
  room: string,
  { read, write, shared = [] }: AddressForm<Settings>,
  take: (settings: Settings, here: InAddress) => void,
  give: () => Settings | null,
): InAddress {
  const here = new InAddress();
  /** The query that the room is set to. */
  let known: string | null = null;
  let unwritten: Settings | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  $effect.pre(() => {
    const { values } = address;
    const isHere = address.room === room;
    untrack(() => {
      // Its component stays until the next room's code has arrived: what is in the address then is not its own.
      if (!isHere) return leave();
      const query = queryBut(values);
      if (query === known) return;
      known = query;
      // A new address wins over what was not written yet.
      unwritten = null;
      const last = lastWritten.get(room);
      const asked = last?.query === query ? { settings: last.settings as Settings, bad: [] } : read(values);
      here.bad = asked.bad;
      take(asked.settings, here);
    });
  });
  $effect(() => {
    // An address that says less than the room is set to is told the rest.
    void address.values;
    const settings = give();
    if (settings === null) return;
    unwritten = settings;
    clearTimeout(timer);
    // A click is written at once, so that a reload finds it; of a drag the end, when it rests.
    if (untrack(isNews) && allowance.take()) untrack(flush);
    else timer = setTimeout(flush, REST_MILLISECONDS);
  });
  $effect(() => () => (address.room === room ? flush() : leave()));

  /** Whether the address says something else than what the room is set to. */
  function isNews(): boolean {
    return unwritten !== null && address.room === room && address.differsFrom(write(unwritten));
  }

  function flush() {
    if (address.room !== room) return leave();
    clearTimeout(timer);
    if (unwritten === null || known === null) return;
    address.set(write(unwritten));
    keep(unwritten, address.values);
    known = queryBut(address.values);
    unwritten = null;
  }

  /** Another room has the address: what this one was set to is only remembered. */
  function leave() {
    clearTimeout(timer);
    if (unwritten !== null && known !== null) keep(unwritten, address.remember(room, write(unwritten)));
    unwritten = null;
    address.remember(room, Object.fromEntries(shared.map((key) => [key, null])));
  }

  function keep(settings: Settings, values: URLSearchParams) {
    if (shared.length === 0) lastWritten.set(room, { query: queryBut(values), settings });
  }

  return here;
}

/** What of an address is a room's own. */
function queryBut(values: URLSearchParams): string {
  const own = new URLSearchParams(values);
  own.delete('lang');
  return own.toString();
}
