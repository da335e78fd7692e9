import type { LessonText } from '../../../course/lesson';
import { number } from '../../say.svelte';

export const graph = {
  title: 'Who is to blame for 715?',
  about: 'The computational graph: forward for the value, back for the blame.',
  steps: {
    shop: {
      text: 'Two apples at 100 and three oranges at 150, and a tax of 10% (× 1.1): 715. The graph writes the sum as nodes, each doing one small thing: multiply, add, multiply. Forward, each node computes from what comes in.',
    },
    coin: {
      text: 'An apple costs one coin more, 101. How much more is the total?',
      options: { '1': '1', '1.1': '1.1', '2.2': '2.2' },
      show: 'Raise the price',
      paid: ({ graph }) =>
        `${number(graph?.result ?? NaN, 1)} in place of 715: 2.2 more. Each coin counts twice, for two apples, and 1.1 times, for the tax.`,
    },
    back: {
      text: 'That 2.2 is the derivative of the total by the price, and the graph finds it without trying: the blame of the result is 1, and it goes back along the lines, at each node times the local derivative. Press “Backward” and follow it: 1, then 1.1 at the sum, then 2.2 at the price.\n\nOne pass back finds the derivative by every number at once. That is back-propagation.',
    },
    multiply: {
      text: 'An add node sends back what it gets, unchanged. Now a multiply node: z = x × y with x = 10 and y = 5. What blame does x get?',
      options: { '1': '1', '5': '5, the other’s value', '10': '10, its own value' },
      show: 'See the multiply node',
      paid: 'A multiply node swaps: x gets y’s value, y gets x’s. So a weight’s gradient is its input times the blame, and nothing is learnt from a pixel that is 0.',
    },
    flat: {
      text: 'z = (x + y)². Its derivative by x is 2(x + y). Move x until the derivative is 0.',
      done: ({ graph }) =>
        `At x = ${number(graph?.nodes.x?.value ?? NaN, 1)} nothing flows back: this is the lowest point, and training would rest here.`,
    },
    sigmoid: {
      text: 'The sigmoid as four small nodes. Multiplied along the chain their slopes become y(1 − y). Find the x where it is largest.',
      done: ({ graph }) =>
        `0.25 at x = ${number(graph?.nodes.x?.value ?? NaN, 1)}. Through three sigmoids at most 0.25³ ≈ 0.016 of the blame comes back: that is why deep networks use ReLU.`,
    },
    end: {
      text: 'Now you can say:\n\n· forward, each node computes its value; back, each passes the blame on times its local derivative;\n· add passes on, multiply swaps, and along a chain one multiplies;\n· one pass back gives the derivative by every weight at once.\n\nChoose “A unit of your network” among the room’s examples, and the same tape runs with the weights that you trained.',
    },
  },
} satisfies LessonText;
