import type { LessonText } from '../../../course/lesson';
import { number, percent } from '../../say.svelte';

export const all = {
  title: 'Can you do it by yourself, and say where it fails?',
  about: 'Everything at once: a goal, one exam, the mistakes, and a digit in a corner.',
  steps: {
    plan: {
      text: 'Everything of the day is on this one page: layers, activations, the loss, the optimizer, mini-batches, epochs.\n\nThe goal is 0.87 on the validation images. The course’s one layer stays below it, however long it is trained. So think first: what would you change, and why? Then try, and change one thing at a time. Of the validation images you may look at every score; the test images stay where they are.',
    },
    goal: {
      text: 'Reach 0.87 on the validation images. Layers, activation, optimizer, learning rate, batch size, epochs: all of it is yours. “Start from” has networks to begin with.\n\nIt takes a hidden layer at least. If the loss rises or is no number, the steps are too long.',
      done: ({ train }) =>
        `${percent(train?.validationAccuracy ?? NaN, 1)}, with ${number(train?.parameters ?? NaN)} weights and biases, after ${number(train?.finishedEpochs ?? NaN)} epochs. Go on if you like. When you are content, it is time for the exam.`,
    },
    exam: {
      text: 'There are 10,000 test images, from which nothing was learnt and by which nothing was chosen. How will the network do there, beside the validation images?\n\nBet, then take the exam in the room: once, and while the training rests.',
      options: {
        lower: 'worse, by more than two hundredths',
        near: 'within two hundredths of it',
        higher: 'better, by more than two hundredths',
      },
      show: 'I have bet',
      paid: ({ exam }) =>
        `${number(exam?.accuracy ?? NaN, 4)} on the test images, ${number(exam?.validation ?? NaN, 4)} on the validation images. This is the number one may report.\n\nThe course’s note stops before it: its last line is of the part that fit validated on. That part helped to choose, and is no test set. Whoever looks at the test images again and again, and changes something each time, makes a second validation set of them.`,
    },
    confused: {
      text: 'An accuracy does not say where it fails. Each row of this table is a class, each column an answer; off the diagonal stand the mistakes.\n\nFind the largest mistake, and open it.',
      done: ({ confusion }) =>
        `${confusion?.open?.label ?? ''} taken for ${confusion?.open?.prediction ?? ''}: ${number(confusion?.open?.count ?? NaN)} images. Look at them. In 28 × 28 grey pixels, without colour and cloth, would you have known?`,
    },
    sure: {
      text: 'Worse than wrong is wrong and sure. Find an image of which the network says something wrong with more than 90%, and open it.\n\nOf the predictions show the wrong ones only, the most sure first.',
      done: ({ answer }) =>
        `It gave its wrong answer ${percent(answer?.output ?? NaN, 1)}. Softmax shares out 100% among the classes it knows, whatever it is shown; it has no word for “I do not know”. “Open in One step” below the image leads to the sums behind it.`,
    },
    corner: {
      text: 'Last, a digit from outside, read by a network that learnt MNIST and knows how to read hands. The room usually brings a drawing to where MNIST’s digits stand; this is switched off now.\n\nDraw a small 3 in the upper left corner such that it is read as something else; or press “A small 3 in the corner”.',
      done: ({ drawing }) =>
        `It reads ${number(drawing?.answer ?? NaN)}, with ${percent(drawing?.probability ?? NaN, 1)}. To you it is a 3 wherever it stands. To a dense layer a pixel is a place with a weight of its own, and at these places its 3s had no ink.`,
    },
    mended: {
      text: 'So the network is not to blame alone: its input was not made as its training images were.\n\nSwitch the two stages on again, “fit to 20 pixels” and “centre of mass to the middle”, and watch what the network receives.',
      done: ({ drawing }) =>
        `Now it reads ${number(drawing?.answer ?? NaN)}, with ${percent(drawing?.probability ?? NaN, 1)}: not one weight has changed. What was done to the training images must be done to every image that comes later.`,
    },
    end: {
      text: 'Now you can say:\n\n· how to reach a goal: change one thing, look at the validation images, go on;\n· the test images are asked once, at the end, and that number is the one to report;\n· where a network fails stands in the table of confusion, and in the images themselves;\n· a softmax output of 99% is no promise;\n· a network can only read what is made as its training images were.\n\nThat was the day. The rooms stay open.',
    },
  },
} satisfies LessonText;
