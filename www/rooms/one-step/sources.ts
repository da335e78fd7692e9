// The networks to take a step of: the Train room's, or a fresh one of the room's own.
import type { TrainingSettings } from '../../engine/pkg/atelier';
import { presets } from '../train/presets';

export const sourceNames = ['train', 'softmax', 'relu', 'sigmoid', 'step', 'logistic', 'bytes'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Settings of a fresh network; null for the Train room's. A mini-batch small enough to look at. */
export const sources: Record<SourceName, TrainingSettings | null> = {
  train: null,
  softmax: presets.softmax,
  relu: presets.relu,
  sigmoid: { ...presets.sigmoid, batchSize: 32 },
  step: presets.step,
  logistic: {
    output: 'sigmoid',
    loss: 'binary-cross-entropy',
    optimizer: { kind: 'sgd' },
    learningRate: 0.1,
  },
  bytes: { ...presets.softmax, pixels: 'none' },
};
