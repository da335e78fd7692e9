// One neuron, gates of neurons, and two layers that are one.
import {
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
  /** side × side outputs over the square: 1 in the positive colour, 0 in the negative. */
  plane: ImageData;
}

export function gate(network: GateNetwork, wanted: Gate, side: number, palette: Palette): GateView {
  return { report: gateReport(network, wanted), plane: gatePlane(network, side, palette) };
}
