// Runs kept in this browser: what they were made from, their curves, and the state to go on from.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DataSetName } from './api/data';
import type { Settings } from './api/training';
import type { EpochRecord } from './pkg/atelier';

/** A record of another version is left alone: it belongs to another version of the page. */
const VERSION = 1;

export interface KeptRun {
  version: number;
  key: string;
  /** The visitor's name for it, or null. */
  name: string | null;
  dataSet: DataSetName;
  settings: Settings;
  changedAt: number;
  step: number;
  batchesPerEpoch: number;
  losses: Float32Array;
  accuracies: Float32Array;
  epochs: EpochRecord[];
  /** The engine's own record of the whole run. */
  state: Uint8Array;
  /** The run it is a twin of, by key. */
  twinOf: string | null;
  /** Accuracy on the test images each time the final exam was taken. */
  exams: number[];
  /** All epochs done, stopped early, or diverged; records of older pages do not say. */
  isOver?: boolean;
}

interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun };
}

/** True when a record read back is one that this page can show and go on with. */
export function isWhole(record: unknown): record is KeptRun {
  if (typeof record !== 'object' || record === null) return false;
  const run = record as Partial<KeptRun>;
  return (
    run.version === VERSION &&
    typeof run.key === 'string' &&
    (run.name === null || typeof run.name === 'string') &&
    typeof run.dataSet === 'string' &&
    typeof run.settings === 'object' &&
    run.settings !== null &&
    Array.isArray(run.settings.hidden) &&
    typeof run.settings.optimizer?.kind === 'string' &&
    Number.isInteger(run.step) &&
    Number.isInteger(run.batchesPerEpoch) &&
    (run.batchesPerEpoch ?? 0) > 0 &&
    run.losses instanceof Float32Array &&
    run.accuracies instanceof Float32Array &&
    run.losses.length === run.step &&
    run.accuracies.length === run.step &&
    Array.isArray(run.epochs) &&
    run.state instanceof Uint8Array &&
    Array.isArray(run.exams)
  );
}

/** A key for a run that is new in this browser; only to tell its own records apart. */
export function newKey(): string {
  return `${Date.now().toString(36)}-${Math.floor(Math.random() * 1e9).toString(36)}`;
}

export function newRecord(fields: Omit<KeptRun, 'version'>): KeptRun {
  return { version: VERSION, ...fields };
}

/** The store; null where this browser has none or forbids it: runs then live until the tab closes. */
async function open(): Promise<IDBPDatabase<Schema> | null> {
  try {
    return await openDB<Schema>('atelier', VERSION, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'key' });
      },
    });
  } catch {
    return null;
  }
}

let opened: Promise<IDBPDatabase<Schema> | null> | null = null;
const database = () => (opened ??= open());

/** Every whole run, oldest first, and how many records were damaged and left out. */
export async function readRuns(): Promise<{ runs: KeptRun[]; damaged: number }> {
  const records: unknown[] = (await (await database())?.getAll('runs')) ?? [];
  const runs = records.filter(isWhole).sort((a, b) => a.changedAt - b.changedAt);
  return { runs, damaged: records.length - runs.length };
}

/** False when the browser had no room for it. */
export async function writeRun(run: KeptRun): Promise<boolean> {
  try {
    await (await database())?.put('runs', run);
    return true;
  } catch {
    return false;
  }
}

export async function removeRun(key: string): Promise<void> {
  await (await database())?.delete('runs', key);
}
