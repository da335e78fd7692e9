// The room's settings in the address, so that an experiment is a link:
// `#/train?from=relu&layers=64:tanh,32:relu&optimizer=adamw&decay=0.01&epochs=3`.
import type { DataSetName } from '../../engine/api/held';
import type { Settings } from '../../engine/api/training';
import type { Hidden, Initializer, OptimizerSettings } from '../../engine/pkg/atelier';
import { AddressReader } from '../../parts/address-values';
import { readNumber } from '../../parts/read-number';
import { constants, constantsOf, optimizers, type ConstantName, type OptimizerKind } from './optimizers';
import { presetOf, presets, type PresetName } from './presets';
import {
  activations,
  initializers,
  isPair,
  losses,
  MOST_LAYERS,
  outputs,
  ranges,
  scalings,
  type InitializerKind,
  type Range,
} from './ranges';

type NumberKey =
  | 'learningRate'
  | 'epochs'
  | 'batchSize'
  | 'seed'
  | 'trainingImages'
  | 'validationFraction'
  | 'l2'
  | 'patience';

const numberKeys: Record<NumberKey, string> = {
  learningRate: 'rate',
  epochs: 'epochs',
  batchSize: 'batch',
  seed: 'seed',
  trainingImages: 'images',
  validationFraction: 'validation',
  l2: 'l2',
  patience: 'patience',
};
const constantKeys: Record<ConstantName, string> = {
  momentum: 'momentum',
  rho: 'rho',
  beta1: 'beta1',
  beta2: 'beta2',
  epsilon: 'epsilon',
  initialAccumulator: 'accumulator',
  weightDecay: 'decay',
};
const otherKeys = ['from', 'layers', 'output', 'loss', 'first', 'deviation', 'optimizer', 'pixels', 'data'];

/** Every key that this room reads. */
export const keys = [...otherKeys, ...Object.values(numberKeys), ...Object.values(constantKeys)];

const dataSets = ['fashion-mnist', 'mnist'] as const;

/** The data set that an address names; null where it names none that there is. */
export function dataSetOf(values: URLSearchParams): DataSetName | null {
  return dataSets.find((name) => name === values.get('data')) ?? null;
}

export interface Asked {
  settings: Settings;
  /** `key=value` of what could not be used. */
  bad: string[];
}

/** The settings of an address; what it leaves out, or asks for in vain, is as in the preset it starts from. */
export function read(values: URLSearchParams, usual: Settings): Asked {
  const reader = new AddressReader(values);
  const names = Object.keys(presets) as PresetName[];
  const base: Settings = { ...usual, ...presets[reader.choice('from', 'softmax', names)] };
  const settings: Settings = {
    ...base,
    hidden: hiddenOf(values.get('layers'), base.hidden, reader.bad),
    output: reader.choice('output', base.output, outputs),
    loss: reader.choice('loss', base.loss, losses),
    initializer: initializerOf(reader, base.initializer),
    optimizer: optimizerOf(reader, base.optimizer),
    pixels: reader.choice('pixels', base.pixels, scalings),
  };
  for (const [key, name] of Object.entries(numberKeys) as [NumberKey, string][]) {
    const value = numberOf(reader, name, base[key] ?? 0, ranges[key]);
    if (key === 'patience') settings.patience = value || undefined;
    else settings[key] = value;
  }
  if (settings.trainingImages > 0 && settings.trainingImages < 10) {
    reader.bad.push(`images=${settings.trainingImages}`);
    settings.trainingImages = base.trainingImages;
  }
  if (!isPair(settings.output, settings.loss)) {
    reader.bad.push(`output=${settings.output}, loss=${settings.loss}`);
    settings.output = base.output;
    settings.loss = base.loss;
  }
  reader.choice('data', 'fashion-mnist', dataSets);
  return { settings, bad: reader.bad };
}

function numberOf(reader: AddressReader, key: string, usual: number, range: Range): number {
  const { min, max, whole } = range;
  return whole ? reader.whole(key, usual, min, max) : reader.number(key, usual, min, max);
}

/** `64:tanh,32:relu`, or `none`. */
function hiddenOf(text: string | null, usual: Hidden[], bad: string[]): Hidden[] {
  if (text === null) return usual;
  if (text === 'none') return [];
  const layers = text.split(',').map((part): Hidden | null => {
    const [written = '', activation] = part.split(':', 2);
    const known = activations.find((name) => name === activation);
    const reading = readNumber(written, { whole: true });
    const units = reading.kind === 'number' && Number.isInteger(reading.value) ? reading.value : NaN;
    return known && units >= ranges.units.min && units <= ranges.units.max
      ? { units, activation: known }
      : null;
  });
  const whole = layers.filter((layer) => layer !== null);
  if (whole.length === layers.length && whole.length <= MOST_LAYERS) return whole;
  bad.push(`layers=${text}`);
  return usual;
}

function initializerOf(reader: AddressReader, usual: Initializer): Initializer {
  const kind = reader.choice('first', usual.kind, Object.keys(initializers) as InitializerKind[]);
  if (kind !== 'normal') return initializers[kind];
  const deviation = usual.kind === 'normal' ? usual.deviation : 0.05;
  return { kind, deviation: numberOf(reader, 'deviation', deviation, ranges.deviation) };
}

function optimizerOf(reader: AddressReader, usual: OptimizerSettings): OptimizerSettings {
  const kind = reader.choice('optimizer', usual.kind, Object.keys(optimizers) as OptimizerKind[]);
  const base = kind === usual.kind ? usual : optimizers[kind];
  const own = constantsOf(base).map(([name, value]) => [
    name,
    numberOf(reader, constantKeys[name], value, constants[name]),
  ]);
  return { ...base, ...Object.fromEntries(own) } as OptimizerSettings;
}

/** What the address must say; null where the preset it starts from says it already. */
export function write(
  settings: Settings,
  usual: Settings,
  dataSet: DataSetName,
): Record<string, string | null> {
  const from = presetOf(settings) ?? 'softmax';
  const base: Settings = { ...usual, ...presets[from] };
  const unless = (text: string, same: string) => (text === same ? null : text);
  const layersOf = ({ hidden }: Settings) =>
    hidden.map((layer) => `${layer.units}:${layer.activation}`).join(',') || 'none';
  const { optimizer, initializer } = settings;
  const usualOptimizer = optimizer.kind === base.optimizer.kind ? base.optimizer : optimizers[optimizer.kind];
  const usualConstants = Object.fromEntries(constantsOf(usualOptimizer));
  const changed = Object.fromEntries(
    constantsOf(optimizer).map(([name, value]) => [name, value === usualConstants[name] ? null : value]),
  );
  return {
    data: dataSet === 'mnist' ? dataSet : null,
    from: unless(from, 'softmax'),
    layers: unless(layersOf(settings), layersOf(base)),
    output: unless(settings.output, base.output),
    loss: unless(settings.loss, base.loss),
    first: unless(initializer.kind, base.initializer.kind),
    deviation:
      initializer.kind === 'normal' && initializer.deviation !== 0.05 ? String(initializer.deviation) : null,
    optimizer: unless(optimizer.kind, base.optimizer.kind),
    pixels: unless(settings.pixels, base.pixels),
    ...Object.fromEntries(
      (Object.entries(numberKeys) as [NumberKey, string][]).map(([key, name]) => [
        name,
        unless(String(settings[key] ?? 0), String(base[key] ?? 0)),
      ]),
    ),
    ...Object.fromEntries(
      (Object.entries(constantKeys) as [ConstantName, string][]).map(([name, key]) => [
        key,
        changed[name] === undefined || changed[name] === null ? null : String(changed[name]),
      ]),
    ),
  };
}
