// What a node looks like: its sign, the words on it, and the box that both need.
import type { NodeRecord, Operation } from '../../engine/pkg/atelier';
import type { Box, Direction } from '../../engine/layout/types';
import { short } from './numbers';

const SIGNS: Record<Operation, string> = {
  leaf: '',
  constant: '',
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  power: 'aᵇ',
  negate: '−a',
  exp: 'exp',
  ln: 'ln',
  sqrt: '√',
  max: 'max',
  sigmoid: 'σ',
  tanh: 'tanh',
  relu: 'relu',
  step: 'step',
};

export const RADIUS = 21;
export const LEAF_HEIGHT = 46;
/** Room for the words above and below a mark. */
const ABOVE = 17;
/** Room for a sum of gradients under a mark: ← Σ −0.08919. */
const SUM_WIDTH = 84;

/** The sign in a node: a sum of many is Σ. */
export function signOf(node: NodeRecord): string {
  return node.operation === 'add' && node.edges.length > 2 ? 'Σ' : SIGNS[node.operation];
}

/** A name as a reader reads it, cut where it would not fit. */
export function spoken(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.length > 16 ? `${words.slice(0, 15)}…` : words;
}

export function widthOf(text: string, size = 12): number {
  // Hangul and other wide letters take a full square, Latin ones about half.
  return [...text].reduce((sum, c) => sum + (c > '\u2e80' ? size : size * 0.58), 0);
}

export function isGiven(node: NodeRecord): boolean {
  return node.edges.length === 0;
}

/** The mark itself, without the words around it. */
export function markBox(node: NodeRecord, direction: Direction): Box {
  if (node.operation === 'leaf') {
    const [least, space] = direction === 'right' ? [72, 26] : [62, 14];
    const words = Math.max(widthOf(spoken(node.name ?? '')) + space, widthOf(short(node.value), 15) + 14);
    return { width: Math.max(least, words), height: LEAF_HEIGHT };
  }
  if (node.operation === 'constant')
    return { width: Math.max(36, widthOf(short(node.value, 4), 14) + 18), height: 30 };
  return { width: 2 * RADIUS, height: 2 * RADIUS };
}

/** The mark with its words: a name above it where the graph runs to the right, beside it where it runs down; a gradient below it. */
export function nodeBox(node: NodeRecord, isShared: boolean, direction: Direction): Box {
  const { width, height } = markBox(node, direction);
  if (node.operation === 'constant') return { width, height };
  if (direction === 'right') {
    const named = node.operation === 'leaf' ? 0 : widthOf(spoken(node.name ?? ''));
    const hasWords = isShared || (node.operation !== 'leaf' && node.name !== undefined);
    const words = Math.max(named, isShared ? SUM_WIDTH : 0);
    return { width: Math.max(width, words), height: height + (hasWords ? 2 * ABOVE : 0) };
  }
  if (node.operation === 'leaf') return { width, height: height + (isShared ? 2 * ABOVE : 0) };
  const aside = node.name === undefined ? 0 : widthOf(spoken(node.name)) + 8;
  return { width: width + 2 * aside, height: height + (isShared ? 2 * ABOVE : 0) };
}
