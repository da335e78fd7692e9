// Runs in the browser's store: read, written, named, removed. For the page and for its worker.
import { announce } from './announcing';
import { withStore } from './database';
import { BLOCK, isWhole, joined, type KeptCurves, type Piece, type RunRecord } from './records';
import { leaving } from './room';

/** Everything that the list shows, oldest first, and how many records were damaged and left out. */
export async function readRuns(): Promise<{ runs: RunRecord[]; damaged: number }> {
  const records: unknown[] = await withStore((database) => database.getAll('runs'));
  const runs = records.filter(isWhole).sort((one, other) => one.changedAt - other.changedAt);
  return { runs, damaged: records.length - runs.length };
}

/** A run's curves; null where they are not whole. */
export async function readCurves(key: string): Promise<KeptCurves | null> {
  return (await readRun(key, false))?.curves ?? null;
}

export interface KeptRun {
  record: RunRecord;
  curves: KeptCurves | null;
  state: Uint8Array<ArrayBuffer> | null;
}

/** All of a run, as it was at one moment; null where there is none that is whole. */
export function readRun(key: string, withState = true): Promise<KeptRun | null> {
  return withStore(async (database) => {
    const reading = database.transaction(withState ? ['runs', 'curves', 'states'] : ['runs', 'curves']);
    const record: unknown = await reading.objectStore('runs').get(key);
    if (!isWhole(record)) return null;
    const blocks = await reading.objectStore('curves').getAll(blocksOfRun(key));
    const state = withState ? await reading.objectStore('states').get(key) : undefined;
    return { record, curves: joined(blocks, record.step), state: state ?? null };
  });
}

const blocksOfRun = (key: string, from = 0) => IDBKeyRange.bound([key, from], [key, Infinity]);

/** What became of a piece: written, and as which record; its run was removed; another one writes that run now. */
export type Written = { kept: RunRecord } | 'gone' | 'taken';

/**
 * Writes what is new of a run, all of it or nothing. As `new` it makes room for it; `mine` goes on where this
 * writer wrote before; `taken-up` makes it this writer's.
 */
export async function writeRun(piece: Piece, as: 'new' | 'mine' | 'taken-up'): Promise<Written> {
  const { record, blocks, state } = piece;
  const { key } = record;
  const gone: string[] = [];
  const written = await withStore(async (database): Promise<Written> => {
    const writing = database.transaction(['runs', 'curves', 'states'], 'readwrite', {
      durability: 'relaxed',
    });
    const [runs, curves, states] = [
      writing.objectStore('runs'),
      writing.objectStore('curves'),
      writing.objectStore('states'),
    ];
    const old = await runs.get(key);
    if (!old && as !== 'new') return 'gone';
    if (old && as === 'mine' && old.writer !== record.writer) return 'taken';
    // A name given meanwhile, in whichever tab, stays.
    const kept = {
      ...record,
      name: old?.name ?? record.name,
      revision: Math.max(old?.revision ?? 0, record.revision) + 1,
    };
    const asked: Promise<unknown>[] = [runs.put(kept)];
    for (const block of blocks) asked.push(curves.put(block));
    asked.push(curves.delete(blocksOfRun(key, Math.ceil(record.step / BLOCK))));
    if (state) asked.push(states.put(state, key));
    else if (!record.base) asked.push(states.delete(key));
    if (!old || state) {
      const all: unknown[] = await runs.getAll();
      const others = all.filter(isWhole).filter((run) => run.key !== key);
      gone.splice(0, Infinity, ...leaving(others, record.base?.bytes ?? 0));
      for (const one of gone)
        asked.push(runs.delete(one), curves.delete(blocksOfRun(one)), states.delete(one));
    }
    await Promise.all([...asked, writing.done]);
    return { kept };
  });
  if (typeof written === 'object') {
    announce({ kind: 'kept', record: written.kept });
    for (const one of gone) announce({ kind: 'removed', key: one });
  }
  return written;
}

/** Gives a run a name, or takes it away; null where the run is gone. */
export async function renameRun(key: string, name: string | null): Promise<RunRecord | null> {
  const renamed = await withStore(async (database) => {
    const writing = database.transaction('runs', 'readwrite');
    const old = await writing.store.get(key);
    if (!old) return null;
    const record = { ...old, name, revision: old.revision + 1 };
    await Promise.all([writing.store.put(record), writing.done]);
    return record;
  });
  if (renamed) announce({ kind: 'kept', record: renamed });
  return renamed;
}

export async function removeRun(key: string): Promise<void> {
  await withStore(async (database) => {
    const writing = database.transaction(['runs', 'curves', 'states'], 'readwrite');
    await Promise.all([
      writing.objectStore('runs').delete(key),
      writing.objectStore('curves').delete(blocksOfRun(key)),
      writing.objectStore('states').delete(key),
      writing.done,
    ]);
  });
  announce({ kind: 'removed', key });
}
