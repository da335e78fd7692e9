// The store of drawings on a real implementation of IndexedDB.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { close } from './database';
import { readDrawings, removeDrawings, VERSION, writeDrawings } from './drawings';
import { readRuns } from './runs';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(async () => {
  await close().catch(() => undefined);
});

const kept = {
  version: VERSION,
  classes: ['a', 'b'],
  drawings: [{ label: 1, pixels: new Uint8Array(784).fill(7) }],
};

test('drawings come back as they were kept, until they are removed', async () => {
  expect(await readDrawings()).toBe(null);
  await writeDrawings(kept);
  expect(await readDrawings()).toEqual(kept);
  await removeDrawings();
  expect(await readDrawings()).toBe(null);
});

test('drawings that this page cannot read are none, and stay', async () => {
  await writeDrawings({ ...kept, version: VERSION + 1 });
  expect(await readDrawings()).toBe(null);
  await writeDrawings({ ...kept, drawings: [{ label: 2, pixels: new Uint8Array(784) }] });
  expect(await readDrawings()).toBe(null);
  await writeDrawings({ ...kept, drawings: [{ label: 0, pixels: new Uint8Array(783) }] });
  expect(await readDrawings()).toBe(null);
});

test('a store of the page before gets a place for drawings, and its runs stay', async () => {
  const old = await openDB('atelier', 2, {
    upgrade(database) {
      database.createObjectStore('runs', { keyPath: 'key' });
      database.createObjectStore('curves', { keyPath: ['key', 'block'] });
      database.createObjectStore('states');
    },
  });
  await old.put('runs', { key: 'old', version: 2 });
  await old.put('states', new Uint8Array(3), 'old');
  old.close();
  await writeDrawings(kept);
  expect(await readDrawings()).toEqual(kept);
  expect((await readRuns()).damaged).toBe(1);
  await close();
  const now = await openDB('atelier');
  expect([await now.count('runs'), await now.get('states', 'old')]).toEqual([1, new Uint8Array(3)]);
  now.close();
});
