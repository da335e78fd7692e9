// Runs whose files are looked at in tests: in a real engine, on the real images.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import '../loading/support';
import { DataSet, Trainer, type TrainingSettings } from '../pkg/atelier';
import type { HeldSet } from '../api/held';
import type { Run } from '../api/run';
import type { Settings } from '../api/training';
import { factsOf, type Facts } from './facts';

const root = path.resolve(import.meta.dirname, '../../..');

export const fixtures = path.join(root, 'tests/fixtures/exchange');

export const CLASSES = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker'];
CLASSES.push('Bag', 'Ankle boot');

/** A file of Fashion-MNIST without its header. */
function idx(name: string, header: number): Uint8Array {
  return gunzipSync(readFileSync(path.join(root, `assets/fashion-mnist/${name}.gz`))).subarray(header);
}

export function fashion(part: 'train' | 't10k'): DataSet {
  const pixels = idx(`${part}-images-idx3-ubyte`, 16);
  return DataSet.fromBytes(pixels, idx(`${part}-labels-idx1-ubyte`, 8), CLASSES);
}

/** The run of the fixtures: two epochs of 800 images, the learning rate changed in the middle of the first. */
export function fixtureRun(train: DataSet): Trainer {
  const trainer = new Trainer(train, {
    hidden: [{ units: 8, activation: 'relu' }],
    trainingImages: 1000,
    epochs: 2,
    l2: 0.001,
  } as TrainingSettings);
  trainer.runSteps(10);
  trainer.setLearningRate(0.002);
  trainer.runTowards(50, 2, Infinity);
  return trainer;
}

export function factsFrom(trainer: Trainer, train: DataSet): Facts {
  const set: HeldSet = { train, test: train };
  const run = { trainer, set, dataSet: 'fashion-mnist', keeper: { exams: [0.5] }, openedFrom: null };
  return factsOf(run as unknown as Run);
}

export type { Settings };
