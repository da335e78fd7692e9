// Drawings beside the data: the training images near one, and lessons on them. Where the data is, there it runs:
// MNIST lies in the `lab` worker, Fashion-MNIST in the `trainer`.
import { Model, nearestImages, shareNearer, type Palette } from '../pkg/atelier';
import { held, isHeld, type DataSetName } from './held';
import { painted } from './painted';
import { modelCard, type OfficialSet } from './reading';
import { present } from './run';

/** A network with the data that it learns from. */
export interface TrainedNetwork {
  /** As a file. */
  bytes: Uint8Array;
  dataSet: DataSetName;
  classNames: string[];
}

/** In the `trainer` worker: the network as it is trained now; null before the first run. */
export function trainedNetwork(): TrainedNetwork | null {
  const run = present();
  if (!run) return null;
  const { trainer, dataSet } = run;
  return { bytes: trainer.modelBytes(), dataSet, classNames: trainer.modelClassNames() };
}

export interface Neighbours {
  images: { index: number; label: number; distance: number; pixels: ImageData | null }[];
  /** Share of the set's test images that lie nearer to the training images than this drawing, 0…1. */
  share: number;
}

/** The training images of `set` most like `image`; null while this worker does not have them. */
export async function neighbours(
  set: OfficialSet,
  image: Float32Array,
  count: number,
  palette: Palette,
): Promise<Neighbours | null> {
  if (!isHeld(set)) return null;
  const { nearestDistance } = await modelCard();
  const { train } = held(set);
  const found = nearestImages(image, train, count);
  const labelled = found.map(({ index, distance }) => ({ index, distance, label: train.label(index) }));
  return {
    images: painted(train, labelled, palette),
    share: shareNearer(new Float32Array(nearestDistance[set]), found[0]?.distance ?? 0),
  };
}

export interface LessonResult {
  /** Drawings read right before and after, of `drawings`. */
  drawings: number;
  rightBefore: number;
  rightAfter: number;
  /** Share of the 10,000 MNIST test images read right. */
  testBefore: number;
  testAfter: number;
  /** The taught model as a file. */
  bytes: Uint8Array;
}

/** Fine-tunes a model, given as a file, on drawings with a mix of MNIST training images. */
export function teach(
  bytes: Uint8Array,
  images: Float32Array,
  labels: Uint8Array,
  steps: number,
  seed: number,
): LessonResult {
  const model = Model.fromBytes(bytes);
  const { train, test } = held('mnist');
  const taught = model.taught(images, labels, train, steps, seed);
  const right = (of: Model) =>
    labels.reduce((sum, label, at) => {
      const { prediction } = of.read(images.subarray(at * 784, (at + 1) * 784));
      return sum + (prediction === label ? 1 : 0);
    }, 0);
  const result = {
    drawings: labels.length,
    rightBefore: right(model),
    rightAfter: right(taught),
    testBefore: model.accuracy(test),
    testAfter: taught.accuracy(test),
    bytes: taught.toBytes(),
  };
  model.free();
  taught.free();
  return result;
}
