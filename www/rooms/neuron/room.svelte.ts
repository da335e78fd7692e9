// What the Neuron room is set to. All of it lives in the address.
import { AddressReader, unlessUsual } from '../../parts/address-values';
import type { Activation, Gate, GateNetwork, LayersRequest, Neuron } from '../../engine/pkg/atelier';

export const ACTIVATIONS = ['step', 'sigmoid', 'tanh', 'relu', 'identity'] as const satisfies Activation[];
export const GATES = ['and', 'or', 'nand', 'xor'] as const satisfies Gate[];
export const UNITS = ['step', 'sigmoid'] as const satisfies Activation[];

export const INPUT = 6;
export const WEIGHT = 20;
export const BIAS = 10;
/** How much the weight is nudged to see whether anything happens. */
export const NUDGE = 0.1;
/** Reach of a gate's and a layer's numbers. */
export const REACH = 20;

const USUAL = {
  w: 1,
  b: 0,
  x: 1,
  show: ['step', 'sigmoid'] as Activation[],
  one: [0.5, 0.5, -0.2],
  // OR and NAND, then AND; ten times over, so that sigmoids say it as clearly as steps.
  two: [10, 10, -5, -10, -10, 15, 10, 10, -15],
  // W₁ by rows, b₁, W₂ by rows, b₂, x.
  layers: [1, 2, -1, 1, 0.5, -1, 2, 1, 1, -2, 1, 0, 1, 2],
};

class NeuronRoom {
  weight = $state(USUAL.w);
  bias = $state(USUAL.b);
  input = $state(USUAL.x);
  shown = $state.raw<Activation[]>(USUAL.show);
  slopes = $state(true);

  gate = $state<Gate>('and');
  unit = $state<Activation>('step');
  numLayers = $state<1 | 2>(1);
  one = $state.raw(USUAL.one);
  two = $state.raw(USUAL.two);

  between = $state<Activation>('identity');
  layers = $state.raw(USUAL.layers);

  /** What the address asked for and cannot have. */
  bad = $state.raw<string[]>([]);

  network = $derived.by((): GateNetwork => {
    const neuron = ([w1, w2, bias]: number[]): Neuron => ({ weights: [w1 ?? 0, w2 ?? 0], bias: bias ?? 0 });
    const activation = this.unit;
    if (this.numLayers === 1) return { hidden: [], output: neuron(this.one), activation };
    const { two } = this;
    return {
      hidden: [neuron(two.slice(0, 3)), neuron(two.slice(3, 6))],
      output: neuron(two.slice(6)),
      activation,
    };
  });

  layersRequest = $derived.by((): LayersRequest => {
    const n = this.layers;
    const rows = (from: number) => [n.slice(from, from + 2), n.slice(from + 2, from + 4)];
    return {
      first: { weights: rows(0), bias: n.slice(4, 6) },
      activation: this.between,
      second: { weights: rows(6), bias: n.slice(10, 12) },
      input: n.slice(12, 14),
    };
  });

  take(values: URLSearchParams) {
    const read = new AddressReader(values);
    const exactly = (count: number) => ({ fewest: count, most: count, min: -REACH, max: REACH });
    this.weight = read.number('w', USUAL.w, -WEIGHT, WEIGHT);
    this.bias = read.number('b', USUAL.b, -BIAS, BIAS);
    this.input = read.number('x', USUAL.x, -INPUT, INPUT);
    this.shown = read.choices('show', USUAL.show, ACTIVATIONS);
    this.slopes = read.choice('slopes', 'on', ['on', 'off']) === 'on';
    this.gate = read.choice('gate', 'and', GATES);
    this.unit = read.choice('unit', 'step', UNITS);
    this.numLayers = read.choice('layers', '1', ['1', '2']) === '2' ? 2 : 1;
    this.one = read.numbers('one', USUAL.one, exactly(3));
    this.two = read.numbers('two', USUAL.two, exactly(9));
    this.between = read.choice('between', 'identity', ACTIVATIONS);
    this.layers = read.numbers('numbers', USUAL.layers, exactly(14));
    this.bad = read.bad;
  }

  give(): Record<string, string | null> {
    const listed = (now: readonly (string | number)[], usual: readonly (string | number)[]) =>
      unlessUsual(now.join(','), usual.join(','));
    return {
      w: unlessUsual(String(this.weight), String(USUAL.w)),
      b: unlessUsual(String(this.bias), String(USUAL.b)),
      x: unlessUsual(String(this.input), String(USUAL.x)),
      show: listed(this.shown, USUAL.show),
      slopes: this.slopes ? null : 'off',
      gate: unlessUsual(this.gate, 'and'),
      unit: unlessUsual(this.unit, 'step'),
      layers: this.numLayers === 2 ? '2' : null,
      one: listed(this.one, USUAL.one),
      two: listed(this.two, USUAL.two),
      between: unlessUsual(this.between, 'identity'),
      numbers: listed(this.layers, USUAL.layers),
    };
  }

  show(activation: Activation, wanted: boolean) {
    this.shown = ACTIVATIONS.filter((one) => (one === activation ? wanted : this.shown.includes(one)));
  }

  setOne(at: number, value: number) {
    this.one = this.one.with(at, value);
  }
  setTwo(at: number, value: number) {
    this.two = this.two.with(at, value);
  }
  setLayers(at: number, value: number) {
    this.layers = this.layers.with(at, value);
  }

  /** Two layers that solve XOR, shown. */
  solveXor() {
    this.gate = 'xor';
    this.numLayers = 2;
    this.two = USUAL.two;
  }
}

export const room = new NeuronRoom();
