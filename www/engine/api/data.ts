// Data sets: fetched, decompressed, fed to the engine, looked at while they arrive.
//
// `load` resolves when a set is whole; call it again after it failed and it goes on where it stopped.
// Other subjects of the worker get the engine's images from `held` (./held.ts).
import { failureOf } from '../loading/failure';
import type { LoadProgress, Part } from '../loading/set-progress';
import { KeptFiles } from '../loading/kept-files';
import { identify, readOwnFile } from '../loading/own-files';
import { pairUp } from '../loading/pair-up';
import { filesOf } from '../loading/official';
import { SetLoad, type SetFile } from '../loading/set-load';
import { collectionSets, DataSet, IdxReader, type Palette } from '../pkg/atelier';
import { held, hold, isHeld, type DataSetName } from './held';
import { painted } from './painted';

export type { DataSetName, LoadProgress, Part };

/** The official class names; the page has its own words for them. */
const CLASS_NAMES: Partial<Record<DataSetName, string[]>> = {
  'fashion-mnist': [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

const keep = new KeptFiles();
const loads = new Map<DataSetName, SetLoad<IdxReader>>();

/** Fetches a set and tells how it goes; resolves with the last word once every image is there. */
export async function load(
  name: DataSetName,
  onProgress: (progress: LoadProgress) => void,
): Promise<LoadProgress> {
  const classNames = CLASS_NAMES[name];
  if (!classNames && !isHeld(name)) throw new Error(`${name} has no files to fetch`);
  if (isHeld(name)) return whole(name);
  let found = loads.get(name);
  if (!found) {
    found = new SetLoad(filesOf(name), (file, title) => new IdxReader(title, file.kind), { keep });
    loads.set(name, found);
  }
  try {
    const [trainLabels, testLabels, testImages, trainImages] = await found.run(onProgress);
    // A second caller may have finished the same load.
    if (!isHeld(name) && trainLabels && testLabels && testImages && trainImages) {
      loads.delete(name);
      hold(name, {
        train: new DataSet(trainImages, trainLabels, classNames ?? []),
        test: new DataSet(testImages, testLabels, classNames ?? []),
      });
    }
    return whole(name);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    // Counts that differ are found when both files are whole: fetch anew.
    if (failure.problem.kind === 'counts-differ') loads.delete(name);
    throw failure;
  }
}

/** The image files of a visitor's own set; no test file where a part of the training images is held out. */
export interface OwnParts {
  train: string;
  test: string | null;
}

/** Which images are held out when no test files come along. */
const OWN_TEST_SEED = 42;

/**
 * Makes a data set `own` of a visitor's files: images and labels, gzipped or not, with or without test
 * files. Without names the classes are called by their numbers. Resolves with the names, and with which images
 * are for which part.
 */
export async function readOwn(
  files: File[],
  names: string[],
): Promise<{ names: string[]; identity: string; parts: OwnParts; progress: LoadProgress }> {
  const { train, test } = pairUp(await Promise.all(files.map(identify)));
  const trainReaders = await readPair(train);
  const testReaders = test ? await readPair(test) : null;
  const classNames = names.length > 0 ? names : numbered(trainReaders.labels, testReaders?.labels);
  const trainSet = new DataSet(trainReaders.images, trainReaders.labels, classNames);
  const testSet = testReaders
    ? new DataSet(testReaders.images, testReaders.labels, classNames)
    : trainSet.holdOutTest(OWN_TEST_SEED);
  trainSet.checkClasses(train.labels.name);
  hold('own', { train: trainSet, test: testSet });
  const parts = { train: train.images.name, test: test?.images.name ?? null };
  return { names: classNames, identity: trainSet.identity, parts, progress: whole('own') };
}

/** Makes a data set `own` of a visitor's drawings: N × 784 pixels, N labels, the names of the classes. */
export function takeDrawings(
  pixels: Uint8Array,
  labels: Uint8Array,
  names: string[],
): { identity: string; run: number; progress: LoadProgress } {
  const [train, test] = collectionSets(pixels, labels, names);
  if (!train || !test) throw new Error('two sets are made');
  hold('own', { train, test });
  return { identity: train.identity, run: train.run, progress: whole('own') };
}

async function readPair(pair: { images: File; labels: File }) {
  const images = new IdxReader(pair.images.name, 'images');
  const labels = new IdxReader(pair.labels.name, 'labels');
  await readOwnFile(pair.images, images);
  await readOwnFile(pair.labels, labels);
  return { images, labels };
}

function numbered(...readers: (IdxReader | undefined)[]): string[] {
  let largest = 1;
  for (const reader of readers) {
    for (let index = 0; reader && index < reader.received; index++)
      largest = Math.max(largest, reader.label(index) ?? 0);
  }
  return Array.from({ length: largest + 1 }, (_, label) => String(label));
}

function whole(name: DataSetName): LoadProgress {
  const { train, test } = held(name);
  const images = { trainImages: train.length, testImages: test.length };
  const bytes = (train.length + test.length) * 785 + 48;
  return {
    file: '',
    bytesReceived: bytes,
    bytesTotal: bytes,
    share: 1,
    ...images,
    trainTotal: train.length,
    testTotal: test.length,
    millisecondsLeft: 0,
  };
}

export interface Picture {
  index: number;
  /** Null while its label has not arrived. */
  label: number | null;
  /** 28×28, or null while it has not arrived. */
  pixels: ImageData | null;
}

/** The readers of a part, while its set is arriving; undefined while a file has not begun. */
function readersOf(name: DataSetName, part: Part): Record<SetFile['kind'], IdxReader | undefined> {
  const readers = loads.get(name)?.readers ?? new Map<SetFile, IdxReader>();
  const reader = (kind: SetFile['kind']) =>
    [...readers].find(([file]) => file.part === part && file.kind === kind)?.[1];
  return { images: reader('images'), labels: reader('labels') };
}

/** What has begun to arrive of a set, for the other subjects of this worker: to be asked for anew each time. */
export function arriving(name: DataSetName, part: Part): { images: IdxReader; labels: IdxReader } | null {
  const { images, labels } = readersOf(name, part);
  return images && labels ? { images, labels } : null;
}

/** Images by number, also while the set is arriving. */
export function pictures(name: DataSetName, part: Part, indices: number[], palette: Palette): Picture[] {
  if (isHeld(name)) {
    const set = held(name)[part];
    const there = indices.filter((index) => index < set.length);
    const labelled = there.map((index) => ({ index, label: set.label(index) }));
    return painted(set, labelled, palette);
  }
  const { images, labels } = readersOf(name, part);
  return indices.map((index) => ({
    index,
    label: labels?.label(index) ?? null,
    pixels: images?.picture(index, palette) ?? null,
  }));
}
