import type { LessonText } from '../../../course/lesson';
import { number } from '../../say.svelte';

export const neuron = {
  title: 'Why not a straight line?',
  about: 'Perceptron, step and sigmoid; gates; why a network has to bend.',
  steps: {
    perceptron: {
      text: 'A perceptron weighs its inputs, adds a bias, and answers 1 when the sum is large enough, else 0: z = w·x + b, then a step. It is the oldest neuron there is.\n\nTo learn means: turn the weight a little, and keep what made the answer better.',
    },
    nudge: {
      text: 'Here x is 1 and w is 1, so the step answers 1. Let us turn the weight by 0.1. What will the output do?',
      options: { more: 'it grows a little', same: 'nothing at all' },
      show: 'Turn w to 1.1',
      paid: 'The step is flat to both sides of its edge: its slope is 0, and a slope of 0 says nothing about which way is better. A step cannot be trained by small turns.',
    },
    sigmoid: {
      text: 'The sigmoid, 1 ÷ (1 + e^(−z)), is a step that was bent into a slope. What does it answer for z = 0? Its place is covered.',
      label: 'σ(0)',
      right: 'Yes: e⁰ = 1, so 1 ÷ (1 + 1). Exactly undecided.',
      slips: {
        exponential: 'e⁰ is 1, but that stands below the line, beside another 1.',
        zero: 'Then it would be sure of the answer 0. z = 0 lies in the middle.',
        sum: 'That is what stands below the line.',
      },
    },
    slope: {
      text: 'Now the input is 5. The output is almost 1, and the curve is almost flat: ∂y/∂w is small, so the weight hardly learns.\n\nMove the input until ∂y/∂w is above 0.2.',
      done: ({ neuron }) =>
        `At x = ${number(neuron?.input ?? NaN, 2)} it is ${number(neuron?.readings.sigmoid?.dWeight ?? NaN, 4)}. A neuron learns fastest where it is undecided.`,
    },
    or: {
      text: 'With two inputs a neuron is a gate. It stands at AND’s weights, but OR is wanted: two of four corners come out wrong.\n\nMove the bias until all four are right.',
      done: 'One line parts the corners, and the bias moves it. Nothing else changed.',
    },
    xor: {
      text: 'XOR answers 1 when exactly one input is 1. How many of its four corners can one neuron get right, with the best weights there are?',
      options: { four: 'all four', three: 'three at most' },
      show: 'Try OR’s weights on XOR',
      paid: 'The 1s of XOR lie in opposite corners. A neuron draws one straight line, and no straight line parts them. That is the wall at which perceptrons stopped in 1969.',
    },
    two: {
      text: 'The way over the wall is a layer between. Choose two layers (or let the room show it) and reach all four corners.',
      done: 'Two hidden neurons, OR and NAND, and an AND of both. A layer makes of the plane one in which a line is enough.',
    },
    bend: {
      text: 'But only if the hidden layer bends. Here nothing stands between the two layers, and W₂·W₁ is again one matrix: two linear layers are one. With a non-linear function between them they are not.',
    },
    end: {
      text: 'Now you can say:\n\n· a perceptron is a weighted sum and a step;\n· a step has slope 0 and cannot learn by small turns, a sigmoid can;\n· one neuron draws one straight line, and XOR needs more;\n· layers help only because something non-linear stands between them.',
    },
  },
} satisfies LessonText;
