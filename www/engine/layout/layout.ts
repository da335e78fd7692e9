// Where the nodes of a graph stand and how the ways between them run.
import { Graph, layout as dagre } from '@dagrejs/dagre';
import { rankedLayout } from './ranked';
import type { Box, Direction, Layout, LayoutRequest, Point } from './types';

/** Above this many nodes dagre takes longer than a learner waits. */
export const MOST_FOR_DAGRE = 140;

export function layoutOf(request: LayoutRequest): Layout {
  return request.nodes.length > MOST_FOR_DAGRE ? rankedLayout(request) : dagreLayout(request);
}

export function dagreLayout({ nodes, edges, label, direction }: LayoutRequest): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === 'right' ? 'LR' : 'TB',
    nodesep: direction === 'right' ? 22 : 12,
    edgesep: direction === 'right' ? 10 : 8,
    // Half of it stands on each side of the numbers, for the way to bend.
    ranksep: direction === 'right' ? 34 : 26,
  });
  nodes.forEach((box, index) => graph.setNode(String(index), { ...box }));
  const boxes = edges.map(({ labelWidth }) => ({ ...label, width: labelWidth ?? label.width }));
  edges.forEach(({ from, to }, index) => {
    graph.setEdge(String(from), String(to), { ...boxes[index], labelpos: 'c' }, String(index));
  });
  dagre(graph, { constraints: orders(edges) });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: nodes.map((_, index) => {
      const { x, y } = graph.node(String(index)) as { x: number; y: number };
      return { x, y };
    }),
    edges: edges.map(({ from, to }, index) => {
      const way = graph.edge(String(from), String(to), String(index)) as {
        points: { x: number; y: number }[];
        x: number;
        y: number;
      };
      const middle = { x: way.x, y: way.y };
      return {
        points: way.points.flatMap(({ x, y }) =>
          Math.hypot(x - middle.x, y - middle.y) < 0.5
            ? straight(middle, boxes[index]!, direction)
            : [{ x, y }],
        ),
        label: middle,
        isLong: false,
      };
    }),
  };
}

/** Past its numbers a way runs straight, so that it bends before and behind them, not through them. */
function straight({ x, y }: Point, { width, height }: Box, direction: Direction): Point[] {
  const [dx, dy] = direction === 'right' ? [width / 2, 0] : [0, height / 2];
  return [
    { x: x - dx, y: y - dy },
    { x: x + dx, y: y + dy },
  ];
}

/** Inputs that are used once stand in the order of the expression, so that a − b reads from the top. */
function orders(edges: LayoutRequest['edges']): { left: string; right: string }[] {
  const uses = new Map<number, number>();
  for (const { from } of edges) uses.set(from, (uses.get(from) ?? 0) + 1);
  return edges.flatMap((edge, index) => {
    const before = edges[index - 1];
    const fits = before?.to === edge.to && uses.get(edge.from) === 1 && uses.get(before.from) === 1;
    return fits ? [{ left: String(before.from), right: String(edge.from) }] : [];
  });
}
