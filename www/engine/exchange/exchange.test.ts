// Files as other programs see them: ONNX run by a runtime that is not ours, the rest as Python has opened it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { NetworkFile, Trainer, type DataSet, type TrainingSettings } from '../pkg/atelier';
import { fileName, notesOf } from './facts';
import { kerasTexts } from './keras-config';
import { notebookOf, scriptOf } from './script';
import { factsFrom, fashion, fixtureRun, fixtures } from './support';

ort.env.wasm.numThreads = 1;

let train: DataSet;
beforeAll(() => void (train = fashion('train')));

/** The outputs of an ONNX file for images, one after the other. */
async function outputsOf(file: Uint8Array, images: Uint8Array): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(file);
  const pixels = new ort.Tensor('float32', Float32Array.from(images), [images.length / 784, 784]);
  const { outputs } = await session.run({ pixels });
  await session.release();
  return outputs?.data as Float32Array;
}

const activations = ['step', 'sigmoid', 'tanh', 'relu', 'identity'] as const;
const pairs = [
  ['softmax', 'categorical-cross-entropy'],
  ['sigmoid', 'binary-cross-entropy'],
  ['identity', 'mean-squared-error'],
  ['softmax', 'mean-squared-error'],
  ['sigmoid', 'mean-squared-error'],
] as const;

describe('ONNX, by onnxruntime', () => {
  const cases = [
    ...activations.map((activation) => ({ activation, pair: pairs[0], pixels: 'min-max' as const })),
    ...pairs.map((pair) => ({ activation: 'tanh' as const, pair, pixels: 'standardized' as const })),
    { activation: null, pair: pairs[0], pixels: 'min-max' as const },
  ];
  test.each(cases)('gives the engine’s numbers: $activation, $pair, $pixels', async (kind) => {
    const [output, loss] = kind.pair;
    const { activation, pixels } = kind;
    const trainer = new Trainer(train, {
      hidden: activation
        ? [
            { units: 20, activation },
            { units: 12, activation },
          ]
        : [],
      output,
      loss,
      pixels,
      trainingImages: 1000,
    } as TrainingSettings);
    trainer.runSteps(40);
    const images = Uint8Array.from(
      { length: 200 * 784 },
      (_, at) => train.image(Math.floor(at / 784))[at % 784] ?? 0,
    );
    const ours = trainer.predict(images);
    const theirs = await outputsOf(trainer.onnx([]), images);
    expect(theirs.length).toBe(ours.length);
    const furthest = ours.reduce((most, one, at) => Math.max(most, Math.abs(one - (theirs[at] ?? NaN))), 0);
    // Sums of 784 terms in another order: some units in the last of 24 bits of a logit, which outputs pass on damped.
    expect(furthest).toBeLessThan(1e-6 * Math.max(1, ...ours.map(Math.abs)));
    trainer.free();
  });
});

describe('Files that Keras, PyTorch and NumPy have opened', () => {
  // What stands there was opened, run and compared by tests/fixtures/exchange.py: this is the very same.
  test('are the same, byte for byte', () => {
    const trainer = fixtureRun(train);
    const facts = factsFrom(trainer, train);
    const { config, metadata } = kerasTexts(facts, trainer.scaling());
    const script = scriptOf(facts, trainer.firstWeights(), null, trainer.batchLosses(0));
    const files = {
      safetensors: trainer.safetensors(notesOf(facts, 'safetensors')),
      onnx: trainer.onnx(notesOf(facts, 'onnx')),
      keras: trainer.keras(config, metadata),
      py: new TextEncoder().encode(script),
      ipynb: new TextEncoder().encode(notebookOf(script)),
    };
    expect(fileName(facts)).toMatch(/^atelier-fashion-mnist-[0-9a-f]{8}$/);
    const opened = JSON.parse(readFileSync(path.join(fixtures, 'opened.json'), 'utf8')) as {
      fingerprint: string;
      sha256: Record<string, string>;
    };
    expect(facts.fingerprint).toBe(opened.fingerprint);
    for (const [ending, bytes] of Object.entries(files)) {
      const file = path.join(fixtures, `run.${ending}`);
      if (process.env['WRITE_FIXTURES']) {
        if (!existsSync(fixtures)) mkdirSync(fixtures);
        writeFileSync(file, bytes);
      }
      expect(Buffer.compare(readFileSync(file), bytes), ending).toBe(0);
      if (process.env['WRITE_FIXTURES']) continue;
      // These, and no others, are what was opened.
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(opened.sha256[`run.${ending}`]);
    }
    trainer.free();
  });

  test('give Keras floats where it wants them', () => {
    // It refuses a learning rate of 1 and a momentum of 0 that are no floats.
    const trainer = new Trainer(train, {
      optimizer: { kind: 'sgd' },
      learningRate: 1,
      trainingImages: 100,
    } as TrainingSettings);
    const { config } = kerasTexts(factsFrom(trainer, train), trainer.scaling());
    expect(config).toContain('"config":{"learning_rate":1.0,"momentum":0.0,"nesterov":false}');
    expect(() => JSON.parse(config) as unknown).not.toThrow();
    trainer.free();
  });

  test('say what they are, and come back', () => {
    for (const ending of ['safetensors', 'onnx']) {
      const network = NetworkFile.read(readFileSync(path.join(fixtures, `run.${ending}`)));
      expect(network.shape()).toMatchObject({ output: 'softmax', isTold: true, classes: 10 });
      expect(network.note('fingerprint')).toBe(network.shape().fingerprint);
      expect(network.note('input')).toContain('bytes 0…255');
      expect(JSON.parse(network.note('classes') ?? '')).toContain('Ankle boot');
      expect(JSON.parse(network.note('learning_rates') ?? '')).toEqual([
        { step: 0, learningRate: 0.001 },
        { step: 10, learningRate: 0.002 },
      ]);
      network.free();
    }
  });
});
