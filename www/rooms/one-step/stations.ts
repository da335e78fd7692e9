// The stations of a step, in the order in which it happens, for a network with any number of hidden layers.
export type StationKind =
  'pick' | 'hidden' | 'weigh' | 'output' | 'loss' | 'blame' | 'gradient' | 'hidden-back' | 'update' | 'check';

export interface Station {
  /** As it stands in the address. */
  key: string;
  kind: StationKind;
  /** The hidden layer that it is about, from 0. */
  layer: number | null;
}

/** Forward through the hidden layers, over the output layer, and back along the same places. */
export function stationsOf(hiddenLayers: number): Station[] {
  const plain = (kind: StationKind): Station => ({ key: kind, kind, layer: null });
  const layers = Array.from({ length: hiddenLayers }, (_, layer) => layer);
  return [
    plain('pick'),
    ...layers.map((layer): Station => ({ key: `layer-${layer + 1}`, kind: 'hidden', layer })),
    plain('weigh'),
    plain('output'),
    plain('loss'),
    plain('blame'),
    plain('gradient'),
    ...layers
      .toReversed()
      .map((layer): Station => ({ key: `back-${layer + 1}`, kind: 'hidden-back', layer })),
    plain('update'),
    plain('check'),
  ];
}
