// One neuron, gates of neurons, and two layers that are one.
import {
  collapseLayers,
  divergingPicture,
  gatePlane,
  gateReport,
  readNeuron,
  type Gate,
  type GateNetwork,
  type GateReport,
  type LayersAnswer,
  type LayersRequest,
  type NeuronAnswer,
  type NeuronRequest,
  type Palette,
} from '../pkg/atelier';

export function read(request: NeuronRequest): NeuronAnswer {
  return readNeuron(request);
}

export interface GateView {
  report: GateReport;
  /** RGBA of side × side outputs over the square: 1 in the positive colour, 0 in the negative. */
  plane: Uint8Array;
}

export function gate(network: GateNetwork, wanted: Gate, side: number, palette: Palette): GateView {
  const report = gateReport(network, wanted);
  // The pair of colours meets at 0: outputs 0…1 become −1…1.
  const signed = gatePlane(network, side).map((output) => 2 * output - 1);
  const painted = divergingPicture(signed, 1, palette);
  const plane = painted.rgba;
  painted.free();
  return { report, plane };
}

export function collapse(request: LayersRequest): LayersAnswer {
  return collapseLayers(request);
}
