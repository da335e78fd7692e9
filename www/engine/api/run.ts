// The present run of this worker: its trainer, the images it was made from, and how far it is driven.
import type { Palette, Report, Trainer } from '../pkg/atelier';
import { EpochClock } from './epoch-clock';
import { held, isHeld, type DataSetName, type HeldSet } from './held';
import { Keeper, type Kept, type Origin } from './keeping';
import type { Metronome } from './metronome';
import type { OpenedFrom } from '../store/records';
import type { Progress, Validation } from './telling';

/** What the worker says unasked. */
export type Told = Progress | Kept;
export type Listener = (told: Told) => void;

/** Updates and finished epochs at which it stops by itself. */
export interface Goal {
  step: number;
  finishedEpochs: number;
  /** As fast as it goes, whatever the pace. */
  isAtOnce: boolean;
}

export interface Run {
  id: number;
  trainer: Trainer;
  set: HeldSet;
  dataSet: DataSetName;
  /** Test images whose predictions are watched. */
  watched: Uint8Array;
  listener: Listener;
  palette: Palette;
  keeper: Keeper;
  /** The network that it began with, where that is from a file. */
  openedFrom: OpenedFrom | null;
  /** It is being driven to its goal. */
  playing: boolean;
  goal: Goal;
  /** A loop drives it, or is about to see that it rests. */
  isDriven: boolean;
  /** Null to train as fast as the machine can. */
  metronome: Metronome | null;
  /** While steps that were made before are made again. */
  catchingUp: CatchingUp | null;
  sentSteps: number;
  sentEpochs: number;
  sentAt: number;
  picturesAt: number;
  /** After the last finished epoch, and how many were finished then. */
  validation: Validation | null;
  validatedEpochs: number;
  /** Of the weights at `hashedStep`. */
  hash: string;
  hashedStep: number;
  /** Milliseconds of work, and those of them that trained on. */
  workedMilliseconds: number;
  trainedMilliseconds: number;
  trainedSteps: number;
  epochClock: EpochClock;
  /** Changes of live settings that it has heard of. */
  changes: number;
}

export interface CatchingUp {
  /** The first step that is made again, and where the run stood. */
  from: number;
  goal: Goal;
  /** The losses that those steps had. */
  losses: Float32Array;
  /** Resolves when the run stands where it stood, or is left. */
  done: Promise<void>;
  end: () => void;
}

let run: Run | null = null;

export const present = (): Run | null => run;

/** The present run if it is run `id`. */
export const runOf = (id: number): Run | null => (run?.id === id ? run : null);

/** The present run's trainer if it is run `id`, for the other subjects of this worker. */
export const running = (id: number): Trainer | null => runOf(id)?.trainer ?? null;

/** The images of run `id`; null once others have taken their place. */
export function imagesOf(id: number): HeldSet | null {
  const found = runOf(id);
  return found && isHeld(found.dataSet) && held(found.dataSet) === found.set ? found.set : null;
}

/** What the last finished epoch of run `id` said of its validation images. */
export const lastValidation = (id: number): Validation | null => runOf(id)?.validation ?? null;

/** The trainer of the present run, for the other subjects of this worker; null before the first. */
export const current = (): Trainer | null => run?.trainer ?? null;

/** The present run ends: what is worth keeping is kept. */
export function leave() {
  const left = run;
  run = null;
  if (!left) return;
  left.playing = false;
  left.catchingUp?.end();
  // What was being made again is kept already.
  if (left.catchingUp) left.listener({ kind: 'left', key: left.keeper.key });
  else left.keeper.leave(left.trainedMilliseconds);
  left.trainer.free();
}

/** What a run is begun with, from the page. */
export interface Beginning {
  id: number;
  watched: number[];
  palette: Palette;
}

/** A run in place of the one that was left. */
export function begin(
  beginning: Beginning,
  listener: Listener,
  trainer: Trainer,
  what: Omit<Origin, 'imagesId' | 'classes'>,
): Run {
  const { id, watched, palette } = beginning;
  const set = held(what.dataSet);
  const origin = { ...what, imagesId: set.train.identity, classes: set.train.classNames.length };
  const there = watched.filter((index) => index < set.test.length);
  run = {
    id,
    trainer,
    set,
    dataSet: what.dataSet,
    watched: images(set.test, there),
    listener,
    palette,
    keeper: new Keeper(trainer, origin, listener),
    openedFrom: what.openedFrom,
    playing: false,
    goal: { step: 0, finishedEpochs: 0, isAtOnce: false },
    isDriven: false,
    metronome: null,
    catchingUp: null,
    sentSteps: 0,
    sentEpochs: -1,
    sentAt: -Infinity,
    picturesAt: -Infinity,
    validation: null,
    validatedEpochs: -1,
    hash: '',
    hashedStep: -1,
    workedMilliseconds: 0,
    trainedMilliseconds: 0,
    trainedSteps: 0,
    epochClock: new EpochClock(trainer.report()),
    changes: 0,
  };
  return run;
}

function images(set: { image(index: number): Uint8Array }, indices: number[]): Uint8Array {
  const all = new Uint8Array(indices.length * 784);
  indices.forEach((index, place) => all.set(set.image(index), place * 784));
  return all;
}

export const isThere = ({ step, finishedEpochs, stopped }: Report, goal: Goal): boolean =>
  Boolean(stopped) || (step >= goal.step && finishedEpochs >= goal.finishedEpochs);
