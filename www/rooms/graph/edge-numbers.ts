// What stands on an edge: the value above it, below it what comes back and its two factors.
import type { GraphRecord } from '../../engine/pkg/atelier';
import type { Box } from '../../engine/layout/types';
import { widthOf } from './marks';
import { factor, short } from './numbers';

/** Font sizes in the drawing's pixels. */
export const NUMBER_SIZE = 13;
export const FACTOR_SIZE = 11;
/** Room for the three lines; their width grows with the numbers up to a bound. */
export const LABEL: Box = { width: 50, height: 54 };
const WIDEST = 132;

/** `upstream × local`, as short as an edge needs it. */
export function factors(upstream: number, local: number): string {
  return `${short(upstream, 3)} × ${factor(local, 3)}`;
}

/** Room that the numbers of each edge take as they are, in the order of the nodes and their inputs. */
export function widthsOf({ nodes }: GraphRecord): number[] {
  return nodes.flatMap(({ edges, gradient }) =>
    edges.map(({ from, local, product }) => {
      const lines = [widthOf(short(nodes[from]!.value), NUMBER_SIZE)];
      if (product !== undefined) lines.push(widthOf(`← ${short(product)}`, NUMBER_SIZE));
      if (gradient !== undefined && local !== undefined)
        lines.push(widthOf(`= ${factors(gradient, local)}`, FACTOR_SIZE));
      return Math.min(WIDEST, Math.max(LABEL.width, ...lines));
    }),
  );
}
