// One failure of every kind, for tests: the types ask for each, so that a new kind does not compile without one.
import type { Failure } from '../engine/failure-record';
import type { ModelProblem, NetworkProblem, Rule, SettingName } from '../engine/pkg/atelier';

type Every<Record extends { kind: string }> = {
  [Kind in Record['kind']]: Extract<Record, { kind: Kind }>;
};

export const rules: Every<Rule> = {
  range: { kind: 'range', min: 1e-12, max: 2048 },
  'above-up-to': { kind: 'above-up-to', above: 0, max: 100 },
  'from-below': { kind: 'from-below', min: 0, below: 1 },
  between: { kind: 'between', above: 0, below: 1 },
  'at-least': { kind: 'at-least', min: 2 },
  'at-most': { kind: 'at-most', max: 6 },
  above: { kind: 'above', above: 0 },
  below: { kind: 'below', below: -1.5 },
  place: { kind: 'place', count: 60_000 },
  finite: { kind: 'finite' },
  'all-finite': { kind: 'all-finite', index: 3 },
  'zero-or-one': { kind: 'zero-or-one' },
  known: { kind: 'known' },
  'has-a-place': { kind: 'has-a-place' },
  'images-of-set': { kind: 'images-of-set', min: 10, images: 60_000 },
  'image-in-each-part': { kind: 'image-in-each-part' },
  'folds-of-class': { kind: 'folds-of-class', images: 9 },
  'epochs-begun': { kind: 'epochs-begun', epochs: 2 },
  'not-overflowed': { kind: 'not-overflowed' },
  'two-places': { kind: 'two-places' },
  'fits-pad': { kind: 'fits-pad', max: 1_000_000 },
  'images-then-labels': { kind: 'images-then-labels' },
};

export const setting = (name: SettingName, value: number | string, rule: Rule): Failure => ({
  kind: 'setting',
  name,
  value,
  rule,
});

const failures: Every<Failure> = {
  setting: { kind: 'setting', name: 'learningRate', value: 200, rule: rules['above-up-to'] },
  'output-of-loss': { kind: 'output-of-loss', output: 'sigmoid', loss: 'categorical-cross-entropy' },
  'no-softmax': { kind: 'no-softmax', output: 'sigmoid' },
  leaf: { kind: 'leaf', name: 'x', value: NaN },
  shape: { kind: 'shape', array: 'image', expected: 784, actual: 783 },
  file: { kind: 'file', file: 'x.gz', problem: { kind: 'missing' } },
  model: { kind: 'model', problem: { kind: 'no-layers' } },
  network: { kind: 'network', problem: { kind: 'empty' } },
  'logistic-overflow': { kind: 'logistic-overflow', epoch: 2, class: 3 },
  expression: {
    kind: 'expression',
    fault: { kind: 'unknown-character', start: 1, end: 2, found: '$', limit: undefined },
  },
  'saved-run': { kind: 'saved-run', problem: 'other-images' },
};

const models: Every<ModelProblem> = {
  'no-safetensors': { kind: 'no-safetensors', reason: 'HeaderTooSmall' },
  'no-layers': { kind: 'no-layers' },
  'too-many-layers': { kind: 'too-many-layers', count: 9, max: 7 },
  'unknown-output': { kind: 'unknown-output', word: 'softmin' },
  'unknown-activation': { kind: 'unknown-activation', word: 'tinh' },
  'missing-tensor': { kind: 'missing-tensor', tensor: 'layers.1.bias' },
  'wrong-dimensions': { kind: 'wrong-dimensions', layer: 1, dimensions: 3 },
  'layer-does-not-fit': { kind: 'layer-does-not-fit', layer: 1 },
  impossible: {
    kind: 'impossible',
    reason: { kind: 'setting', name: 'units', value: 600, rule: { kind: 'range', min: 1, max: 512 } },
  },
  'wrong-scaling': { kind: 'wrong-scaling', pixels: 12, inputs: 784 },
  'wrong-precision': { kind: 'wrong-precision', tensor: 'layers.0.bias', precision: 'F64' },
  'not-finite': { kind: 'not-finite', tensor: 'layers.0.bias' },
};

const networks: Every<NetworkProblem> = {
  empty: { kind: 'empty' },
  'too-large': { kind: 'too-large', bytes: 67_108_865, max: 67_108_864 },
  archive: { kind: 'archive' },
  contents: { kind: 'contents', problem: { kind: 'no-layers' } },
  'breaks-off': { kind: 'breaks-off', offset: 12 },
  'no-graph': { kind: 'no-graph' },
  'other-operation': { kind: 'other-operation', operation: 'Conv' },
  'other-numbers': { kind: 'other-numbers', tensor: 'layers.0.bias' },
  'other-inputs': { kind: 'other-inputs', inputs: 12, expected: 784 },
  'other-classes': { kind: 'other-classes', classes: 2, expected: 10 },
};

/** By the kind that each is there for. */
export const everyFailure: [string, Failure][] = [
  ...Object.entries(failures),
  ...Object.entries(rules).map(([kind, rule]): [string, Failure] => [kind, setting('learningRate', 7, rule)]),
  ...Object.entries(models).map(([kind, problem]): [string, Failure] => [kind, { kind: 'model', problem }]),
  ...Object.entries(networks).map(([kind, problem]): [string, Failure] => [
    kind,
    { kind: 'network', problem },
  ]),
];
