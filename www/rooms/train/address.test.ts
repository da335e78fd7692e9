import { describe, expect, test } from 'vitest';
import type { Settings } from '../../engine/api/training';
import { dataSetOf, keys, read, write } from './address';
import { presets, type PresetName } from './presets';

/** As the engine says them. */
const usual: Settings = {
  ...presets.softmax,
  epochs: 10,
  seed: 42,
  pixels: 'min-max',
  trainingImages: 0,
  validationFraction: 0.2,
};

/** What the page would read back from the address that it writes. */
function again(settings: Settings) {
  const written = Object.entries(write(settings, usual, 'fashion-mnist'));
  const values = new URLSearchParams(
    written.flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
  return { values, ...read(values, usual) };
}

describe('the settings in the address', () => {
  test('say nothing where everything is as usual', () => {
    expect([...again(usual).values]).toEqual([]);
  });

  test.each(Object.keys(presets) as PresetName[])('name the preset %s and read it back', (name) => {
    const { values, settings, bad } = again({ ...usual, ...presets[name] });
    expect(settings).toEqual({ ...usual, ...presets[name] });
    expect(values.get('from')).toBe(name === 'softmax' ? null : name);
    expect([...values].length).toBeLessThan(2);
    expect(bad).toEqual([]);
  });

  test('round-trip with every one of them changed', () => {
    const own: Settings = {
      hidden: [
        { units: 64, activation: 'tanh' },
        { units: 1, activation: 'identity' },
      ],
      output: 'identity',
      loss: 'mean-squared-error',
      initializer: { kind: 'normal', deviation: 0.02 },
      optimizer: { kind: 'adamw', beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.01 },
      learningRate: 0.0003,
      batchSize: 7,
      epochs: 3,
      seed: 4_294_967_295,
      pixels: 'none',
      trainingImages: 5000,
      validationFraction: 0.5,
      l2: 0.0001,
      patience: 2,
    };
    const { settings, bad, values } = again(own);
    expect(settings).toEqual(own);
    expect(bad).toEqual([]);
    expect([...values.keys()].every((key) => keys.includes(key))).toBe(true);
  });

  test('an empty list of layers is told from a preset’s own', () => {
    const own = { ...usual, ...presets.relu, hidden: [] };
    expect(again(own).settings).toEqual(own);
  });

  test.each([
    ['epochs=abc', 'epochs=abc'],
    ['epochs=2.5', 'epochs=2.5'],
    ['batch=0', 'batch=0'],
    ['seed=-1', 'seed=-1'],
    ['rate=1e9', 'rate=1e9'],
    ['images=3', 'images=3'],
    ['layers=64:cosine', 'layers=64:cosine'],
    ['layers=513:relu', 'layers=513:relu'],
    ['layers=0:relu', 'layers=0:relu'],
    [
      'layers=1:relu,1:relu,1:relu,1:relu,1:relu,1:relu,1:relu',
      'layers=1:relu,1:relu,1:relu,1:relu,1:relu,1:relu,1:relu',
    ],
    ['layers=', 'layers='],
    ['from=nowhere', 'from=nowhere'],
    ['optimizer=magic', 'optimizer=magic'],
    ['rho=1', 'rho=1'],
    ['output=sigmoid', 'output=sigmoid, loss=categorical-cross-entropy'],
    ['data=cifar', 'data=cifar'],
  ])('%s is reported and as usual', (query, said) => {
    const { settings, bad } = read(new URLSearchParams(query), usual);
    expect(settings).toEqual(usual);
    expect(bad).toEqual([said]);
  });

  test('a data set is named where it is not the usual one', () => {
    expect(write(usual, usual, 'mnist').data).toBe('mnist');
    expect(write(usual, usual, 'own').data).toBe(null);
    expect(dataSetOf(new URLSearchParams('data=mnist'))).toBe('mnist');
    expect(dataSetOf(new URLSearchParams('data=cifar'))).toBe(null);
  });
});
