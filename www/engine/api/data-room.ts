// What the Data room looks at: numbers of images, whole sets, and two searches.
import {
  ClosestPairs,
  DoubtfulLabels,
  PixelStatistics,
  classMeans,
  permutation,
  trainIndices,
  type ClosePair,
  type Doubts,
  type Palette,
  type ScaledPixel,
  type Scaling,
  type ScalingView,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';
import type { Part } from '../loading/set-progress';
import { fill, sliced } from './turn';

/** The course's split, whose training part the standardising is fitted on. */
const SPLIT = { validationFraction: 0.2, seed: 42 };

/** Which images to show, and in what order. */
export type Show = 'first' | 'random' | { class: number };

/** The images' numbers in the order to show them; `seed` is of the random order. */
export function order(name: DataSetName, part: Part, show: Show, seed: number): Uint32Array {
  const set = held(name)[part];
  if (show === 'random') return permutation(set.length, seed);
  const all = Uint32Array.from({ length: set.length }, (_, index) => index);
  if (show === 'first') return all;
  const labels = set.labels;
  return all.filter((index) => labels[index] === show.class);
}

/** The 784 numbers of an image. */
export function pixels(name: DataSetName, part: Part, index: number): Uint8Array {
  return held(name)[part].image(index);
}

export interface ClassSummary {
  /** How many images it has. */
  count: number;
  /** Their mean. */
  mean: ImageData | null;
}

/** Counts and mean images of the classes of the training set. */
export function classes(name: DataSetName, palette: Palette): ClassSummary[] {
  const { train } = held(name);
  const means = classMeans(train, palette);
  return [...train.classCounts].map((count, label) => ({ count, mean: means[label] ?? null }));
}

let counted: { train: object; statistics: PixelStatistics; numImages: number } | null = null;

function statistics(name: DataSetName) {
  const { train } = held(name);
  if (counted?.train !== train) {
    counted?.statistics.free();
    const indices = trainIndices(train.length, SPLIT.validationFraction, SPLIT.seed);
    counted = { train, statistics: new PixelStatistics(train, indices), numImages: indices.length };
  }
  return counted;
}

/** The histogram of every pixel of the training part, scaled; and of how many images it is. */
export function histogram(
  name: DataSetName,
  scaling: Scaling,
  low: number,
  high: number,
  bins: number,
): ScalingView & { numImages: number } {
  const { statistics: counts, numImages } = statistics(name);
  return { ...counts.view(scaling, low, high, bins), numImages };
}

/** One pixel of one training image, before and after scaling. */
export function scaledPixel(name: DataSetName, scaling: Scaling, image: number, pixel: number): ScaledPixel {
  return statistics(name).statistics.pixel(scaling, image, pixel);
}

export interface SearchProgress<Found> {
  /** 0…1 */
  share: number;
  done: boolean;
  found: Found;
}

interface Search<Found> {
  advance(work: number): boolean;
  readonly share: number;
  free(): void;
  found: () => Found;
}

/** Counts up when a search is to stop, because the visitor left or began another. */
const searches = { pairs: 0, doubts: 0 };

/** The closest pairs among training and test images; test images are counted on from the training images. */
export function findClosePairs(
  name: DataSetName,
  wanted: number,
  listener: (progress: SearchProgress<ClosePair[]>) => void,
): Promise<void> {
  const { train, test } = held(name);
  const search = new ClosestPairs(train, test, wanted);
  return searchThrough('pairs', Object.assign(search, { found: () => search.pairs() }), 20_000, listener);
}

/** The training images whose label a network that was not trained on them finds least likely. */
export function findDoubts(
  name: DataSetName,
  wanted: number,
  seed: number,
  listener: (progress: SearchProgress<Doubts>) => void,
): Promise<void> {
  const search = new DoubtfulLabels(held(name).train, seed);
  return searchThrough('doubts', Object.assign(search, { found: () => search.doubts(wanted) }), 4, listener);
}

export function stopSearch(which: 'pairs' | 'doubts') {
  searches[which] += 1;
}

async function searchThrough<Found>(
  which: 'pairs' | 'doubts',
  search: Search<Found>,
  work: number,
  listener: (progress: SearchProgress<Found>) => void,
): Promise<void> {
  const id = ++searches[which];
  let done = false;
  try {
    await sliced((milliseconds) => (done = fill(milliseconds, () => search.advance(work))), {
      report: () => listener({ share: search.share, done, found: search.found() }),
      isWanted: () => searches[which] === id,
    });
  } finally {
    search.free();
  }
}
