// Training: one trainer at a time, run in short slices so that whatever the
// visitor does is heard between two of them.
import {
  Trainer,
  defaultTrainingSettings,
  type EpochRecord,
  type Palette,
  type Report,
  type Scores,
  type TrainingSettings,
} from '../pkg/atelier';
import { EpochClock } from './epoch-clock';
import { held, type DataSetName } from './held';
import { batchesPerSecond, type Pace } from '../pace';
import { Metronome } from './metronome';
import { SLICE_MILLISECONDS, sliced } from './turn';

/**
 * The page hears less than once a frame, and of pictures less often still: it looks as smooth, and where cores are
 * few, what is drawn takes time from what trains.
 */
const REPORT_MILLISECONDS = 1000 / 15;
const PICTURES_MILLISECONDS = 500;
/** At a pace that leaves the machine idle, pictures follow sooner; and what is due is looked at about once a frame. */
const PACED_PICTURES_MILLISECONDS = 150;
const PACED_MILLISECONDS = 16;

/** What one message to the page carries; `runId` tells an old run's words from the present one's. */
export interface Progress {
  runId: number;
  playing: boolean;
  report: Report;
  /** Losses and accuracies of the batches from `firstStep` on. */
  firstStep: number;
  losses: Float32Array;
  accuracies: Float32Array;
  /** Every epoch so far when one was added or taken back, else null. */
  epochs: EpochRecord[] | null;
  /** Milliseconds that each of them took, its validation included; null where it was not seen whole. */
  epochMilliseconds: (number | null)[];
  /** Milliseconds of training and validation since the run began, without pauses. */
  trainedMilliseconds: number;
  /** Updates made in that time. */
  trainedSteps: number;
  pictures: Pictures | null;
}

export interface Pictures {
  /** Outputs for the watched test images, (images, classes). */
  probabilities: Float32Array;
  /** The weights into each unit of the first layer: one picture of 28×28 below the other. */
  weights: ImageData;
  /** The magnitude from which on a weight is painted opaque. */
  weightScale: number;
  numUnits: number;
  /** Scores on the validation images after the last finished epoch. */
  scores: Scores | null;
  /** The largest |∂L/∂W| of each layer in the last update, from the input up; null where it was not made here. */
  gradients: Float32Array | null;
}

/** What the network said of the validation images at the end of an epoch, in the order of the split. */
export interface Validation {
  scores: Scores;
  predictions: Uint8Array;
  /** The output for the class it said. */
  confidences: Float32Array;
}

/** Settings with none left out; `patience` alone may be missing, for never. */
export type Settings = Required<Omit<TrainingSettings, 'patience'>> & Pick<TrainingSettings, 'patience'>;

type Listener = (progress: Progress) => void;

interface Run {
  id: number;
  trainer: Trainer;
  watched: Uint8Array;
  listener: Listener;
  palette: Palette;
  playing: boolean;
  /** Epochs at which it stops by itself. */
  until: number;
  /** Null to train as fast as the machine can. */
  metronome: Metronome | null;
  sentSteps: number;
  sentEpochs: number;
  sentAt: number;
  picturesAt: number;
  /** After the last finished epoch, and how many were finished then. */
  validation: Validation | null;
  validatedEpochs: number;
  trainedMilliseconds: number;
  trainedSteps: number;
  epochClock: EpochClock;
}

let run: Run | null = null;

/** The present run's trainer if it is run `id`, for the other subjects of this worker. */
export function running(id: number): Trainer | null {
  return run?.id === id ? run.trainer : null;
}

/** What the last finished epoch of run `id` said of its validation images. */
export function lastValidation(id: number): Validation | null {
  return run?.id === id ? run.validation : null;
}

/** The trainer of the present run, for the other subjects of this worker; null before the first. */
export function current(): Trainer | null {
  return run?.trainer ?? null;
}

/** The course's settings. */
export function defaults(): Settings {
  return defaultTrainingSettings() as Settings;
}

/**
 * Starts a run at its first weights, in place of the present one. `watched` are test images whose
 * predictions are sent along. Throws the engine's error when a setting is out of range.
 */
export function create(
  id: number,
  dataSet: DataSetName,
  settings: Settings,
  watched: number[],
  palette: Palette,
  listener: Listener,
): void {
  const { train, test } = held(dataSet);
  const there = watched.filter((index) => index < test.length);
  begin(id, new Trainer(train, settings), images(test, there), palette, listener);
}

/** Goes on with a saved run, to the bit. */
export function restore(
  id: number,
  dataSet: DataSetName,
  saved: Uint8Array,
  watched: number[],
  palette: Palette,
  listener: Listener,
): Settings {
  const { train, test } = held(dataSet);
  const trainer = Trainer.restore(train, saved);
  const there = watched.filter((index) => index < test.length);
  begin(id, trainer, images(test, there), palette, listener);
  // As it was changed on the way.
  return { ...(trainer.settings() as Settings), learningRate: trainer.report().learningRate };
}

function begin(id: number, trainer: Trainer, watched: Uint8Array, palette: Palette, listener: Listener) {
  if (run) {
    run.playing = false;
    run.trainer.free();
  }
  run = {
    id,
    trainer,
    watched,
    listener,
    palette,
    playing: false,
    until: 0,
    metronome: null,
    sentSteps: 0,
    sentEpochs: -1,
    sentAt: -Infinity,
    picturesAt: -Infinity,
    validation: null,
    validatedEpochs: -1,
    trainedMilliseconds: 0,
    trainedSteps: 0,
    epochClock: new EpochClock(trainer.report()),
  };
  tell(run, true);
}

function images(set: { image(index: number): Uint8Array }, indices: number[]): Uint8Array {
  const all = new Uint8Array(indices.length * 784);
  indices.forEach((index, place) => all.set(set.image(index), place * 784));
  return all;
}

/** Trains until all epochs are done or `pause`. */
export function play(id: number, pace: Pace): Promise<void> {
  setPace(id, pace);
  return playUntil(id, Infinity);
}

/** Trains to the end of the present epoch. */
export function playEpoch(id: number, pace: Pace): Promise<void> {
  setPace(id, pace);
  if (run?.id !== id) return Promise.resolve();
  const { finishedEpochs } = run.trainer.report();
  // One more than planned when all are done.
  if (finishedEpochs >= (run.trainer.settings() as Settings).epochs)
    run.trainer.setEpochs(finishedEpochs + 1);
  return playUntil(id, finishedEpochs + 1);
}

/** Acts at once. The numbers are the same at any pace. */
export function setPace(id: number, pace: Pace): void {
  if (run?.id !== id) return;
  const perSecond = batchesPerSecond(pace, run.trainer.report().batchesPerEpoch);
  run.metronome = perSecond === null ? null : new Metronome(perSecond, performance.now());
}

/** One mini-batch, and the validation when it was an epoch's last. */
export function stepBatch(id: number): void {
  if (run?.id !== id) return;
  run.playing = false;
  timed(run, (trainer) => {
    const report = trainer.runSteps(1);
    return report.phase === 'validating' ? trainer.run(Infinity, report.finishedEpochs + 1) : report;
  });
  tell(run, true);
}

/** Takes back the last mini-batch, to the bit; false when there is none. */
export function backOneStep(id: number): boolean {
  if (run?.id !== id) return false;
  run.playing = false;
  const done = run.trainer.backOneStep();
  const report = run.trainer.report();
  run.epochClock.note(report, run.trainedMilliseconds);
  run.sentSteps = Math.min(run.sentSteps, report.step);
  run.sentEpochs = run.validatedEpochs = -1;
  tell(run, true);
  return done;
}

export function pause(id: number): void {
  if (run?.id !== id) return;
  run.playing = false;
  tell(run, true);
}

/** Acts on the next batch; nothing restarts. */
export function setLearningRate(id: number, learningRate: number): void {
  if (run?.id !== id) return;
  run.trainer.setLearningRate(learningRate);
  tell(run, true);
}

/** More or fewer epochs; nothing restarts. */
export function setEpochs(id: number, epochs: number): void {
  if (run?.id !== id) return;
  run.trainer.setEpochs(epochs);
  tell(run, true);
}

/** The theme changed: paint anew. */
export function setPalette(id: number, palette: Palette): void {
  if (run?.id !== id) return;
  run.palette = palette;
  tell(run, true);
}

/** A run as it is kept: the engine's own bytes to go on from, and what can be drawn without them. */
export interface Saved {
  bytes: Uint8Array;
  step: number;
  losses: Float32Array;
  accuracies: Float32Array;
  epochs: EpochRecord[];
}

/** The whole state, to go on from. */
export function save(id: number): Saved | null {
  if (run?.id !== id) return null;
  const { trainer } = run;
  return {
    bytes: trainer.save(),
    step: trainer.report().step,
    losses: trainer.batchLosses(0),
    accuracies: trainer.batchAccuracies(0),
    epochs: trainer.history(),
  };
}

/** A hash of every weight's bits: equal hashes, equal networks. */
export function weightsHash(id: number): string | null {
  return run?.id === id ? run.trainer.weightsHash() : null;
}

async function playUntil(id: number, finishedEpochs: number): Promise<void> {
  if (run?.id !== id || run.playing) return;
  const now = run;
  now.playing = true;
  now.until = finishedEpochs;
  const play = () => {
    const report = now.metronome ? walk(now, now.metronome) : slice(now);
    if (report.stopped || report.finishedEpochs >= now.until) now.playing = false;
    tell(now, !now.playing);
    return !now.playing;
  };
  await sliced(play, {
    // `pause`, `create` and the rest run in the gaps; a replaced run is no longer `run`.
    isWanted: () => run === now && now.playing,
    rest: () => (now.metronome ? PACED_MILLISECONDS : 0),
  });
}

/** As much as fits, but never beyond an epoch's end, so that its scores can be read before the next batch. */
function slice(now: Run): Report {
  const finished = now.trainer.report().finishedEpochs;
  return timed(now, (trainer) => trainer.run(SLICE_MILLISECONDS, finished + 1));
}

/** The batches that are due, as far as they fit in a slice; at an epoch's end a slice of its validation. */
function walk(now: Run, metronome: Metronome): Report {
  const start = performance.now();
  let report = now.trainer.report();
  let due = metronome.count(start);
  if (report.phase === 'validating') return slice(now);
  if (due === 0) return report;
  return timed(now, (trainer) => {
    do {
      report = trainer.runSteps(1);
      metronome.done();
    } while (--due > 0 && report.phase === 'training' && performance.now() - start < SLICE_MILLISECONDS);
    return report;
  });
}

function timed(now: Run, work: (trainer: Trainer) => Report): Report {
  const before = now.trainer.report().step;
  const start = performance.now();
  const report = work(now.trainer);
  now.trainedMilliseconds += performance.now() - start;
  now.trainedSteps += report.step - before;
  now.epochClock.note(report, now.trainedMilliseconds);
  return report;
}

/** Tells the page where the run stands when it is time for it, or in any case the `whole` of it. */
function tell(now: Run, whole: boolean) {
  const time = performance.now();
  const report = now.trainer.report();
  if (report.finishedEpochs !== now.validatedEpochs) {
    now.validation = validationOf(now, report);
    now.validatedEpochs = report.finishedEpochs;
  }
  if (!whole && time - now.sentAt < REPORT_MILLISECONDS) return;
  const firstStep = now.sentSteps;
  const epochs = report.finishedEpochs === now.sentEpochs ? null : now.trainer.history();
  const wait = now.metronome ? PACED_PICTURES_MILLISECONDS : PICTURES_MILLISECONDS;
  const pictures = whole || time - now.picturesAt >= wait ? paint(now) : null;
  if (pictures) now.picturesAt = time;
  now.sentAt = time;
  now.sentSteps = report.step;
  now.sentEpochs = report.finishedEpochs;
  now.listener({
    runId: now.id,
    playing: now.playing,
    report,
    firstStep,
    losses: now.trainer.batchLosses(firstStep),
    accuracies: now.trainer.batchAccuracies(firstStep),
    epochs,
    epochMilliseconds: now.epochClock.milliseconds,
    trainedMilliseconds: now.trainedMilliseconds,
    trainedSteps: now.trainedSteps,
    pictures,
  });
}

/** The validation that has just ended; while another epoch is under way, the one before it. */
function validationOf({ trainer, validation }: Run, report: Report): Validation | null {
  const predictions = trainer.validationPredictions();
  const scores = predictions.length === report.numValidation ? trainer.scores() : undefined;
  if (scores) return { scores, predictions, confidences: trainer.validationConfidences() };
  return report.finishedEpochs === 0 ? null : validation;
}

function paint(now: Run): Pictures {
  const { trainer } = now;
  const weightScale = trainer.weightScale;
  const weights = trainer.weightSheet(weightScale, now.palette);
  return {
    probabilities: trainer.predict(now.watched),
    weights,
    weightScale,
    numUnits: weights.height / weights.width,
    scores: now.validation?.scores ?? null,
    gradients: trainer.largestGradients() ?? null,
  };
}
