// Where a visitor can start from: each names only what differs from the course's softmax layer.
import type { Settings } from '../../engine/api/training';
import type { SettingsTable } from '../../engine/pkg/atelier';
import { optimizerOf } from './table';

export type PresetName = 'logistic' | 'softmax' | 'relu' | 'sigmoid' | 'step';

type Preset = Pick<
  Settings,
  'hidden' | 'output' | 'loss' | 'optimizer' | 'learningRate' | 'batchSize' | 'initializer' | 'l2'
>;

const plain = { initializer: { kind: 'glorot-uniform' }, l2: 0 } as const;

const classes = { ...plain, output: 'softmax', loss: 'categorical-cross-entropy' } as const;

export const presetNames = ['logistic', 'softmax', 'relu', 'sigmoid', 'step'] as const satisfies PresetName[];

/** The presets, their optimizers with the engine's usual constants. */
export const presetsOf = (table: SettingsTable): Record<PresetName, Preset> => ({
  // Ten sigmoids, each with its own yes-or-no loss: one-vs-rest. One image at a time would be the
  // notebook's way (the replay runs that, to the digit); mini-batches show the same model faster.
  logistic: {
    ...plain,
    hidden: [],
    output: 'sigmoid',
    loss: 'binary-cross-entropy',
    optimizer: optimizerOf(table, 'sgd'),
    learningRate: 0.1,
    batchSize: 32,
  },
  softmax: {
    ...classes,
    hidden: [],
    optimizer: optimizerOf(table, 'rmsprop'),
    learningRate: 0.001,
    batchSize: 32,
  },
  relu: {
    ...classes,
    hidden: [{ units: 128, activation: 'relu' }],
    optimizer: optimizerOf(table, 'adam'),
    learningRate: 0.001,
    batchSize: 32,
  },
  sigmoid: {
    ...classes,
    hidden: [
      { units: 50, activation: 'sigmoid' },
      { units: 100, activation: 'sigmoid' },
    ],
    optimizer: optimizerOf(table, 'sgd'),
    learningRate: 0.1,
    batchSize: 100,
  },
  step: {
    ...classes,
    hidden: [{ units: 100, activation: 'step' }],
    optimizer: optimizerOf(table, 'adam'),
    learningRate: 0.001,
    batchSize: 32,
  },
});

/** The preset that the settings are, or null when they are nobody's. */
export function presetOf(settings: Settings, table: SettingsTable): PresetName | null {
  for (const [name, preset] of Object.entries(presetsOf(table)) as [PresetName, Preset][]) {
    const keys = Object.keys(preset) as (keyof Preset)[];
    if (keys.every((key) => isSame(preset[key], settings[key]))) return name;
  }
  return null;
}

/** Equal values, whatever the order of a record's fields. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other;
  const keys = Object.keys(one) as (keyof typeof one)[];
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]));
}
