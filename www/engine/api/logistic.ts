// Logistic regression: a run that plays and pauses, and the folds of a cross-validation.
//
// A fold's worker is sent the images once, learns one fold after another, and is simply ended when the
// visitor cancels: nothing of it is needed afterwards.
import * as Comlink from 'comlink';
import {
  DataSet,
  LogisticRun,
  defaultLogisticSettings,
  divergingPicture,
  type LogisticEpoch,
  type LogisticReport,
  type LogisticRunSettings,
  type LogisticSettings,
  type Palette,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';

export type { LogisticEpoch, LogisticReport };

/** Settings with none left out; `tol` alone may be missing, for never. */
export type Settings = Required<Omit<LogisticRunSettings, 'classifier'>> & {
  classifier: Required<Omit<LogisticSettings, 'tol'>> & Pick<LogisticSettings, 'tol'>;
};

/** A slice is shorter than a frame; a pause is heard after one, far below 50 ms. */
const SLICE_MILLISECONDS = 10;
/** The page hears at most once a frame, and of pictures less often. */
const REPORT_MILLISECONDS = 1000 / 60;
const PICTURES_MILLISECONDS = 200;
/** Nobody speaks to a fold's worker, so its slices may be long. */
const FOLD_SLICE_MILLISECONDS = 100;

/** What one message to the page carries; `runId` tells an old run's words from the present one's. */
export interface Progress {
  runId: number;
  playing: boolean;
  report: LogisticReport;
  /** Every epoch so far. */
  epochs: LogisticEpoch[];
  /** Milliseconds of learning since the run began, without pauses. */
  learntMilliseconds: number;
  pictures: Pictures | null;
}

export interface Pictures {
  /** Each model's w·x + b for the watched test images, (images, classes). */
  decisions: Float64Array;
  /** Each model's sigmoid of that, divided by their sum, (images, classes). */
  probabilities: Float64Array;
  /** One 28×28 RGBA picture after another: the weights of each model. */
  weights: Uint8Array;
  /** The magnitude painted opaque. */
  weightScale: number;
}

type Listener = (progress: Progress) => void;

interface Run {
  id: number;
  model: LogisticRun;
  watched: Uint8Array;
  classes: number;
  listener: Listener;
  palette: Palette;
  playing: boolean;
  sentAt: number;
  picturesAt: number;
  learntMilliseconds: number;
}

let run: Run | null = null;

/** The course's settings. */
export function defaults(): Settings {
  return defaultLogisticSettings() as Settings;
}

/** Starts a run that knows nothing, in place of the present one; `watched` are test images. */
export function create(
  id: number,
  dataSet: DataSetName,
  settings: Settings,
  watched: number[],
  palette: Palette,
  listener: Listener,
): void {
  const { train, test } = held(dataSet);
  const model = new LogisticRun(train, settings);
  drop();
  const pixels = new Uint8Array(watched.length * 784);
  watched.forEach((index, place) => pixels.set(test.image(index), place * 784));
  run = {
    id,
    model,
    watched: pixels,
    classes: train.classNames.length,
    listener,
    palette,
    playing: false,
    sentAt: -Infinity,
    picturesAt: -Infinity,
    learntMilliseconds: 0,
  };
  tell(run, true);
}

/** Ends the present run and frees its memory. */
export function drop(): void {
  if (!run) return;
  run.playing = false;
  run.model.free();
  run = null;
}

/** Learns until all epochs are done or `pause`. */
export function play(id: number): Promise<void> {
  return playUntil(id, Infinity);
}

/** Learns to the end of the present epoch. */
export function playEpoch(id: number): Promise<void> {
  return playUntil(id, run ? run.model.report().epoch + 1 : 0);
}

export function pause(id: number): void {
  if (run?.id !== id) return;
  run.playing = false;
  tell(run, true);
}

/** The theme changed: paint anew. */
export function setPalette(id: number, palette: Palette): void {
  if (run?.id !== id) return;
  run.palette = palette;
  tell(run, true);
}

async function playUntil(id: number, epoch: number): Promise<void> {
  if (run?.id !== id || run.playing) return;
  const now = run;
  now.playing = true;
  // `pause` and `create` run in the gaps; a replaced run is no longer `run`.
  while (run === now && now.playing) {
    const start = performance.now();
    const report = now.model.advance(SLICE_MILLISECONDS);
    now.learntMilliseconds += performance.now() - start;
    if (report.isFinished || report.epoch >= epoch) now.playing = false;
    tell(now, !now.playing);
    await nextTurn();
  }
}

function tell(now: Run, whole: boolean) {
  const time = performance.now();
  if (!whole && time - now.sentAt < REPORT_MILLISECONDS) return;
  const pictures = whole || time - now.picturesAt >= PICTURES_MILLISECONDS ? paint(now) : null;
  if (pictures) now.picturesAt = time;
  now.sentAt = time;
  now.listener({
    runId: now.id,
    playing: now.playing,
    report: now.model.report(),
    epochs: now.model.history(),
    learntMilliseconds: now.learntMilliseconds,
    pictures,
  });
}

function paint({ model, watched, classes, palette }: Run): Pictures {
  const weights = new Float32Array(classes * 784);
  for (let index = 0; index < classes; index++) weights.set(model.weights(index), index * 784);
  const painted = divergingPicture(weights, undefined, palette);
  const pictures: Pictures = {
    decisions: model.decisions(watched),
    probabilities: model.probabilities(watched),
    weights: painted.rgba,
    weightScale: painted.scale,
  };
  painted.free();
  return pictures;
}

const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();

/** Lets waiting messages in; a timer would wait 4 ms for nothing. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** The bytes of a set's training images, for the workers of a pool. */
export interface ImageBytes {
  pixels: Uint8Array;
  labels: Uint8Array;
  classNames: string[];
}

/** A copy of the training images, handed over without a second one. */
export function imageBytes(dataSet: DataSetName): ImageBytes {
  const { pixels, labels, classNames } = held(dataSet).train;
  return Comlink.transfer({ pixels, labels, classNames }, [pixels.buffer, labels.buffer]);
}

let folded: DataSet | null = null;

/** Takes the images that this worker's folds are cut from. */
export function holdForFolds({ pixels, labels, classNames }: ImageBytes): void {
  folded?.free();
  folded = DataSet.fromBytes(pixels, labels, classNames);
}

export interface FoldResult {
  /** Share of the held-out images that the models get right, 0…1. */
  accuracy: number;
  epochs: LogisticEpoch[];
  milliseconds: number;
}

/** Learns from all folds but `fold`, telling how much is done (0…1); resolves with how it does on that one. */
export function runFold(
  settings: Settings,
  numFolds: number,
  fold: number,
  onProgress: (share: number) => void,
): FoldResult {
  if (!folded) throw new Error('the images of the folds have not arrived');
  const start = performance.now();
  const model = LogisticRun.fold(folded, settings, numFolds, fold);
  try {
    for (;;) {
      const report = model.advance(FOLD_SLICE_MILLISECONDS);
      if (report.isFinished) break;
      onProgress((report.epoch + report.position / report.numSamples) / settings.classifier.maxIter);
    }
    onProgress(1);
    return {
      accuracy: model.accuracy(),
      epochs: model.history(),
      milliseconds: performance.now() - start,
    };
  } finally {
    model.free();
  }
}
