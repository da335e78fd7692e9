import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../engine/api/training';
import { DataSet, initSync, settingsTable } from '../../engine/pkg/atelier';
import { dataSetOf, keys, read, write } from './address';
import { presetNames, presetsOf } from './presets';
import { constantsOf, limitsOf, numberOf, optimizerOf } from './table';

initSync({ module: readFileSync(new URL('../../engine/pkg/atelier_bg.wasm', import.meta.url)) });

const IMAGES = 6000;
/** As the engine says it, for a set of so many images. */
const table = settingsTable(
  DataSet.fromBytes(new Uint8Array(IMAGES * 784), new Uint8Array(IMAGES), ['a', 'b']),
);
const usual = table.usual as Settings;
const presets = presetsOf(table);

/** What the page would read back from the address that it writes. */
function again(settings: Settings) {
  const written = Object.entries(write(settings, usual, table, 'fashion-mnist'));
  const values = new URLSearchParams(
    written.flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
  return { values, ...read(values, usual, table) };
}

describe('the settings in the address', () => {
  test('say nothing where everything is as usual', () => {
    expect([...again(usual).values]).toEqual([]);
  });

  test.each(presetNames)('name the preset %s and read it back', (name) => {
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
    ['images=6001', 'images=6001'],
    ['rate=0', 'rate=0'],
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
    const { settings, bad } = read(new URLSearchParams(query), usual, table);
    expect(settings).toEqual(usual);
    expect(bad).toEqual([said]);
  });

  test('a data set is named where it is not the usual one', () => {
    expect(write(usual, usual, table, 'mnist').data).toBe('mnist');
    expect(write(usual, usual, table, 'own').data).toBe(null);
    expect(dataSetOf(new URLSearchParams('data=mnist'))).toBe('mnist');
    expect(dataSetOf(new URLSearchParams('data=cifar'))).toBe(null);
  });
});

describe('the engine’s table of settings', () => {
  test('is what the address goes by: every number at its ends, and nothing beyond', () => {
    const keyOf = { learningRate: 'rate', epochs: 'epochs', batchSize: 'batch', seed: 'seed', l2: 'l2' };
    for (const [name, key] of Object.entries(keyOf) as [keyof typeof keyOf, string][]) {
      const { max = 0 } = limitsOf(table, name);
      expect(read(new URLSearchParams(`${key}=${max}`), usual, table).settings[name]).toBe(max);
      expect(read(new URLSearchParams(`${key}=${max + 1}`), usual, table).bad).toEqual([`${key}=${max + 1}`]);
    }
  });

  test('gives each optimizer constants that a field can follow', () => {
    for (const { kind } of table.optimizers) {
      for (const [name, value] of constantsOf(optimizerOf(table, kind))) {
        expect(numberOf(table, name).usual).toBe(value);
        expect(() => limitsOf(table, name)).not.toThrow();
      }
    }
    expect(optimizerOf(table, 'adamw')).toEqual({
      kind: 'adamw',
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      weightDecay: 0.004,
    });
  });

  test('says which settings act at once', () => {
    const atOnce = table.numbers.filter(({ effect }) => effect === 'at-once').map(({ name }) => name);
    expect(atOnce).toEqual(['learningRate', 'epochs']);
  });
});
