import type { LessonText } from '../../../course/lesson';
import { number } from '../../say.svelte';

export const loss = {
  title: 'How wrong is wrong?',
  about: 'Mean squared error and cross-entropy; why the logarithm.',
  steps: {
    question: {
      text: 'A network gives the true class a probability q. One number has to say how bad that is: the loss.\n\nMean squared error takes the squared distances to the truth. Cross-entropy takes −ln q, and looks at the true class only.',
    },
    halved: {
      text: 'The true class has a probability of 0.02 only. It falls to 0.01, half as much. What does the cross-entropy do?',
      options: { double: 'it doubles', some: 'it grows by 0.69', same: 'it stays the same' },
      show: 'Halve q',
      paid: ({ loss }) =>
        `It is ${number(loss?.crossEntropy ?? NaN, 4)} now, ln 2 = 0.6931 more than before. Each halving costs the same: a logarithm counts factors, so a product of many probabilities becomes a sum of losses.`,
    },
    one: {
      text: 'Where is the loss almost nothing? Move q until the cross-entropy is below 0.02.',
      done: ({ loss }) =>
        `q = ${number(loss?.q ?? NaN, 3)} gives ${number(loss?.crossEntropy ?? NaN, 4)}. Only certainty costs nothing: −ln 1 = 0.`,
    },
    wrong: {
      text: 'And the other end: move q until the cross-entropy is above 4, and look at the squared error beside it.',
      done: ({ loss }) =>
        `Cross-entropy ${number(loss?.crossEntropy ?? NaN, 2)}, squared error ${number(loss?.squaredError ?? NaN, 2)}. The squared error has a ceiling; cross-entropy has none: who is sure and wrong pays without end.`,
    },
    gradient: {
      text: 'That decides how it learns. By the logit of the true class the gradient of cross-entropy is q − 1: the more wrong, the stronger. That of the squared error has the slope of softmax in it as well, which is nearly 0 where it is sure and wrong: it would hardly learn from its worst mistakes.',
    },
    end: {
      text: 'Now you can say:\n\n· cross-entropy is −ln of the true class’s probability;\n· each halving of that probability adds ln 2;\n· being sure and wrong costs without end, and so is mended first;\n· with softmax its gradient is simply p − y.',
    },
  },
} satisfies LessonText;
