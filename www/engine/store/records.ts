// What is kept of a run: a small record for the list, its curves in blocks, and a state of the engine to go on from.
import type { DataSetName } from '../api/held';
import type { Settings } from '../api/training';
import type { EpochRecord, RateFrom } from '../pkg/atelier';

/** A record of another version is left alone: it belongs to another version of the page. */
export const VERSION = 2;

/** The network that a run began with, where it is from a file. */
export interface OpenedFrom {
  /** The file's name. */
  name: string;
  fingerprint: string;
}

/** What a run was made from and has lived through. Taken from the run itself, never from what the page shows. */
export interface RunRecord {
  version: number;
  key: string;
  /** Counts up with every change, so that of two the newer one is known. */
  revision: number;
  /** The visitor's name for it, or null. */
  name: string | null;
  dataSet: DataSetName;
  /** Tells its images from others of the same name; null in records of older pages. */
  imagesId: string | null;
  /** How many classes they have. */
  classes: number;
  /** As the engine has them: the learning rate is the one that it began with. */
  settings: Settings;
  /** Every learning rate, by the step from which on it acts; empty in records of older pages. */
  learningRates: RateFrom[];
  changedAt: number;
  step: number;
  batchesPerEpoch: number;
  epochs: EpochRecord[];
  /** The network that it began with, where that was not drawn from the seed; missing in records of older pages. */
  openedFrom?: OpenedFrom | null;
  /** The run it is a twin of, by key. */
  twinOf: string | null;
  /** Accuracy on the test images each time the final exam was taken. */
  exams: number[];
  /** All epochs done, stopped early, or diverged. */
  isOver: boolean;
  /** Who writes it: of two that do, the one that finds the other's mark lets go. */
  writer: string;
  /**
   * The state that is kept, at or before `step`: what came after it is made again, to the bit, by the same steps.
   * Null where the way there is short from the very start, which is a function of the settings.
   */
  base: { step: number; bytes: number } | null;
}

/** Steps in a block of curves: as many as are worth writing at once. */
export const BLOCK = 1024;

/** Losses and accuracies of the batches from `block · BLOCK` on. */
export interface Block {
  key: string;
  block: number;
  losses: Float32Array;
  accuracies: Float32Array;
}

/** A run's curves, whole. */
export interface KeptCurves {
  losses: Float32Array;
  accuracies: Float32Array;
}

/** What is written at once: the record, and what is new of the rest. */
export interface Piece {
  record: RunRecord;
  blocks: Block[];
  /** The state that `record.base` tells of, where it is not there already. */
  state: Uint8Array<ArrayBuffer> | null;
}

/** A key for a run that is new in this browser; only to tell its own records apart. */
export function newKey(): string {
  return `${Date.now().toString(36)}-${mark()}`;
}

/** What nobody else has; `randomUUID` is there on secure origins only. */
export function mark(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** True when a record read back is one that this page can show. */
export function isWhole(record: unknown): record is RunRecord {
  if (typeof record !== 'object' || record === null) return false;
  const run = record as Partial<RunRecord>;
  return (
    run.version === VERSION &&
    typeof run.key === 'string' &&
    Number.isInteger(run.revision) &&
    (run.name === null || typeof run.name === 'string') &&
    typeof run.dataSet === 'string' &&
    (run.imagesId === null || typeof run.imagesId === 'string') &&
    Number.isInteger(run.classes) &&
    areSettings(run.settings) &&
    Array.isArray(run.learningRates) &&
    Number.isFinite(run.changedAt) &&
    Number.isInteger(run.step) &&
    Number.isInteger(run.batchesPerEpoch) &&
    (run.batchesPerEpoch ?? 0) > 0 &&
    Array.isArray(run.epochs) &&
    Array.isArray(run.exams) &&
    typeof run.isOver === 'boolean' &&
    (run.base === null || Number.isInteger(run.base?.step))
  );
}

export function areSettings(settings: Partial<Settings> | null | undefined): settings is Settings {
  return Array.isArray(settings?.hidden) && typeof settings.optimizer?.kind === 'string';
}

/** The curves of `blocks`, which are in order; null where some of the first `step` batches are missing. */
export function joined(blocks: Block[], step: number): KeptCurves | null {
  const losses = new Float32Array(step);
  const accuracies = new Float32Array(step);
  let end = 0;
  for (const block of blocks) {
    const start = block.block * BLOCK;
    if (start >= step) break;
    if (start !== end || block.losses.length !== block.accuracies.length) return null;
    losses.set(block.losses.subarray(0, step - start), start);
    accuracies.set(block.accuracies.subarray(0, step - start), start);
    end = start + block.losses.length;
  }
  return end >= step ? { losses, accuracies } : null;
}

/** The block that the batch after `step` others goes into. */
export const blockOf = (step: number) => Math.floor(step / BLOCK);

/** The blocks from number `first` on, of curves that begin there: whole ones, but for the last. */
export function blocksOf(key: string, first: number, { losses, accuracies }: KeptCurves): Block[] {
  return Array.from({ length: Math.ceil(losses.length / BLOCK) }, (_, at): Block => {
    const [start, end] = [at * BLOCK, (at + 1) * BLOCK];
    return {
      key,
      block: first + at,
      losses: losses.slice(start, end),
      accuracies: accuracies.slice(start, end),
    };
  });
}
