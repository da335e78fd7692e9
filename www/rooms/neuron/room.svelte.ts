// What the Neuron room is set to. All of it lives in the address.
import type { Activation, Gate, GateNetwork, LayersRequest, Neuron } from '../../engine/pkg/atelier';
import { ACTIVATIONS, usual, type Settings } from './settings';

/** How much the weight is nudged to see whether anything happens. */
export const NUDGE = 0.1;

class NeuronRoom {
  weight = $state(usual.weight);
  bias = $state(usual.bias);
  input = $state(usual.input);
  shown = $state.raw<Activation[]>(usual.shown);
  slopes = $state(usual.slopes);

  gate = $state<Gate>(usual.gate);
  unit = $state<Activation>(usual.unit);
  numLayers = $state<1 | 2>(usual.numLayers);
  one = $state.raw(usual.one);
  two = $state.raw(usual.two);

  between = $state<Activation>(usual.between);
  layers = $state.raw(usual.layers);

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

  get settings(): Settings {
    const { weight, bias, input, shown, slopes, gate, unit, numLayers, one, two, between, layers } = this;
    return { weight, bias, input, shown, slopes, gate, unit, numLayers, one, two, between, layers };
  }
  set settings(settings: Settings) {
    Object.assign(this, settings);
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
    this.two = usual.two;
  }
}

export const room = new NeuronRoom();
