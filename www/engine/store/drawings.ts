// The visitor's own drawings in the browser's store: one collection, written whole.
import { withStore } from './database';

/** A collection of another version is left alone: it belongs to another version of the page. */
export const VERSION = 1;

export interface KeptDrawings {
  version: number;
  classes: string[];
  drawings: { label: number; pixels: Uint8Array<ArrayBuffer> }[];
}

const KEY = 'collection';

/** What is kept; null where there is none, or none that this page can read. */
export async function readDrawings(): Promise<KeptDrawings | null> {
  const kept: unknown = await withStore((database) => database.get('drawings', KEY));
  return isWhole(kept) ? kept : null;
}

export async function writeDrawings(kept: KeptDrawings): Promise<void> {
  await withStore((database) => database.put('drawings', kept, KEY));
}

export async function removeDrawings(): Promise<void> {
  await withStore((database) => database.delete('drawings', KEY));
}

function isWhole(record: unknown): record is KeptDrawings {
  if (typeof record !== 'object' || record === null) return false;
  const { version, classes, drawings } = record as Partial<KeptDrawings>;
  return (
    version === VERSION &&
    Array.isArray(classes) &&
    classes.every((name) => typeof name === 'string') &&
    Array.isArray(drawings) &&
    drawings.every(
      ({ label, pixels }) =>
        Number.isInteger(label) &&
        label < classes.length &&
        pixels instanceof Uint8Array &&
        pixels.length === 784,
    )
  );
}
