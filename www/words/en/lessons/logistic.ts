import type { LessonText } from '../../../course/lesson';
import { number } from '../../say.svelte';

export const logistic = {
  title: 'How do ten yes-or-no questions make one answer?',
  about: 'Logistic regression: one against the rest, the cost with y and 1 − y, five folds.',
  steps: {
    question: {
      text: 'Logistic regression answers one question: this class, or not? It takes w·x + b, and the sigmoid makes a probability p of it. The truth y is 1 or 0.\n\nThe cost is −[y ln p + (1 − y) ln(1 − p)]. Here y is 1: the second half is multiplied by 0, and −ln p is left.',
    },
    rest: {
      text: 'For an image of the rest y is 0. Choose y = 0, then give it a prediction that costs more than 3: sure, and wrong.',
      done: ({ cost }) =>
        `p = ${number(cost?.p ?? NaN, 3)} where y is 0 costs ${number(cost?.cost ?? NaN, 3)}. Now −ln(1 − p) is left of the formula.`,
    },
    folds: {
      text: 'The course’s notebook trains ten such models, one a class, and cuts the 60,000 images into five folds: each is held out once and judged by models that did not learn from it. What is the mean accuracy of the five?\n\nBet, then run the replay in the room.',
      options: { low: 'below 80%', middle: '80 to 90%', high: 'above 90%' },
      show: 'I have bet',
      paid: ({ folds }) =>
        `The mean is ${number(folds?.mean ?? NaN, 4)}; the folds lie from ${number(folds?.lowest ?? NaN, 4)} to ${number(folds?.highest ?? NaN, 4)}.`,
    },
    note: {
      text: 'The note prints 0.8314. Here each model visits its images in scikit-learn’s own order, so ours stands close beside it.\n\nWhere the note misleads: 0.8314 is a mean of five trainings, and no single model has it. Each fold was judged on 12,000 images that it had not learnt from; the 10,000 test images were not used.',
    },
    lines: {
      text: 'Below the folds stand the ten models’ lines of decision for one held-out image. Each says w·x + b for its class against all others; the largest wins. More than one may say yes, or none.\n\nChoose the image of another fold.',
      done: 'Other models, another image: each fold has ten of its own.',
    },
    end: {
      text: 'Now you can say:\n\n· one against the rest: one yes-or-no model a class, and the largest decision is the answer;\n· y and 1 − y switch between two costs, −ln p and −ln(1 − p);\n· five folds hold out each image once;\n· their mean judges a way of training, not one model.',
    },
  },
} satisfies LessonText;
