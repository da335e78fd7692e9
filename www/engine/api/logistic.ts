// Logistic regression: the folds of a cross-validation.
//
// A fold's worker is sent the images once, learns one fold after another, and is simply ended when the
// visitor cancels: nothing of it is needed afterwards.
import * as Comlink from 'comlink';
import {
  DataSet,
  LogisticRun,
  defaultLogisticSettings,
  type LogisticEpoch,
  type LogisticRunSettings,
  type LogisticSettings,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';

/** Settings with none left out; `tol` alone may be missing, for never. */
export type Settings = Required<Omit<LogisticRunSettings, 'classifier'>> & {
  classifier: Required<Omit<LogisticSettings, 'tol'>> & Pick<LogisticSettings, 'tol'>;
};

/** Nobody speaks to a fold's worker, so its slices may be long. */
const FOLD_SLICE_MILLISECONDS = 100;

/** The course's settings. */
export function defaults(): Settings {
  return defaultLogisticSettings() as Settings;
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
  /** The first held-out image, and what the ten models say of it. */
  example: { image: number; label: number; decisions: number[]; shares: number[] };
  milliseconds: number;
}

function exampleOf(set: DataSet, model: LogisticRun): FoldResult['example'] {
  const image = model.heldOutIndices()[0] ?? 0;
  const pixels = set.image(image);
  return {
    image,
    label: set.labels[image] ?? 0,
    decisions: [...model.decisions(pixels)],
    shares: [...model.probabilities(pixels)],
  };
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
      example: exampleOf(folded, model),
      milliseconds: performance.now() - start,
    };
  } finally {
    model.free();
  }
}
