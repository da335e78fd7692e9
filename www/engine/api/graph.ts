// Expressions as graphs: both passes by the engine, and where the nodes stand.
import { layoutOf } from '../layout/layout';
import type { Direction, Layout, LayoutRequest } from '../layout/types';
import { evaluateGraph, type GraphAnswer, type GraphRequest, type UnitExpression } from '../pkg/atelier';
import { held, type DataSetName } from './held';
import { current } from './training';

/** Understands an expression and runs both passes; a mistake in it is an answer, too. */
export function evaluate(request: GraphRequest): GraphAnswer {
  return evaluateGraph(request);
}

/** The same graph drawn to the right and downwards, for wide and for narrow pages. */
export function arrange(
  request: Omit<LayoutRequest, 'direction' | 'nodes'> & Record<Direction, LayoutRequest['nodes']>,
): Record<Direction, Layout> {
  const { edges, label, right, down } = request;
  return {
    right: layoutOf({ nodes: right, edges, label, direction: 'right' }),
    down: layoutOf({
      nodes: down,
      edges,
      label,
      direction: 'down',
    }),
  };
}

/**
 * One output unit of the network in training, for a test image; `unit` null is that of the image's class.
 * Null when there is no network.
 */
export function unit(
  dataSet: DataSetName,
  index: number,
  unit: number | null,
  terms: number,
): UnitExpression | null {
  return current()?.outputUnit(held(dataSet).test, index, unit ?? undefined, terms) ?? null;
}
