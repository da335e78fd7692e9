// From a layout to what is drawn: each edge's curve from mark to mark, and what a window shows of it.
import type { GraphRecord } from '../../engine/pkg/atelier';
import type { Box, Direction, Layout, Point } from '../../engine/layout/types';
import { curveOf } from './curve';
import { markBox, nodeBox } from './marks';
import type { Steps } from './steps';

export interface DrawnEdge {
  from: number;
  /** The node it leads into, or the number of nodes for the way to the result. */
  to: number;
  /** Which input of that node. */
  input: number;
  path: string;
  label: Point;
  isLong: boolean;
  /** The box around it, to tell whether a window shows it. */
  box: { left: number; right: number; top: number; bottom: number };
}

export interface Drawing extends Box {
  direction: Direction;
  nodes: Point[];
  /** Where the result stands. */
  result: Point;
  edges: DrawnEdge[];
}

const RESULT: Box = { width: 76, height: 36 };

export function drawingOf(graph: GraphRecord, steps: Steps, layout: Layout, direction: Direction): Drawing {
  const count = graph.nodes.length;
  const ends = graph.nodes.flatMap((node, to) => node.edges.map(({ from }, input) => ({ from, to, input })));
  ends.push({ from: graph.output, to: count, input: 0 });
  const marks = graph.nodes.map((node) => markBox(node, direction));
  // Words round a mark: a way bends only behind them.
  const boxes = graph.nodes.map((node, index) => nodeBox(node, steps.uses[index]! > 1, direction));
  return {
    width: layout.width,
    height: layout.height,
    direction,
    nodes: layout.nodes.slice(0, count),
    result: layout.nodes[count]!,
    edges: ends.map(({ from, to, input }, index) => {
      const { points, label, isLong } = layout.edges[index]!;
      const first = side(layout.nodes[from]!, marks[from]!, direction, 1);
      const last = side(layout.nodes[to]!, marks[to] ?? RESULT, direction, -1);
      const leave = side(layout.nodes[from]!, boxes[from]!, direction, 1);
      const arrive = side(layout.nodes[to]!, boxes[to] ?? RESULT, direction, -1);
      const way = [first, leave, ...points.slice(1, -1), arrive, last];
      return {
        from,
        to,
        input,
        path: curveOf(way, direction),
        label,
        isLong,
        // A long edge is only worth drawing where it arrives.
        box: around(isLong ? [label] : way),
      };
    }),
  };
}

function around(points: Point[]): DrawnEdge['box'] {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return {
    left: Math.min(...xs) - 40,
    right: Math.max(...xs) + 40,
    top: Math.min(...ys) - 30,
    bottom: Math.max(...ys) + 30,
  };
}

/** The middle of the side of a mark that faces the way. */
function side({ x, y }: Point, { width, height }: Box, direction: Direction, sign: number): Point {
  return direction === 'right' ? { x: x + (sign * width) / 2, y } : { x, y: y + (sign * height) / 2 };
}

/** What part of a drawing a window shows, in the drawing's own pixels. */
export function windowOf(view: { x: number; y: number; scale: number }, { width, height }: Box) {
  return {
    left: -view.x / view.scale,
    right: (width - view.x) / view.scale,
    top: -view.y / view.scale,
    bottom: (height - view.y) / view.scale,
  };
}

export function isSeen(box: DrawnEdge['box'], window: ReturnType<typeof windowOf>): boolean {
  return (
    box.left < window.right && box.right > window.left && box.top < window.bottom && box.bottom > window.top
  );
}
