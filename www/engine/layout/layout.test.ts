import { describe, expect, it } from 'vitest';
import { dagreLayout, layoutOf, MOST_FOR_DAGRE } from './layout';
import { rankedLayout } from './ranked';
import type { Direction, Layout, LayoutRequest } from './types';

const box = { width: 80, height: 44 };
const label = { width: 60, height: 30 };

function request(count: number, edges: [number, number][], direction: Direction = 'right'): LayoutRequest {
  const nodes = Array.from({ length: count }, () => box);
  return { nodes, edges: edges.map(([from, to]) => ({ from, to })), label, direction };
}

/** (2 apples) + (3 oranges), taxed. */
const shop: [number, number][] = [
  [0, 2],
  [1, 2],
  [3, 5],
  [4, 5],
  [2, 6],
  [5, 6],
  [6, 8],
  [7, 8],
];

function overlaps({ nodes }: Layout): number {
  let found = 0;
  nodes.forEach((a, i) =>
    nodes.slice(i + 1).forEach((b) => {
      if (Math.abs(a.x - b.x) < box.width && Math.abs(a.y - b.y) < box.height) found++;
    }),
  );
  return found;
}

describe.each([
  ['dagre', dagreLayout],
  ['ranks', rankedLayout],
])('by %s', (_, layout) => {
  it.each(['right', 'down'] as const)('runs %s, without overlaps, inside its own size', (direction) => {
    const asked = request(9, shop, direction);
    const found = layout(asked);
    expect(overlaps(found)).toBe(0);
    const along = direction === 'right' ? 'x' : 'y';
    for (const { from, to } of asked.edges) {
      expect(found.nodes[from]![along]).toBeLessThan(found.nodes[to]![along]);
    }
    for (const { x, y } of found.nodes) {
      expect(x).toBeGreaterThanOrEqual(box.width / 2 - 0.01);
      expect(y).toBeGreaterThanOrEqual(box.height / 2 - 0.01);
      expect(x).toBeLessThanOrEqual(found.width - box.width / 2 + 0.01);
      expect(y).toBeLessThanOrEqual(found.height - box.height / 2 + 0.01);
    }
  });

  it('leaves room for the numbers on every way', () => {
    const found = layout(request(9, shop));
    for (const { points } of found.edges) {
      expect(points.at(-1)!.x - points[0]!.x).toBeGreaterThanOrEqual(label.width);
    }
  });

  it('keeps the numbers on the ways apart from each other and from the nodes', () => {
    const asked = request(9, shop);
    const found = layout(asked);
    const boxes = found.edges.map(({ label: at }) => ({ ...at, ...label }));
    const all = [...boxes, ...found.nodes.map((at) => ({ ...at, ...box }))];
    boxes.forEach((a, i) =>
      all.forEach((b, j) => {
        if (i === j) return;
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01 ||
          Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.01;
        expect(apart, `${i} and ${j}`).toBe(true);
      }),
    );
  });

  it('keeps the order of a − b', () => {
    const found = layout(
      request(3, [
        [0, 2],
        [1, 2],
      ]),
    );
    expect(found.nodes[0]!.y).toBeLessThan(found.nodes[1]!.y);
  });

  it('takes a value used twice by the same node, a single node, and none', () => {
    const twice = request(2, [
      [0, 1],
      [0, 1],
    ]);
    expect(layout(twice).edges).toHaveLength(2);
    expect(layout(request(1, [])).nodes).toHaveLength(1);
    expect(layout(request(0, [])).nodes).toHaveLength(0);
  });
});

it('lays out two thousand nodes in a fraction of a second, whatever their shape', () => {
  const chain: [number, number][] = Array.from({ length: 1999 }, (_, i) => [i, i + 1]);
  const sum: [number, number][] = Array.from({ length: 1999 }, (_, i) => [i, 1999]);
  const reused: [number, number][] = [];
  for (let i = 1; i < 2000; i++) reused.push([i - 1, i], [0, i]);
  const tree: [number, number][] = Array.from({ length: 1998 }, (_, i) => [i, 1000 + Math.floor(i / 2)]);
  for (const edges of [chain, sum, reused, tree]) {
    const start = performance.now();
    const found = layoutOf(request(2000, edges));
    // Measured 3–20 ms; the bound leaves room for a busy machine.
    expect(performance.now() - start).toBeLessThan(2000);
    expect(found.nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  }
  expect(2000).toBeGreaterThan(MOST_FOR_DAGRE);
});

it('puts each product of a long sum between its own two factors', () => {
  const edges: [number, number][] = Array.from({ length: 200 }, (_, i) => [i, 200 + Math.floor(i / 2)]);
  for (let i = 200; i < 300; i++) edges.push([i, 300]);
  const { nodes } = rankedLayout(request(301, edges));
  for (let i = 0; i < 100; i++) {
    expect(nodes[200 + i]!.y).toBeCloseTo((nodes[2 * i]!.y + nodes[2 * i + 1]!.y) / 2, 6);
  }
});

it('keeps factors beside their products when one of them is used by all', () => {
  // x is 0, the others 1 … 100, the products 101 … 200.
  const edges: [number, number][] = [];
  for (let i = 1; i <= 100; i++) edges.push([i, 100 + i], [0, 100 + i], [100 + i, 201]);
  const { nodes } = rankedLayout(request(202, edges));
  for (let i = 1; i <= 100; i++) {
    expect(Math.abs(nodes[i]!.y - nodes[100 + i]!.y)).toBeLessThan(3 * box.height);
  }
});

it('keeps the numbers apart where one value is used many times', () => {
  // x is 0; every second node of the chain takes it, too.
  const edges: [number, number][] = [];
  for (let i = 1; i < 200; i++) {
    edges.push([i, i + 1]);
    if (i % 2 === 1) edges.push([0, i + 1]);
  }
  for (const direction of ['right', 'down'] as const) {
    const { edges: ways } = rankedLayout(request(201, edges, direction));
    const places = ways.map(({ label: at }) => at);
    const close = places.flatMap((a, i) =>
      places
        .slice(i + 1)
        .filter((b) => Math.abs(a.x - b.x) < label.width - 0.01 && Math.abs(a.y - b.y) < label.height - 0.01)
        .map((b) => [a, b]),
    );
    expect(close, direction).toEqual([]);
  }
});

it('breaks a long chain into lines that fit a page', () => {
  const chain: [number, number][] = Array.from({ length: 1999 }, (_, i) => [i, i + 1]);
  const found = rankedLayout(request(2000, chain));
  expect(overlaps(found)).toBe(0);
  expect(found.width / found.height).toBeGreaterThan(0.8);
  expect(found.width / found.height).toBeLessThan(3);
  for (const { x, y } of found.nodes) {
    expect(x).toBeGreaterThanOrEqual(box.width / 2 - 0.01);
    expect(x).toBeLessThanOrEqual(found.width - box.width / 2 + 0.01);
    expect(y).toBeLessThanOrEqual(found.height);
  }
  expect(found.edges.filter(({ isLong }) => isLong).length).toBeLessThan(100);
});

it('places equal graphs equally', () => {
  expect(layoutOf(request(9, shop))).toEqual(layoutOf(request(9, shop)));
});
