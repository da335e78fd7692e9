// What a node is called where it is spoken of.
import type { GraphRecord, NodeRecord } from '../../engine/pkg/atelier';
import { shortened } from '../../parts/shortened';
import { say } from '../../words/say.svelte';
import { signOf } from './marks';
import { factor, short } from './numbers';

/** A name, a number, or the operation with its place: “× 5”. */
export function nameOf(node: NodeRecord, index: number): string {
  if (node.name !== undefined) return shortened(node.name);
  if (node.operation === 'constant') return short(node.value);
  return `${say.graph.operations[node.operation]} ${index + 1}`;
}

/** A list with at most seven parts; the middle of a long one is left out. */
function joined(parts: string[], by: string): string {
  return (parts.length <= 7 ? parts : [...parts.slice(0, 5), '…', ...parts.slice(-1)]).join(by);
}

/** What a node computes, with numbers: `100 × 2`. */
export function computation(graph: GraphRecord, index: number): string {
  const node = graph.nodes[index]!;
  const numbers = node.edges.map(({ from }) => graph.nodes[from]!.value);
  const [a = 0] = numbers;
  switch (node.operation) {
    case 'add':
      return joined(
        numbers.map((value) => factor(value)),
        ' + ',
      );
    case 'subtract':
    case 'multiply':
    case 'divide':
      return numbers.map((value) => factor(value)).join(` ${signOf(node)} `);
    case 'power':
      return numbers.map((value) => factor(value)).join(' ^ ');
    case 'negate':
      return `−${factor(a)}`;
    case 'max':
      return `max(${joined(
        numbers.map((value) => short(value)),
        ', ',
      )})`;
    case 'leaf':
    case 'constant':
      return short(node.value);
    default:
      return `${signOf(node)}(${short(a)})`;
  }
}
