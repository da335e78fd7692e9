// Lesson 9: the computational graph: 715, one more coin, add and multiply, the chain rule.
import type { Lesson } from '../lesson';

const about = (value: number | null | undefined, wanted: number) =>
  value !== null && value !== undefined && Math.abs(value - wanted) < 1e-6;

export const graph: Lesson = {
  id: 'graph',
  number: 9,
  minutes: 8,
  steps: [
    { id: 'shop', kind: 'read', at: '#/graph', light: 'graph' },
    {
      id: 'coin',
      kind: 'bet',
      at: '#/graph',
      light: 'graph',
      options: ['1', '1.1', '2.2'],
      show: '#/graph?values=apple_price:101',
      outcome: ({ graph }) => {
        const price = graph?.example === 'apples' ? graph.nodes.apple_price?.value : undefined;
        if (price !== 101) return null;
        return ['1', '1.1', '2.2'].find((more) => about(graph?.result, 715 + Number(more))) ?? null;
      },
    },
    { id: 'back', kind: 'read', at: '#/graph', light: 'graph' },
    {
      id: 'multiply',
      kind: 'bet',
      at: '#/graph?example=add',
      light: 'graph',
      options: ['1', '5', '10'],
      show: '#/graph?example=multiply',
      outcome: ({ graph }) =>
        graph?.example === 'multiply'
          ? (['1', '5', '10'].find((one) => about(graph.nodes.x?.derivative, Number(one))) ?? null)
          : null,
    },
    {
      id: 'flat',
      kind: 'do',
      at: '#/graph?example=square',
      light: 'graph',
      isDone: ({ graph }) => graph?.example === 'square' && about(graph.nodes.x?.derivative, 0),
    },
    {
      id: 'sigmoid',
      kind: 'do',
      at: '#/graph?example=sigmoid',
      light: 'graph',
      isDone: ({ graph }) => graph?.example === 'sigmoid' && about(graph.nodes.x?.derivative, 0.25),
    },
    { id: 'end', kind: 'read' },
  ],
};
