// Expressions as graphs: both passes by the engine, and where the nodes stand.
import { PART_MISSING } from '../errors';
import type { Direction, Layout, LayoutRequest } from '../layout/types';
import type { UnitExpression } from '../pkg/atelier';
import { held, type DataSetName } from './held';
import { current } from './training';

export { evaluateGraph as evaluate } from '../pkg/atelier';

/** A third of a worker's script, for one of its threads. */
async function layouts() {
  try {
    return await import('../layout/layout');
  } catch (error) {
    throw Object.assign(new Error(String(error)), { name: PART_MISSING });
  }
}

/** Loads what `arrange` needs; whether it could. */
export function prepare(): Promise<boolean> {
  return layouts().then(
    () => true,
    () => false,
  );
}

/** The same graph drawn to the right and downwards, for wide and for narrow pages. */
export async function arrange(
  request: Omit<LayoutRequest, 'direction' | 'nodes'> & Record<Direction, LayoutRequest['nodes']>,
): Promise<Record<Direction, Layout>> {
  const { layoutOf } = await layouts();
  const { edges, label, right, down } = request;
  return {
    right: layoutOf({ nodes: right, edges, label, direction: 'right' }),
    down: layoutOf({ nodes: down, edges, label, direction: 'down' }),
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
