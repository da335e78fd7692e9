// One neuron, gates of neurons, and two layers that are one.
import {
  divergingPicture,
  gatePlane,
  gateReport,
  type Gate,
  type GateNetwork,
  type GateReport,
  type Palette,
} from '../pkg/atelier';

export { collapseLayers as collapse, readNeuron as read } from '../pkg/atelier';

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
