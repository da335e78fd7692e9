// The order in which the two passes are shown, and what is known after each step.
import type { GraphRecord } from '../../engine/pkg/atelier';

export interface Steps {
  /** Computed nodes in the order of the forward pass. */
  forward: number[];
  /** Nodes that send something back, from the output to the first. */
  backward: number[];
  /** After which step each node's value is known; 0 for what is given. */
  valueAt: number[];
  /** After which step each node has sent its products back; Infinity for those that send none. */
  sentAt: number[];
  /** After which step each node's own gradient is complete. */
  gradientAt: number[];
  /** How many edges that carry a gradient lead away from each node. */
  uses: number[];
}

export function stepsOf({ nodes, output }: GraphRecord): Steps {
  const forward = nodes.flatMap((node, index) => (node.edges.length > 0 ? [index] : []));
  const reached = nodes.map((_, index) => index === output);
  for (let index = output; index >= 0; index--) {
    if (reached[index]) for (const edge of nodes[index]!.edges) reached[edge.from] = true;
  }
  const backward = forward
    .filter((index) => reached[index] && nodes[index]!.gradient !== undefined)
    .reverse();

  const valueAt = nodes.map(() => 0);
  forward.forEach((index, step) => (valueAt[index] = step + 1));
  const sentAt = nodes.map(() => Infinity);
  const gradientAt = nodes.map(() => forward.length + backward.length);
  const uses = nodes.map(() => 0);
  gradientAt[output] = forward.length + 1;
  const last = nodes.map(() => 0);
  backward.forEach((index, step) => {
    sentAt[index] = forward.length + step + 1;
    for (const edge of nodes[index]!.edges) {
      if (edge.product === undefined) continue;
      uses[edge.from]!++;
      last[edge.from] = sentAt[index]!;
    }
  });
  last.forEach((step, index) => {
    if (step > 0) gradientAt[index] = step;
  });
  return { forward, backward, valueAt, sentAt, gradientAt, uses };
}

/** How many steps both passes have. */
export function lengthOf(steps: Steps): number {
  return steps.forward.length + steps.backward.length;
}

/** The node that a step is about; null before the first. */
export function nodeAt(steps: Steps, step: number): number | null {
  const { forward, backward } = steps;
  return forward[step - 1] ?? backward[step - 1 - forward.length] ?? null;
}
