// A room's values that live in the address and change at every frame of a drag.
//
// Browsers refuse to rewrite the address sixty times a second, so it is written when the values have rested.
import { untrack } from 'svelte';
import type { RoomName } from '../rooms';
import { address } from './address.svelte';

const REST_MILLISECONDS = 250;

/**
 * Reads the address with `take`, at first and whenever somebody else changed it; writes what `give` says.
 * Call it while the room's component starts.
 */
export function keepInAddress(
  room: RoomName,
  take: (values: URLSearchParams) => void,
  give: () => Record<string, string | null>,
) {
  let written: string | null = null;
  $effect.pre(() => {
    const { values } = address;
    if (address.room !== room || values.toString() === written) return;
    untrack(() => take(values));
  });
  $effect(() => {
    const changes = give();
    const timer = setTimeout(() => {
      if (address.room !== room) return;
      address.set(changes);
      written = address.values.toString();
    }, REST_MILLISECONDS);
    return () => clearTimeout(timer);
  });
}
