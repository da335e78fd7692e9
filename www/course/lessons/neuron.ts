// Lesson 1: perceptron, step and sigmoid, gates, and why a network must bend.
import type { Lesson } from '../lesson';

export const neuron: Lesson = {
  id: 'neuron',
  number: 1,
  minutes: 9,
  steps: [
    { id: 'perceptron', kind: 'read', at: '#/neuron?show=step', light: 'readings' },
    {
      id: 'nudge',
      kind: 'bet',
      at: '#/neuron?show=step',
      light: 'readings',
      options: ['more', 'same'],
      show: '#/neuron?w=1.1&show=step',
      outcome: ({ neuron }) => {
        const step = neuron?.weight === 1.1 ? neuron.readings.step : undefined;
        return step ? (step.output === 1 && step.dWeight === 0 ? 'same' : 'more') : null;
      },
    },
    {
      id: 'sigmoid',
      kind: 'compute',
      at: '#/neuron?x=0&show=sigmoid',
      light: 'output-sigmoid',
      answer: ({ neuron }) => neuron?.readings.sigmoid?.output ?? null,
      decimals: 4,
      slips: [
        { id: 'exponential', value: () => 1 },
        { id: 'zero', value: () => 0 },
        { id: 'sum', value: () => 2 },
      ],
    },
    {
      id: 'slope',
      kind: 'do',
      at: '#/neuron?x=5&show=sigmoid',
      light: 'readings',
      isDone: ({ neuron }) => (neuron?.readings.sigmoid?.dWeight ?? 0) > 0.2,
    },
    {
      id: 'or',
      kind: 'do',
      at: '#/neuron?gate=or&one=0.5,0.5,-0.7',
      light: 'gate',
      isDone: ({ gate }) => gate?.gate === 'or' && gate.numLayers === 1 && gate.right === 4,
    },
    {
      id: 'xor',
      kind: 'bet',
      at: '#/neuron?gate=and',
      light: 'gate',
      options: ['four', 'three'],
      show: '#/neuron?gate=xor&one=1,1,-0.5',
      outcome: ({ gate }) =>
        gate?.gate === 'xor' && gate.numLayers === 1 ? (gate.right === 4 ? 'four' : 'three') : null,
    },
    {
      id: 'two',
      kind: 'do',
      at: '#/neuron?gate=xor&one=1,1,-0.5',
      light: 'gate',
      isDone: ({ gate }) => gate?.gate === 'xor' && gate.numLayers === 2 && gate.right === 4,
    },
    { id: 'bend', kind: 'read', at: '#/neuron', light: 'two-layers' },
    { id: 'end', kind: 'read' },
  ],
};
