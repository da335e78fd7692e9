// TensorFlow.js on the same jobs: `model.fit`, as its documentation trains.
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { jobs, type Job } from './atelier';
import { trainImages, trainLabels } from './images';

export type Backend = 'wasm' | 'cpu';

export async function useBackend(backend: Backend): Promise<void> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  });
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
  await tf.ready();
}

/** Seconds of each epoch on the first `count` of the images. */
export async function epochSeconds(job: Job, numEpochs: number, count: number): Promise<number[]> {
  const images = (await trainImages()).subarray(16, 16 + count * 784);
  const labels = (await trainLabels()).subarray(8, 8 + count);
  const x = tf.tensor2d(
    Float32Array.from(images, (pixel) => pixel / 255),
    [count, 784],
  );
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
  const model = sequential();
  if (job !== 'softmax') model.add(layers.dense({ inputShape: [784], units: 128, activation: 'relu' }));
  model.add(layers.dense({ inputShape: [784], units: 10, activation: 'softmax' }));
  const optimizer =
    job === 'softmax'
      ? tf.train.rmsprop(0.001, 0.9, 0, 1e-7)
      : job === 'sgd'
        ? tf.train.sgd(0.1)
        : tf.train.adam(0.001);
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const seconds: number[] = [];
  let start = 0;
  await model.fit(x, y, {
    batchSize: jobs[job].batchSize ?? 32,
    epochs: numEpochs,
    shuffle: true,
    yieldEvery: 'never',
    callbacks: {
      onEpochBegin: async () => void (start = performance.now()),
      onEpochEnd: async () => void seconds.push((performance.now() - start) / 1000),
    },
  });
  tf.dispose([x, y]);
  model.dispose();
  return seconds;
}
