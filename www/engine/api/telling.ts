// What the worker tells the page of the present run: numbers at most once a frame, pictures less often.
import type { EpochRecord, RateFrom, Report, Scores } from '../pkg/atelier';
import type { Run } from './run';
import type { Settings } from './training';

/**
 * The page hears less than once a frame, and of pictures less often still: it looks as smooth, and where cores are
 * few, what is drawn takes time from what trains.
 */
const REPORT_MILLISECONDS = 1000 / 15;
const PICTURES_MILLISECONDS = 500;
/** At a pace that leaves the machine idle, pictures follow sooner. */
const PACED_PICTURES_MILLISECONDS = 150;

/** What one message to the page carries; `runId` tells an old run's words from the present one's. */
export interface Progress {
  kind: 'progress';
  runId: number;
  playing: boolean;
  report: Report;
  /** As the engine has them now, but the learning rate: that is the one it began with; see `report`. */
  settings: Settings;
  learningRates: RateFrom[];
  /** How many changes of live settings it has heard of. */
  changes: number;
  /** Accuracy on the test images each time the final exam was taken. */
  exams: number[];
  /** From which step to which the steps are being made again that were made before. */
  catchingUp: { from: number; to: number } | null;
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
  /** Of every weight's bits: equal hashes, equal networks. Null while they change. */
  hash: string | null;
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

/** Tells the page where the run stands when it is time for it, or in any case the `whole` of it. */
export function tell(now: Run, whole: boolean) {
  const time = performance.now();
  const { trainer } = now;
  const report = trainer.report();
  if (report.finishedEpochs !== now.validatedEpochs) {
    now.validation = validationOf(now, report);
    now.validatedEpochs = report.finishedEpochs;
  }
  if (!now.catchingUp) now.keeper.note(now.playing, now.workedMilliseconds);
  if (!whole && time - now.sentAt < REPORT_MILLISECONDS) return;
  const firstStep = now.sentSteps;
  const epochs = report.finishedEpochs === now.sentEpochs ? null : trainer.history();
  const wait = now.metronome ? PACED_PICTURES_MILLISECONDS : PICTURES_MILLISECONDS;
  const pictures = whole || time - now.picturesAt >= wait ? paint(now) : null;
  if (pictures) now.picturesAt = time;
  now.sentAt = time;
  now.sentSteps = report.step;
  now.sentEpochs = report.finishedEpochs;
  now.listener({
    kind: 'progress',
    runId: now.id,
    playing: now.playing,
    report,
    settings: trainer.settings() as Settings,
    learningRates: trainer.learningRates(),
    changes: now.changes,
    exams: now.keeper.exams,
    catchingUp: now.catchingUp && { from: now.catchingUp.from, to: now.catchingUp.goal.step },
    firstStep,
    losses: trainer.batchLosses(firstStep),
    accuracies: trainer.batchAccuracies(firstStep),
    epochs,
    epochMilliseconds: now.epochClock.milliseconds,
    trainedMilliseconds: now.trainedMilliseconds,
    trainedSteps: now.trainedSteps,
    hash: now.playing ? null : hashOf(now, report.step),
    pictures,
  });
}

function hashOf(now: Run, step: number): string {
  if (now.hashedStep !== step) {
    now.hash = now.trainer.weightsHash();
    now.hashedStep = step;
  }
  return now.hash;
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
