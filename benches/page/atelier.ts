// Our engine's jobs, each in this one thread.
import init, {
  DataSet,
  IdxReader,
  LogisticRun,
  Trainer,
  type IdxKind,
  type LogisticRunSettings,
  type TrainingSettings,
} from '../../www/engine/pkg/atelier';
import { trainImages, trainLabels, type Images } from './images';

export type Job = 'softmax' | 'sgd' | 'adam';

const hidden = [{ units: 128, activation: 'relu' as const }];
export const jobs: Record<Job, TrainingSettings> = {
  softmax: { optimizer: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 }, learningRate: 0.001, batchSize: 32 },
  sgd: { hidden, optimizer: { kind: 'sgd' }, learningRate: 0.1, batchSize: 32 },
  adam: {
    hidden,
    optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    learningRate: 0.001,
    batchSize: 128,
  },
};

const sets = new Map<Images, DataSet>();

/** A training set in the engine, fetched once. */
export async function dataSet(name: Images = 'fashion-mnist'): Promise<DataSet> {
  const known = sets.get(name);
  if (known) return known;
  await init();
  const read = (file: string, kind: IdxKind, content: Uint8Array) => {
    const reader = new IdxReader(file, kind);
    reader.feed(content);
    reader.finish();
    return reader;
  };
  const images = read('images', 'images', await trainImages(name));
  const labels = read('labels', 'labels', await trainLabels(name));
  const set = new DataSet(images, labels, [...'0123456789']);
  sets.set(name, set);
  return set;
}

/** Seconds of each epoch: its training alone, and with the validation of 12,000 images. */
export async function epochSeconds(
  job: Job,
  numEpochs: number,
  images: Images = 'fashion-mnist',
): Promise<{ training: number; whole: number }[]> {
  const trainer = new Trainer(await dataSet(images), { ...jobs[job], epochs: numEpochs, seed: 42 });
  const perEpoch = trainer.report().batchesPerEpoch;
  const seconds: { training: number; whole: number }[] = [];
  for (let epoch = 1; epoch <= numEpochs; epoch++) {
    const start = performance.now();
    trainer.runSteps(perEpoch);
    const training = (performance.now() - start) / 1000;
    trainer.run(Infinity, epoch);
    seconds.push({ training, whole: (performance.now() - start) / 1000 });
  }
  trainer.free();
  return seconds;
}

const underWay = new Map<string, Trainer>();

/** Trains on about so many images more, whole batches, without validation. */
export async function trainOn(job: Job, numImages: number): Promise<void> {
  const settings = jobs[job];
  const trainer =
    underWay.get(job) ??
    new Trainer(await dataSet(), { ...settings, epochs: 1000, validationFraction: 0, seed: 42 });
  underWay.set(job, trainer);
  trainer.runSteps(Math.round(numImages / (settings.batchSize ?? 32)));
}

/** Microseconds from one image's bytes to its ten outputs, the crossing into the engine included. */
export async function imageMicroseconds(): Promise<number> {
  const images = await dataSet();
  const trainer = new Trainer(images, { ...jobs.sgd, epochs: 1 });
  const image = images.image(7);
  const rounds = 20_000;
  for (let round = 0; round < 2000; round++) trainer.predict(image);
  const start = performance.now();
  for (let round = 0; round < rounds; round++) trainer.predict(image);
  const elapsed = performance.now() - start;
  trainer.free();
  return (elapsed * 1000) / rounds;
}

/** Seconds of ten epochs of one-vs-rest logistic regression on 48,000 images: a fit on four folds of five. */
export async function logisticSeconds(settings: LogisticRunSettings): Promise<number> {
  const fold = LogisticRun.fold(await dataSet(), settings, 5, 0);
  const start = performance.now();
  // A call goes no further than the end of an epoch.
  while (!fold.advance(Infinity).isFinished);
  const elapsed = performance.now() - start;
  fold.free();
  return elapsed / 1000;
}
