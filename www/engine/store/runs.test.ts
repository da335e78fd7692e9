// The store of runs on a real implementation of IndexedDB.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { close } from './database';
import { StoreError } from './failure';
import { BLOCK, VERSION, blocksOf, type Piece, type RunRecord } from './records';
import { MOST_KEPT } from './room';
import { readCurves, readRun, readRuns, removeRun, renameRun, writeRun } from './runs';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await close().catch(() => undefined);
});

const record = (key: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  version: VERSION,
  key,
  revision: 0,
  name: null,
  dataSet: 'fashion-mnist',
  imagesId: 'some images',
  classes: 10,
  settings: { hidden: [], optimizer: { kind: 'sgd' } } as unknown as RunRecord['settings'],
  learningRates: [{ step: 0, learningRate: 0.1 }],
  changedAt: 1,
  step: 3,
  batchesPerEpoch: 4,
  epochs: [],
  twinOf: null,
  exams: [],
  isOver: false,
  writer: 'a tab',
  base: null,
  ...changes,
});

const curve = (length: number, from = 0) => Float32Array.from({ length }, (_, at) => from + at);

/** A piece with all batches from `from` on. */
function piece(run: RunRecord, from = 0, state: Uint8Array<ArrayBuffer> | null = null): Piece {
  const first = Math.floor(from / BLOCK);
  const losses = curve(run.step - first * BLOCK, first * BLOCK);
  return { record: run, blocks: blocksOf(run.key, first, { losses, accuracies: losses }), state };
}

const state = (bytes: number) => new Uint8Array(bytes).fill(7);

describe('the store of runs', () => {
  test('gives back what was written, the oldest first, and its curves apart from the list', async () => {
    await writeRun(piece(record('b', { changedAt: 2, step: BLOCK + 5 })), 'new');
    const whole = record('a', { changedAt: 1, base: { step: 2, bytes: 9 } });
    await writeRun(piece(whole, 0, state(9)), 'new');
    const { runs, damaged } = await readRuns();
    expect(damaged).toBe(0);
    expect(runs.map(({ key, revision }) => [key, revision])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    // What the list needs is small, whatever the network.
    expect(runs[0]).toEqual({ ...whole, revision: 1 });
    expect((await readCurves('b'))?.losses).toEqual(curve(BLOCK + 5));
    expect((await readRun('a'))?.state).toEqual(state(9));
    expect((await readRun('b'))?.state).toBe(null);
    expect(await readRun('nobody')).toBe(null);
  });

  test('takes what is new, and forgets what was taken back', async () => {
    await writeRun(piece(record('a', { step: 2 * BLOCK + 10 })), 'new');
    await writeRun(piece(record('a', { step: 2 * BLOCK + 20 }), 2 * BLOCK + 10), 'mine');
    expect((await readCurves('a'))?.losses).toEqual(curve(2 * BLOCK + 20));
    await writeRun(piece(record('a', { step: BLOCK }), BLOCK), 'mine');
    expect((await readCurves('a'))?.losses).toEqual(curve(BLOCK));
    // Not a batch of the former end is left to be taken for a new one.
    const database = await openDB('atelier');
    expect(await database.count('curves')).toBe(1);
    database.close();
  });

  test('curves with a gap are none', async () => {
    await writeRun(piece(record('a', { step: 2 * BLOCK + 10 })), 'new');
    const database = await openDB('atelier');
    await database.delete('curves', ['a', 1]);
    database.close();
    expect(await readCurves('a')).toBe(null);
  });

  test('keeps a name that was given meanwhile, and what another writer made its own', async () => {
    await writeRun(piece(record('a')), 'new');
    expect((await renameRun('a', 'mine'))?.revision).toBe(2);
    await writeRun(piece(record('a', { step: 4, revision: 1 })), 'mine');
    expect((await readRuns()).runs[0]).toMatchObject({ name: 'mine', step: 4, revision: 3 });
    await writeRun(piece(record('a', { writer: 'another tab' })), 'taken-up');
    expect(await writeRun(piece(record('a', { step: 9 })), 'mine')).toBe('taken');
    expect((await readRuns()).runs[0]).toMatchObject({ step: 3, writer: 'another tab' });
    await removeRun('a');
    expect(await writeRun(piece(record('a', { step: 9 })), 'mine')).toBe('gone');
    expect(await renameRun('a', 'whose')).toBe(null);
    expect(await readRuns()).toEqual({ runs: [], damaged: 0 });
  });

  test('makes room by the oldest without a name, with all that it had', async () => {
    for (let age = 0; age < MOST_KEPT; age++) {
      const base = { step: 3, bytes: 5 };
      await writeRun(piece(record(`run ${age}`, { changedAt: 100 - age, base }), 0, state(5)), 'new');
    }
    await renameRun(`run ${MOST_KEPT - 1}`, 'the first of all');
    await writeRun(piece(record('one more', { changedAt: 200 })), 'new');
    const { runs } = await readRuns();
    expect(runs.length).toBe(MOST_KEPT);
    expect(runs[0]?.name).toBe('the first of all');
    expect(runs.some((run) => run.key === `run ${MOST_KEPT - 2}`)).toBe(false);
    const database = await openDB('atelier');
    expect(await database.count('states')).toBe(MOST_KEPT - 1);
    expect(await database.count('curves')).toBe(MOST_KEPT);
    database.close();
  });

  test('damaged records are counted and left out', async () => {
    await writeRun(piece(record('a')), 'new');
    const database = await openDB('atelier');
    await database.put('runs', { key: 'broken', version: VERSION });
    database.close();
    const { runs, damaged } = await readRuns();
    expect([runs.map((run) => run.key), damaged]).toEqual([['a'], 1]);
  });

  test('opens the store again after the browser has closed it', async () => {
    await writeRun(piece(record('a')), 'new');
    const database = await connection();
    // As in the background, or with the site's data: without a word beforehand.
    database.close();
    await writeRun(piece(record('a', { step: 4 })), 'mine');
    expect((await readRuns()).runs[0]?.step).toBe(4);
    // And as another tab does that clears the data.
    await new Promise<void>((resolve, reject) => {
      const clearing = indexedDB.deleteDatabase('atelier');
      clearing.onsuccess = () => resolve();
      clearing.onblocked = () => reject(new Error('the store was not let go'));
    });
    expect(await writeRun(piece(record('a', { step: 5 })), 'mine')).toBe('gone');
    expect(await readRuns()).toEqual({ runs: [], damaged: 0 });
  });

  test('an opening that failed is tried again', async () => {
    const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    await expect(writeRun(piece(record('a')), 'new')).rejects.toMatchObject({ failure: 'unavailable' });
    opening.mockRestore();
    await writeRun(piece(record('a')), 'new');
    expect((await readRuns()).runs.length).toBe(1);
  });

  test('says what is in the way: a full disk, another version, silence', async () => {
    await readRuns();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(writeRun(piece(record('a')), 'new')).rejects.toMatchObject({ name: 'QuotaExceededError' });
    full.mockRestore();

    await close();
    const newer = await openDB('atelier', 99);
    await expect(readRuns()).rejects.toMatchObject({ failure: 'newer-page' });
    newer.close();

    globalThis.indexedDB = new IDBFactory();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.spyOn(indexedDB, 'open').mockImplementation(neverAnswered);
    const silent = readRuns().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await silent).toBeInstanceOf(StoreError);
    expect(await silent).toMatchObject({ failure: 'silent' });
    vi.useRealTimers();
  });

  test('a page of the first version that holds the store is named, and let in again when it lets go', async () => {
    const old = await openDB('atelier', 1, {
      upgrade: (database) => void database.createObjectStore('runs', { keyPath: 'key' }),
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const waiting = readRuns().catch((error: unknown) => error);
    // The store is asked, and says that it is blocked, in turns of its own.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toMatchObject({ failure: 'older-page' });
    vi.useRealTimers();
    old.close();
    expect(await readRuns()).toEqual({ runs: [], damaged: 0 });
  });

  test('records of the first version are taken over', async () => {
    const old = await openDB('atelier', 1, {
      upgrade: (database) => void database.createObjectStore('runs', { keyPath: 'key' }),
    });
    const { key, name, dataSet, settings, batchesPerEpoch, epochs, twinOf, exams } = record('old', {
      name: 'first',
    });
    const rest = { key, name, dataSet, settings, batchesPerEpoch, epochs, twinOf, exams };
    const [losses, accuracies] = [curve(BLOCK + 1), curve(BLOCK + 1)];
    await old.put('runs', {
      ...rest,
      version: 1,
      changedAt: 5,
      step: BLOCK + 1,
      losses,
      accuracies,
      state: state(40),
    });
    await old.put('runs', { key: 'broken', version: 1, losses: 'none' });
    old.close();
    const { runs, damaged } = await readRuns();
    expect(damaged).toBe(1);
    expect(runs).toMatchObject([
      { key: 'old', name: 'first', step: BLOCK + 1, isOver: true, base: { bytes: 40 } },
    ]);
    expect(runs[0]).not.toHaveProperty('state');
    const kept = await readRun('old');
    expect(kept?.state).toEqual(state(40));
    expect(kept?.curves?.losses).toEqual(losses);
  });
});

/** A request as a store gives it that has stopped answering. */
function neverAnswered(): IDBOpenDBRequest {
  const listening = { addEventListener: () => undefined, removeEventListener: () => undefined };
  return Object.assign(Object.create(IDBOpenDBRequest.prototype) as IDBOpenDBRequest, listening);
}

/** The store's own connection, which nobody else has a hand on. */
async function connection(): Promise<IDBDatabase> {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await readRuns();
  const found = transaction.mock.contexts[0] as IDBDatabase;
  transaction.mockRestore();
  return found;
}
