// A layout for graphs too large for dagre, in time that grows with their edges:
// ranks by the longest way, each rank ordered by the middle of its neighbours.
import type { Layout, LayoutRequest, Point } from './types';

const RANK_GAP = 40;
const NODE_GAP = 14;
/** Odd: the last one goes forward, so that a node stands in the middle of its inputs. */
const SWEEPS = 5;
/** Pixels, and the width of all lines together for their height. */
const LONGEST_LINE = 4_000;
const SHAPE = 1.5;
const LINE_GAP = 60;
/** Ranks that an edge may cross and still be followed by eye. */
const LONG_WAY = 4;

export function rankedLayout({ nodes, edges, label, direction }: LayoutRequest): Layout {
  const inputs: number[][] = nodes.map(() => []);
  const users: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) {
    inputs[to]?.push(from);
    users[from]?.push(to);
  }
  const rank = ranks(inputs, users);
  const rows = rowsOf(rank, inputs, nodes.length);
  const widest = edges.reduce((most, { labelWidth = 0 }) => Math.max(most, labelWidth), label.width);
  // Along: where the forward pass runs. Across: the other way.
  const isRight = direction === 'right';
  const [labelAlong, labelAcross] = isRight ? [widest, label.height] : [label.height, widest];
  const slots = slotsOf(edges, users, labelAcross + 6);
  const along = (index: number) => (isRight ? nodes[index]!.width : nodes[index]!.height);
  const across = (index: number) =>
    Math.max(isRight ? nodes[index]!.height : Math.max(nodes[index]!.width, widest), slots.room[index]!);

  const position = new Float64Array(nodes.length);
  const wishes = new Float64Array(nodes.length);
  for (const row of rows) place(row, () => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isBack = sweep % 2 === 1;
    for (const row of isBack ? [...rows].reverse() : rows) {
      place(row, (index) => middle(isBack ? users[index]! : inputs[index]!) ?? position[index]!);
    }
  }

  function middle(neighbours: number[]): number | null {
    if (neighbours.length === 0) return null;
    return neighbours.reduce((sum, index) => sum + position[index]!, 0) / neighbours.length;
  }
  /** Orders a row by wishes, equal ones as they were, and brings each node as near to its own as the gaps allow. */
  function place(row: number[], wish: (index: number) => number) {
    let least = -Infinity;
    for (const index of row) wishes[index] = wish(index);
    row.sort((a, b) => wishes[a]! - wishes[b]!);
    let drift = 0;
    row.forEach((index) => {
      const half = across(index) / 2;
      const found = Math.max(wishes[index]!, least + half);
      position[index] = found;
      drift += wishes[index]! - found;
      least = found + half + NODE_GAP;
    });
    for (const index of row) position[index]! += drift / Math.max(1, row.length);
  }

  const starts: number[] = [];
  let end = 0;
  let deepest = 0;
  for (const row of rows) {
    const depth = row.reduce((most, index) => Math.max(most, along(index)), 0);
    deepest = Math.max(deepest, depth);
    starts.push(end + depth / 2);
    end += depth + labelAlong + RANK_GAP;
  }
  const least = nodes.reduce(
    (low, _, index) => Math.min(low, position[index]! - across(index) / 2),
    Infinity,
  );
  const most = nodes.reduce(
    (high, _, index) => Math.max(high, position[index]! + across(index) / 2),
    -Infinity,
  );
  const breadth = Math.max(0, most - least);

  // A long, thin graph goes on in a new line, as a text does.
  const pitch = breadth + LINE_GAP;
  const lines = end > LONGEST_LINE ? Math.max(1, Math.round(Math.sqrt(end / (SHAPE * pitch)))) : 1;
  const lineLength = lines > 1 ? end / lines : Math.max(0, end - labelAlong - RANK_GAP);
  const lineOf = (index: number) => Math.min(lines - 1, Math.floor(starts[rank[index]!]! / lineLength));
  const pad = lines > 1 ? deepest / 2 : 0;
  const point = (a: number, b: number): Point => (isRight ? { x: a, y: b } : { x: b, y: a });
  const alongOf = (index: number) =>
    lines > 1 ? starts[rank[index]!]! - lineOf(index) * lineLength + pad : starts[rank[index]!]!;
  const acrossOf = (index: number) => position[index]! - least + (lines > 1 ? lineOf(index) * pitch : 0);
  const whole = point(lineLength + 2 * pad, lines > 1 ? lines * pitch - LINE_GAP : breadth);
  return {
    width: whole.x,
    height: whole.y,
    nodes: nodes.map((_, index) => point(alongOf(index), acrossOf(index))),
    edges: edges.map(({ from, to }, edge) => {
      const leave = alongOf(from) + along(from) / 2;
      const arrive = alongOf(to) - along(to) / 2;
      const [first, last] = [point(leave, acrossOf(from)), point(arrive, acrossOf(to))];
      const isLong = rank[to]! - rank[from]! > LONG_WAY || lineOf(to) !== lineOf(from);
      const slot = slots.offset[edge]!;
      // The only way from a node carries its numbers where it sets out; where many ways meet, they would.
      // Of many ways from a node each carries them where it arrives, beside the others that do.
      const [middle, side] = Number.isNaN(slot)
        ? [leave + labelAlong / 2 + 4, acrossOf(from)]
        : [arrive - labelAlong / 2 - 14, acrossOf(to) + slot];
      const [before, behind] = [point(middle - labelAlong / 2, side), point(middle + labelAlong / 2, side)];
      return { points: [first, before, behind, last], label: point(middle, side), isLong };
    }),
  };
}

/**
 * Where the numbers of ways from nodes with many users stand, across from the middle of the node they
 * lead into: next to the ways from nodes that lead nowhere else (NaN). And the room that each node needs.
 */
function slotsOf(edges: LayoutRequest['edges'], users: number[][], pitch: number) {
  const alone = users.map(() => 0);
  const shared = users.map(() => 0);
  const place = edges.map(({ from, to }) => {
    if (users[from]!.length > 1) return shared[to]!++;
    alone[to]!++;
    return NaN;
  });
  const offset = edges.map(({ to }, edge) => {
    const first = alone[to]! > 0 ? (alone[to]! + 1) / 2 : (1 - shared[to]!) / 2;
    return (first + place[edge]!) * pitch;
  });
  const room = users.map((_, index) => {
    const [few, many] = [alone[index]!, shared[index]!];
    return (many === 0 ? 0 : few === 0 ? many : few + 2 * many) * pitch;
  });
  return { offset, room };
}

/** One more than the highest input's; what nothing leads to stands just before its first user. */
function ranks(inputs: number[][], users: number[][]): number[] {
  const rank = inputs.map(() => 0);
  inputs.forEach((from, index) => {
    rank[index] = from.reduce((most, input) => Math.max(most, rank[input]! + 1), 0);
  });
  users.forEach((to, index) => {
    if (inputs[index]!.length > 0 || to.length === 0) return;
    rank[index] = to.reduce((least, user) => Math.min(least, rank[user]!), Infinity) - 1;
  });
  return rank;
}

/** Each rank's nodes in the order of a walk from the last node to its inputs: a tree has no crossings. */
function rowsOf(rank: number[], inputs: number[][], count: number): number[][] {
  const rows: number[][] = [];
  const seen = new Uint8Array(count);
  for (let root = count - 1; root >= 0; root--) {
    const stack = seen[root] ? [] : [root];
    while (stack.length > 0) {
      const index = stack.pop()!;
      if (seen[index]) continue;
      seen[index] = 1;
      (rows[rank[index]!] ??= []).push(index);
      stack.push(...[...inputs[index]!].reverse());
    }
  }
  return Array.from(rows, (row) => row ?? []);
}
