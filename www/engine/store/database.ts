// The browser's store for runs and drawings: opened when it is needed, and again after the browser has closed it.
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { StoreError } from './failure';
import type { Block, RunRecord } from './records';
import type { KeptDrawings } from './drawings';
import { moveOld } from './migration';

export interface Schema extends DBSchema {
  /** What the list shows. */
  runs: { key: string; value: RunRecord };
  curves: { key: [string, number]; value: Block };
  /** States of the engine, as it writes them, by the key of their run. */
  states: { key: string; value: Uint8Array<ArrayBuffer> };
  /** The visitor's own drawings: one collection. */
  drawings: { key: string; value: KeptDrawings };
}

export type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

const NAME = 'atelier';
const VERSION = 3;

/** A store that has not answered for so long is not waited for. Writing tens of megabytes to a slow disk takes seconds. */
const PATIENCE_MILLISECONDS = 10_000;

let opened: Promise<IDBPDatabase<Schema>> | null = null;
/** While another tab's older page holds the store. */
let isBlocked = false;

function open(): Promise<IDBPDatabase<Schema>> {
  const opening = begin(() => forget(opening));
  opening.then(
    () => (isBlocked = false),
    () => forget(opening),
  );
  return opening;
}

// Where the store is forbidden, opening it throws at once: an asynchronous function makes a rejection of that.
async function begin(closed: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(NAME, VERSION, {
    async upgrade(database, from, _, upgrade) {
      if (from < 1) database.createObjectStore('runs', { keyPath: 'key' });
      if (from < 2) {
        database.createObjectStore('curves', { keyPath: ['key', 'block'] });
        database.createObjectStore('states');
      }
      database.createObjectStore('drawings');
      if (from === 1) await moveOld(upgrade);
    },
    blocked: () => (isBlocked = true),
    // A newer page, or whoever clears the browser's data, has it at once.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      closed();
    },
    terminated: closed,
  });
}

function forget(which: Promise<IDBPDatabase<Schema>>) {
  if (opened === which) opened = null;
}

/**
 * Works with the store. A connection that the browser has closed, in the background or with the site's data, is
 * opened anew, once.
 *
 * Rejects with a [`StoreError`] or with what the store said.
 */
export async function withStore<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  for (let isSecond = false; ; isSecond = true) {
    const connection = (opened ??= open());
    let database: IDBPDatabase<Schema>;
    try {
      database = await patiently(connection);
    } catch (error) {
      // One that never answers may answer when it is asked once more; a blocked one answers when it is let in.
      if (!isBlocked) forget(connection);
      throw notOpened(error);
    }
    try {
      return await patiently(work(database));
    } catch (error) {
      const isFinal = error instanceof StoreError || (error as Error).name === 'QuotaExceededError';
      if (isSecond || isFinal) throw error;
      database.close();
      forget(connection);
    }
  }
}

function notOpened(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return new StoreError(name === 'VersionError' ? 'newer-page' : 'unavailable', message);
}

function patiently<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StoreError(isBlocked ? 'older-page' : 'silent', 'no answer')),
      PATIENCE_MILLISECONDS,
    );
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** Closes the connection; the next call opens it again. For tests. */
export async function close(): Promise<void> {
  const connection = opened;
  opened = null;
  (await connection)?.close();
}
