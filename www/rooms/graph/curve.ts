// An edge as a curve that leaves and arrives along the direction of the graph.
import type { Direction, Point } from '../../engine/layout/types';

export function curveOf(points: Point[], direction: Direction): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let from = first;
  for (const to of rest) {
    const half = direction === 'right' ? (to.x - from.x) / 2 : (to.y - from.y) / 2;
    const [a, b] =
      direction === 'right'
        ? [
            { x: from.x + half, y: from.y },
            { x: to.x - half, y: to.y },
          ]
        : [
            { x: from.x, y: from.y + half },
            { x: to.x, y: to.y - half },
          ];
    path += `C${round(a.x)} ${round(a.y)} ${round(b.x)} ${round(b.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
