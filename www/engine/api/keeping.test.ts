// Runs kept by their keeper, in a real engine and a real implementation of IndexedDB.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../loading/support';
import { KeptHere } from '../kept-here';
import { DataSet, Trainer, defaultTrainingSettings } from '../pkg/atelier';
import { close } from '../store/database';
import { readRun, readRuns } from '../store/runs';
import { hold } from './held';
import { Keeper, type Kept, type Origin } from './keeping';
import { restored } from './taking-up';
import type { Settings } from './training';

/** 200 images of noise: 160 to train on, in 40 batches an epoch. */
function images(seed: number): DataSet {
  let state = seed;
  const noise = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const pixels = Uint8Array.from({ length: 200 * 784 }, noise);
  const labels = Uint8Array.from({ length: 200 }, () => noise() % 10);
  return DataSet.fromBytes(
    pixels,
    labels,
    Array.from({ length: 10 }, (_, k) => `class ${k}`),
  );
}

const EPOCH = 40;
const settings: Settings = { ...(defaultTrainingSettings() as Settings), batchSize: 4, epochs: 60 };
const origin: Origin = {
  key: 'ours',
  dataSet: 'fashion-mnist',
  imagesId: 'noise',
  classes: 10,
  twinOf: null,
  openedFrom: null,
  from: null,
};

let set: DataSet;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  set = images(1);
  hold('fashion-mnist', { train: set, test: images(2) });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await close().catch(() => undefined);
});

/** A trainer and its keeper, and what that has said so far. */
function begun(what: Partial<Origin> = {}, trainer = new Trainer(set, settings)) {
  const said: Kept[] = [];
  const keeper = new Keeper(trainer, { ...origin, ...what }, (kept) => said.push(kept));
  keeper.begin(0);
  /** The next thing that it says, after all that was said already. */
  const next = async (after = said.length) => {
    await vi.waitFor(() => expect(said.length).toBeGreaterThan(after));
    return said[after] as Kept;
  };
  return { trainer, keeper, said, next };
}

/** The kept run again, where it stood. */
async function again(key = 'ours'): Promise<Trainer> {
  const kept = await readRun(key);
  if (!kept) throw new Error('nothing is kept');
  const trainer = restored(kept);
  if (typeof trainer === 'string') throw new Error(trainer);
  trainer.runTowards(kept.record.step, kept.record.epochs.length, Infinity);
  expect(trainer.batchLosses(0)).toEqual(kept.curves?.losses);
  return trainer;
}

/** Work that is worth a state. */
const LONG = 10_000;

describe('a keeper', () => {
  test('says that a run is kept when it is durable', async () => {
    const { trainer, keeper, next } = begun();
    trainer.runSteps(3);
    const word = next();
    keeper.note(false, 1);
    expect(await word).toMatchObject({ kind: 'kept', record: { key: 'ours', step: 3, base: null } });
    expect((await readRuns()).runs).toMatchObject([{ key: 'ours', step: 3 }]);
  });

  test('keeps what a run was made from and has lived through, not what comes after it', async () => {
    const { trainer, keeper, next } = begun();
    trainer.runSteps(3);
    trainer.setLearningRate(0.02);
    trainer.setEpochs(7);
    trainer.runSteps(2);
    keeper.exams.push(0.5);
    keeper.note(false, 1);
    await next();
    expect((await readRuns()).runs[0]).toMatchObject({
      dataSet: 'fashion-mnist',
      imagesId: 'noise',
      settings: { seed: settings.seed, epochs: 7, learningRate: settings.learningRate },
      learningRates: [
        { step: 0, learningRate: settings.learningRate },
        { step: 3, learningRate: 0.02 },
      ],
      exams: [0.5],
    });
  });

  test.each([0, LONG])('what is kept after %i ms of work is the run, to the bit', async (work) => {
    const { trainer, keeper, next } = begun();
    trainer.runSteps(2 * EPOCH + 3);
    if (work > 0) vi.spyOn(performance, 'now').mockReturnValue(performance.now() + work);
    keeper.note(false, work);
    await next();
    vi.restoreAllMocks();
    trainer.setLearningRate(0.02);
    trainer.runSteps(2 * EPOCH);
    keeper.note(false, work + 1);
    await next();
    const { record } = (await readRun('ours')) ?? {};
    // The newest snapshot of a small network: they are 64 steps apart.
    expect(record?.base?.step).toBe(work > 0 ? 64 : undefined);
    expect((await again()).weightsHash()).toBe(trainer.weightsHash());
  });

  test('a run is over when its last validation ends, although no further batch was made', async () => {
    const { trainer, keeper, next } = begun({}, new Trainer(set, { ...settings, epochs: 1 }));
    const report = trainer.runSteps(EPOCH);
    expect(report.phase).toBe('validating');
    keeper.note(false, 1);
    expect(await next()).toMatchObject({ record: { step: EPOCH, epochs: [], isOver: false } });
    trainer.run(Infinity, 1);
    keeper.note(false, 2);
    expect(await next()).toMatchObject({ record: { step: EPOCH, epochs: [{ epoch: 1 }], isOver: true } });
    // And it stays so when it is taken up, and has nothing to add.
    keeper.note(false, 2);
    expect((await again()).report().stopped).toEqual({ kind: 'finished' });
  });

  test('what was taken back is taken back in the store, also where a state was kept', async () => {
    const { trainer, keeper, next } = begun();
    trainer.runSteps(2);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + LONG);
    keeper.note(false, LONG);
    await next();
    vi.restoreAllMocks();
    trainer.backOneStep();
    trainer.backOneStep();
    keeper.rewound(0);
    trainer.setLearningRate(0.05);
    trainer.runSteps(1);
    keeper.note(false, LONG + 1);
    await next();
    const kept = await readRun('ours');
    expect(kept?.record).toMatchObject({ step: 1, learningRates: [{ step: 0, learningRate: 0.05 }] });
    expect((await again()).weightsHash()).toBe(trainer.weightsHash());
  });

  test('writes everything anew when the store has lost it', async () => {
    const { trainer, keeper, next, said } = begun();
    trainer.runSteps(3);
    keeper.note(false, 1);
    await next();
    await new Promise((resolve) => (indexedDB.deleteDatabase('atelier').onsuccess = resolve));
    trainer.runSteps(2);
    keeper.note(false, 2);
    await next();
    expect(said.map((kept) => kept.kind)).toEqual(['kept', 'kept']);
    expect((await again()).weightsHash()).toBe(trainer.weightsHash());
  });

  test('goes on under a key of its own when another tab has gone on with the run', async () => {
    const ours = begun();
    ours.trainer.runSteps(3);
    ours.keeper.note(false, 1);
    await ours.next();
    const record = (await readRuns()).runs[0];
    if (!record) throw new Error('nothing is kept');
    const theirs = begun({ from: { record, isStored: true } }, await again());
    theirs.trainer.setLearningRate(0.5);
    theirs.trainer.runSteps(1);
    theirs.keeper.note(false, 1);
    await theirs.next();

    ours.trainer.runSteps(5);
    ours.keeper.note(false, 2);
    expect(await ours.next()).toMatchObject({ kind: 'moved', from: 'ours' });
    await ours.next(2);
    expect((await again('ours')).weightsHash()).toBe(theirs.trainer.weightsHash());
    expect((await again(ours.keeper.key)).weightsHash()).toBe(ours.trainer.weightsHash());
  });

  test('hands to the page what the store does not take, and to the store what it missed once it takes again', async () => {
    const { trainer, keeper, next, said } = begun();
    const here = new KeptHere();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    for (const steps of [1100, 300]) {
      trainer.runSteps(steps);
      keeper.note(false, LONG * said.length);
      const word = await next();
      expect(word).toMatchObject({ kind: 'not-kept', failure: 'full' });
      if (word.kind === 'not-kept') here.take(word.piece);
    }
    const kept = here.get('ours');
    expect(kept?.curves?.losses).toEqual(trainer.batchLosses(0));
    const back = kept && restored(kept);
    if (!back || typeof back === 'string') throw new Error('not kept here');
    expect(kept.record.base?.step).toBeGreaterThan(1100);
    back.runTowards(1400, kept.record.epochs.length, Infinity);
    expect(back.weightsHash()).toBe(trainer.weightsHash());

    full.mockRestore();
    trainer.runSteps(1);
    keeper.note(false, 2 * LONG);
    expect(await next()).toMatchObject({ kind: 'kept', record: { step: 1401 } });
    expect((await again()).weightsHash()).toBe(trainer.weightsHash());
  });

  test('keeps the end of a run that is left, and its engine may go at once', async () => {
    const { trainer, keeper, next } = begun();
    trainer.runSteps(3);
    keeper.note(false, 1);
    await next();
    trainer.runSteps(2);
    const hash = trainer.weightsHash();
    // A second of training is worth keeping, though no epoch ended.
    keeper.leave(1000);
    trainer.free();
    expect(await next(1)).toMatchObject({ kind: 'being-kept', record: { step: 5 } });
    expect(await next(2)).toMatchObject({ kind: 'kept', record: { step: 5 } });
    expect((await again()).weightsHash()).toBe(hash);
  });

  test('drops a start that is left, and leaves alone what has not changed', async () => {
    const start = begun();
    start.trainer.runSteps(3);
    start.keeper.note(false, 1);
    await start.next();
    start.keeper.leave(10);
    expect(await start.next(1)).toEqual({ kind: 'dropped', key: 'ours' });
    await vi.waitFor(async () => expect((await readRuns()).runs).toEqual([]));

    const whole = begun();
    whole.trainer.runSteps(EPOCH + 1);
    whole.keeper.note(false, 1);
    await whole.next();
    whole.keeper.leave(10);
    expect(whole.said[1]).toEqual({ kind: 'left', key: 'ours' });
    expect((await readRuns()).runs[0]).toMatchObject({ step: EPOCH + 1, revision: 1 });
  });
});
