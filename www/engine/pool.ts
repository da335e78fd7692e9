// Folds side by side, as `cross_val_score(n_jobs=-1)`: a pool of workers, each with an engine of its own.
//
// A fold's result depends on the images, the settings and its number alone, so how many workers share them,
// and in which order they finish, changes nothing but the time.
import * as Comlink from 'comlink';
import type { DataSetName } from './api/held';
import type { FoldResult, Settings } from './api/logistic';
import { engineOf, startEngine } from './client';

export interface FoldProgress {
  fold: number;
  /** How much of it is learnt, 0…1. */
  share: number;
  /** There when it is done. */
  result: FoldResult | null;
}

export interface CrossValidation {
  dataSet: DataSetName;
  settings: Settings;
  numFolds: number;
  /** How many work side by side; as many as the machine has cores when left out. */
  numWorkers?: number;
  /** Aborting it ends all workers at once. */
  signal?: AbortSignal;
  onProgress?: (progress: FoldProgress) => void;
}

export interface Scores {
  folds: FoldResult[];
  /** Mean accuracy of the folds, 0…1. */
  mean: number;
  numWorkers: number;
  /** From the start of the first worker to the end of the last fold. */
  milliseconds: number;
}

/** Holds out each fold once. Rejects with the signal's reason when cancelled, with a fold's error when one fails. */
export async function crossValidate(work: CrossValidation): Promise<Scores> {
  const { numFolds, signal } = work;
  signal?.throwIfAborted();
  const start = performance.now();
  const numWorkers = Math.max(1, Math.min(numFolds, work.numWorkers ?? navigator.hardwareConcurrency));
  const waiting = Array.from({ length: numFolds }, (_, fold) => fold);
  const folds = new Array<FoldResult>(numFolds);
  const ends: (() => void)[] = [];
  const cancelled = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    const sources = await Promise.race([engineOf('trainer'), cancelled]);
    const working = Array.from({ length: numWorkers }, async (_, index) => {
      const { engine, end } = startEngine(`fold ${index + 1}`);
      ends.push(end);
      const logistic = (await engine).logistic;
      const bytes = await sources.logistic.imageBytes(work.dataSet);
      await logistic.holdForFolds(Comlink.transfer(bytes, [bytes.pixels.buffer, bytes.labels.buffer]));
      for (let fold = waiting.shift(); fold !== undefined; fold = waiting.shift()) {
        const now = fold;
        const onShare = Comlink.proxy((share: number) =>
          // By a port of its own: its last word may come after the fold's result.
          folds[now] ? undefined : work.onProgress?.({ fold: now, share, result: null }),
        );
        const result = await logistic.runFold(work.settings, numFolds, now, onShare);
        folds[now] = result;
        work.onProgress?.({ fold: now, share: 1, result });
      }
      // Its memory is free while the others finish.
      end();
    });
    await Promise.race([Promise.all(working), cancelled]);
  } finally {
    for (const end of ends) end();
  }
  const mean = folds.reduce((sum, fold) => sum + fold.accuracy, 0) / numFolds;
  return { folds, mean, numWorkers, milliseconds: performance.now() - start };
}
