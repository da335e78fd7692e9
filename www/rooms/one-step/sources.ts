// The networks to take a step of: the Train room's, Home's, or a fresh one of the room's own.
import type { SettingsTable, TrainingSettings } from '../../engine/pkg/atelier';
import { presetsOf } from '../train/presets';

export const sourceNames = [
  'train',
  'home',
  'softmax',
  'relu',
  'sigmoid',
  'step',
  'logistic',
  'bytes',
] as const;
export type SourceName = (typeof sourceNames)[number];

/** Settings of a fresh network; null for another room's. A mini-batch small enough to look at. */
export function sourcesOf(table: SettingsTable): Record<SourceName, TrainingSettings | null> {
  const presets = presetsOf(table);
  return {
    train: null,
    home: null,
    softmax: presets.softmax,
    relu: presets.relu,
    sigmoid: { ...presets.sigmoid, batchSize: 32 },
    step: presets.step,
    logistic: presets.logistic,
    bytes: { ...presets.softmax, pixels: 'none' },
  };
}
