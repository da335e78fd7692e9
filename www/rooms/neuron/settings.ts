// What the Neuron room can be set to, to and from the address.
import { AddressReader, unlessUsual } from '../../parts/address-values';
import type { Activation, Gate } from '../../engine/pkg/atelier';

export const ACTIVATIONS = ['step', 'sigmoid', 'tanh', 'relu', 'identity'] as const satisfies Activation[];
export const GATES = ['and', 'or', 'nand', 'xor'] as const satisfies Gate[];
export const UNITS = ['step', 'sigmoid'] as const satisfies Activation[];

export const INPUT = 6;
export const WEIGHT = 20;
export const BIAS = 10;
/** Reach of a gate's and a layer's numbers. */
export const REACH = 20;

export interface Settings {
  weight: number;
  bias: number;
  input: number;
  shown: Activation[];
  slopes: boolean;
  gate: Gate;
  unit: Activation;
  numLayers: 1 | 2;
  /** Weights and bias of a single neuron. */
  one: number[];
  /** The same of two hidden neurons and the output, one after the other. */
  two: number[];
  /** What stands between the two layers. */
  between: Activation;
  /** W₁ by rows, b₁, W₂ by rows, b₂, x. */
  layers: number[];
}

export const usual: Settings = {
  weight: 1,
  bias: 0,
  input: 1,
  shown: ['step', 'sigmoid'],
  slopes: true,
  gate: 'and',
  unit: 'step',
  numLayers: 1,
  one: [0.5, 0.5, -0.2],
  // OR and NAND, then AND; ten times over, so that sigmoids say it as clearly as steps.
  two: [10, 10, -5, -10, -10, 15, 10, 10, -15],
  between: 'identity',
  layers: [1, 2, -1, 1, 0.5, -1, 2, 1, 1, -2, 1, 0, 1, 2],
};

export function read(values: URLSearchParams): { settings: Settings; bad: string[] } {
  const from = new AddressReader(values);
  const exactly = (count: number) => ({ fewest: count, most: count, min: -REACH, max: REACH });
  const settings: Settings = {
    weight: from.number('w', usual.weight, -WEIGHT, WEIGHT),
    bias: from.number('b', usual.bias, -BIAS, BIAS),
    input: from.number('x', usual.input, -INPUT, INPUT),
    shown: from.choices('show', usual.shown, ACTIVATIONS),
    slopes: from.choice('slopes', 'on', ['on', 'off']) === 'on',
    gate: from.choice('gate', usual.gate, GATES),
    unit: from.choice('unit', usual.unit, UNITS),
    numLayers: from.choice('layers', '1', ['1', '2']) === '2' ? 2 : 1,
    one: from.numbers('one', usual.one, exactly(3)),
    two: from.numbers('two', usual.two, exactly(9)),
    between: from.choice('between', usual.between, ACTIVATIONS),
    layers: from.numbers('numbers', usual.layers, exactly(14)),
  };
  return { settings, bad: from.bad };
}

export function write(settings: Settings): Record<string, string | null> {
  const unless = (key: keyof Settings) => unlessUsual(String(settings[key]), String(usual[key]));
  return {
    w: unless('weight'),
    b: unless('bias'),
    x: unless('input'),
    show: unless('shown'),
    slopes: settings.slopes ? null : 'off',
    gate: unless('gate'),
    unit: unless('unit'),
    layers: unless('numLayers'),
    one: unless('one'),
    two: unless('two'),
    between: unless('between'),
    numbers: unless('layers'),
  };
}
