// The room's settings in the address, so that an experiment is a link:
// `#/train?from=relu&layers=64:tanh,32:relu&optimizer=adamw&decay=0.01&epochs=3`.
import type { DataSetName } from '../../engine/api/held';
import type { Settings } from '../../engine/api/training';
import type { Hidden, Initializer, OptimizerSettings, SettingsTable } from '../../engine/pkg/atelier';
import { AddressReader } from '../../parts/address-values';
import { readNumber } from '../../parts/read-number';
import { fits } from '../../parts/limits';
import { presetNames, presetOf, presetsOf } from './presets';
import {
  constantsOf,
  initializerOf,
  isPair,
  limitsOf,
  numberOf,
  optimizerOf,
  type ConstantName,
} from './table';

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

const dataSets = ['fashion-mnist', 'mnist', 'drawings'] as const;

/** `drawings` are the own data that this browser keeps. */
export type AddressedSet = DataSetName | 'drawings';

/** The data set that an address names; null where it names none that there is. */
export function dataSetOf(values: URLSearchParams): AddressedSet | null {
  return dataSets.find((name) => name === values.get('data')) ?? null;
}

export interface Asked {
  settings: Settings;
  /** `key=value` of what could not be used. */
  bad: string[];
}

/** The settings of an address; what it leaves out, or asks for in vain, is as in the preset it starts from. */
export function read(values: URLSearchParams, usual: Settings, table: SettingsTable): Asked {
  const reader = new AddressReader(values);
  const base: Settings = { ...usual, ...presetsOf(table)[reader.choice('from', 'softmax', presetNames)] };
  const losses = table.losses.map((choice) => choice.loss);
  const settings: Settings = {
    ...base,
    hidden: hiddenOf(values.get('layers'), base.hidden, table, reader.bad),
    output: reader.choice('output', base.output, table.outputs),
    loss: reader.choice('loss', base.loss, losses),
    initializer: readInitializer(reader, base.initializer, table),
    optimizer: readOptimizer(reader, base.optimizer, table),
    pixels: reader.choice('pixels', base.pixels, table.pixels),
  };
  for (const [key, name] of Object.entries(numberKeys) as [NumberKey, string][]) {
    const value = reader.limited(name, base[key] ?? 0, limitsOf(table, key));
    if (key === 'patience') settings.patience = value || undefined;
    else settings[key] = value;
  }
  if (!isPair(table, settings.output, settings.loss)) {
    reader.bad.push(`output=${settings.output}, loss=${settings.loss}`);
    settings.output = base.output;
    settings.loss = base.loss;
  }
  reader.choice('data', 'fashion-mnist', dataSets);
  return { settings, bad: reader.bad };
}

/** `64:tanh,32:relu`, or `none`. */
function hiddenOf(text: string | null, usual: Hidden[], table: SettingsTable, bad: string[]): Hidden[] {
  if (text === null) return usual;
  if (text === 'none') return [];
  const layers = text.split(',').map((part): Hidden | null => {
    const [written = '', word] = part.split(':', 2);
    const activation = table.activations.find((name) => name === word);
    const reading = readNumber(written, { whole: true });
    if (!activation || reading.kind !== 'number') return null;
    return fits(reading.value, limitsOf(table, 'units')) ? { units: reading.value, activation } : null;
  });
  const whole = layers.filter((layer) => layer !== null);
  if (whole.length === layers.length && fits(whole.length, limitsOf(table, 'hidden'))) return whole;
  bad.push(`layers=${text}`);
  return usual;
}

function readInitializer(reader: AddressReader, usual: Initializer, table: SettingsTable): Initializer {
  const kinds = table.initializers.map((initializer) => initializer.kind);
  const kind = reader.choice('first', usual.kind, kinds);
  if (kind !== 'normal') return initializerOf(table, kind);
  const deviation = usual.kind === 'normal' ? usual.deviation : numberOf(table, 'deviation').usual;
  return { kind, deviation: reader.limited('deviation', deviation, limitsOf(table, 'deviation')) };
}

function readOptimizer(
  reader: AddressReader,
  usual: OptimizerSettings,
  table: SettingsTable,
): OptimizerSettings {
  const kinds = table.optimizers.map((optimizer) => optimizer.kind);
  const kind = reader.choice('optimizer', usual.kind, kinds);
  const base = kind === usual.kind ? usual : optimizerOf(table, kind);
  const own = constantsOf(base).map(([name, value]) => [
    name,
    reader.limited(constantKeys[name], value, limitsOf(table, name)),
  ]);
  return { ...base, ...Object.fromEntries(own) } as OptimizerSettings;
}

/** What the address must say; null where the preset it starts from says it already. */
export function write(
  settings: Settings,
  usual: Settings,
  table: SettingsTable,
  dataSet: AddressedSet,
): Record<string, string | null> {
  const from = presetOf(settings, table) ?? 'softmax';
  const base: Settings = { ...usual, ...presetsOf(table)[from] };
  const unless = (text: string, same: string) => (text === same ? null : text);
  const layersOf = ({ hidden }: Settings) =>
    hidden.map((layer) => `${layer.units}:${layer.activation}`).join(',') || 'none';
  const { optimizer, initializer } = settings;
  const usualOptimizer =
    optimizer.kind === base.optimizer.kind ? base.optimizer : optimizerOf(table, optimizer.kind);
  const usualConstants = Object.fromEntries(constantsOf(usualOptimizer));
  const changed = Object.fromEntries(
    constantsOf(optimizer).map(([name, value]) => [name, value === usualConstants[name] ? null : value]),
  );
  return {
    data: dataSet === 'mnist' || dataSet === 'drawings' ? dataSet : null,
    from: unless(from, 'softmax'),
    layers: unless(layersOf(settings), layersOf(base)),
    output: unless(settings.output, base.output),
    loss: unless(settings.loss, base.loss),
    first: unless(initializer.kind, base.initializer.kind),
    deviation:
      initializer.kind === 'normal' && initializer.deviation !== numberOf(table, 'deviation').usual
        ? String(initializer.deviation)
        : null,
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
