// What there is to know of a run and its network, taken from the run itself; and the notes made of it for files.
import type { DataSetName } from '../api/held';
import type { Run } from '../api/run';
import type { Settings } from '../api/training';
import type { EpochRecord, RateFrom } from '../pkg/atelier';
import type { OpenedFrom } from '../store/records';

export interface Facts {
  /** Of the weights, as they are. */
  fingerprint: string;
  /** Updates made. */
  step: number;
  batchesPerEpoch: number;
  /** As the run began; the learning rate may have been changed since. */
  settings: Settings;
  learningRates: RateFrom[];
  epochs: EpochRecord[];
  /** Accuracy on the test images, each time they were asked. */
  exams: number[];
  dataSet: DataSetName;
  /** Tells its images from others. */
  imagesId: string;
  classes: string[];
  /** The network that it began with, where that is from a file. */
  openedFrom: OpenedFrom | null;
}

export function factsOf(run: Run): Facts {
  const { trainer, set, dataSet, keeper, openedFrom } = run;
  const { step, batchesPerEpoch } = trainer.report();
  return {
    fingerprint: trainer.weightsHash(),
    step,
    batchesPerEpoch,
    settings: trainer.settings() as Settings,
    learningRates: trainer.learningRates(),
    epochs: trainer.history(),
    exams: [...keeper.exams],
    dataSet,
    imagesId: set.train.identity,
    classes: set.train.classNames,
    openedFrom,
  };
}

/** How pixels become inputs, for whoever has only the file. */
const INPUTS = {
  safetensors:
    'An image of 28×28 pixels row by row, bytes 0…255, 0 is background. x = pixels.multiply · byte / 255 + pixels.add.',
  onnx: 'pixels: (N, 784) floats that are raw bytes 0…255, an image of 28×28 row by row, 0 is background. The graph scales them.',
  keras:
    '(N, 784) raw bytes 0…255, an image of 28×28 row by row, 0 is background. The first layer scales them.',
};

const WARNINGS = {
  safetensors:
    'Scale the pixels. Raw bytes leave most answers of many networks right, so that the mistake goes unnoticed.',
  onnx: 'Do not divide by 255 before: that would scale twice, and enough answers stay right to go unnoticed.',
  keras:
    'Do not divide by 255 before: that would scale twice, and enough answers stay right to go unnoticed.',
};

/** The notes of a file: a key and its text, one after the other. What is no sentence is JSON. */
export function notesOf(facts: Facts, format: keyof typeof INPUTS): string[] {
  const { settings, epochs, openedFrom } = facts;
  const last = epochs.at(-1);
  const notes: Record<string, string> = {
    made_by: 'Atelier, a playground for understanding neural networks',
    input: INPUTS[format],
    warning: WARNINGS[format],
    orientation: 'Weights are [in, out]: y = x · W + b.',
    classes: JSON.stringify(facts.classes),
    architecture: JSON.stringify({
      inputs: 784,
      hidden: settings.hidden,
      outputs: facts.classes.length,
      output: settings.output,
    }),
    settings: JSON.stringify(settings),
    learning_rates: JSON.stringify(facts.learningRates),
    seed: String(settings.seed),
    data_set: facts.dataSet,
    images: facts.imagesId,
    step: String(facts.step),
    // The last finished epoch's; the network may be some batches on.
    scores: JSON.stringify({ ...last, testAccuracy: facts.exams.at(-1) ?? null }),
    fingerprint: facts.fingerprint,
  };
  if (openedFrom) notes.began_with = JSON.stringify(openedFrom);
  return Object.entries(notes).flat();
}

/** A file's name without its ending: `atelier-fashion-mnist-0123abcd`. */
export const fileName = ({ dataSet, fingerprint }: Facts): string =>
  `atelier-${dataSet}-${fingerprint.slice(0, 8)}`;
