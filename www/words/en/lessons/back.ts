import type { LessonText } from '../../../course/lesson';
import { number, significant } from '../../say.svelte';

export const back = {
  title: 'How does a weight in the middle learn that the answer was wrong?',
  about: 'Back-propagation through two layers: δ at the output, back along the weights, and a step.',
  steps: {
    forward: {
      text: 'A network of two layers: 784 pixels, 128 hidden units, ten outputs. Each hidden unit weighs the pixels and adds its bias, z = Σ x·w + b, and passes on a = f(z); here f is ReLU. The output layer does the same with the 128 activations, and softmax turns its ten sums into probabilities.\n\nOnly the output is told the truth. For the units in the middle nobody has a target.',
    },
    truth: {
      text: ({ oneStep }) =>
        `The way back begins at the output. How does the loss change when a logit grows a little? That is its blame δ. With softmax and cross-entropy δ = p − y, where y is 1 for the true class and 0 for the others.\n\nThe network gave the true class p = ${number(oneStep?.truth.output ?? NaN, 3)}. What is its δ, to three decimals?`,
      label: 'δ',
      right: 'Yes: p − 1. It is negative: a larger logit would make the loss smaller.',
      slips: {
        sign: 'That is y − p. The loss falls when this logit grows, so δ is negative.',
        target: 'That is p. The true class has y = 1, which is taken off.',
        mean: 'That is divided by the number of images. δ is of one image; the mean is taken later, of the gradients.',
      },
    },
    down: {
      text: ({ oneStep }) =>
        `Now a hidden unit. Forward it went into each of the ten outputs, through one weight each. Back, each output sends its δ along that same weight, and all that arrives is added up: Σ w·δ. At unit ${number((oneStep?.layers[0]?.open.unit ?? NaN) + 1)}, which is open here, that is ${significant(oneStep?.layers[0]?.open.down ?? NaN, 4)}.\n\nTimes its own local derivative it becomes the unit’s δ = f′(z) · Σ w·δ. From there on it is as at the output: a weight’s gradient is its input times δ. So the weight in the middle learns of the error.`,
    },
    slope: {
      text: ({ oneStep }) =>
        `Another network, with sigmoids. At unit ${number((oneStep?.layers[1]?.open.unit ?? NaN) + 1)} of its layer 2 arrives Σ w·δ = ${significant(oneStep?.layers[1]?.open.down ?? NaN, 4)}. Its output is a = ${significant(oneStep?.layers[1]?.open.a ?? NaN, 4)}, and the slope there is f′(z) = a(1 − a) = ${significant(oneStep?.layers[1]?.open.slope ?? NaN, 4)}.\n\nWhat is its δ, to four decimals?`,
      label: 'δ',
      right: 'Yes: the slope times what arrived. A sigmoid lets through a quarter at most.',
      slips: {
        slope: 'That is what arrives. The unit’s own slope f′(z) is still to be multiplied.',
        output: 'That is times a = f(z). On the way back the derivative f′(z) counts.',
        sign: 'Both factors are positive here, and so is their product.',
      },
    },
    off: {
      text: 'ReLU again: its slope is 1 where z is above 0, and 0 below.\n\nThe unit that is open is on (z > 0). Find a hidden unit through which nothing comes back: point at one in the bars, or walk over them with ← and →.',
      done: ({ oneStep }) =>
        `Unit ${number((oneStep?.layers[0]?.open.unit ?? NaN) + 1)} has z = ${significant(oneStep?.layers[0]?.open.z ?? NaN, 4)}, so f′(z) = 0. What arrives is ${significant(oneStep?.layers[0]?.open.down ?? NaN, 4)}, and yet its δ is 0. From this image its weights learn nothing.`,
    },
    step: {
      text: 'The old perceptron had a step function. A hidden layer of 100 step units, with the same outputs above it: at how many of them is δ not 0?',
      options: { all: 'at all of them', some: 'at some of them', none: 'at none' },
      show: 'Put in step units',
      paid: ({ oneStep }) =>
        `A step is flat on both sides: f′(z) = 0 everywhere. What arrives at the open unit is ${significant(oneStep?.layers[0]?.open.down ?? NaN, 4)}, and yet its δ is 0. The outputs can learn, the weights below never do. That is why one takes sigmoids or ReLU.`,
    },
    update: {
      text: ({ oneStep }) =>
        `Now the step: w ← w − ηg, against the gradient, and only as far as the learning rate η allows. g is the mean of x·δ over the ${number(oneStep?.numImages ?? NaN)} images of the mini-batch. The network with sigmoids goes by plain SGD, η = ${number(oneStep?.learningRate ?? NaN, 1)}. One weight of the unit from before has w = ${number(oneStep?.weight?.value ?? NaN, 5)} and g = ${significant(oneStep?.weight?.gradient ?? NaN, 4)}.\n\nWhat is w after the step, to four decimals?`,
      label: 'w',
      right:
        'Yes: w − ηg. Every weight and bias takes its step at the same time. Adam and RMSprop make another step of the same g.',
      slips: {
        uphill: 'That is w + ηg. The gradient points to where the loss grows; the step goes the other way.',
        rate: 'That is w − g. The learning rate is missing.',
        mean: 'That is with the gradient of this one image. The step follows the mean over the mini-batch.',
        change: 'That is −ηg, the change. The new weight is asked for.',
      },
    },
    bug: {
      text: 'A network with a wrong derivative often still learns a little, and nobody notices. The gradient check does: it nudges a weight up and down, computes the loss again both times, and compares that slope with back-propagation’s. Here nothing differs.\n\nPlant a mistake from the bug bench that turns the check red. Some do not: they leave the gradient right, or do no harm here.',
      done: ({ oneStep }) =>
        `Of ${number((oneStep?.check?.agree ?? NaN) + (oneStep?.check?.differ ?? NaN))} weights and biases that were compared ${number(oneStep?.check?.differ ?? NaN)} differ. The check is too slow to learn by, but it needs no derivative: it is how one tests back-propagation that one wrote oneself.`,
    },
    end: {
      text: 'Now you can say:\n\n· with softmax and cross-entropy the output’s δ is p − y;\n· a hidden unit’s δ is its slope f′(z) times what comes back along its weights, Σ w·δ;\n· a weight’s gradient is its input times its unit’s δ, as a mean over the mini-batch;\n· the step is w ← w − ηg;\n· where the slope is 0 nothing comes through: at a ReLU that is off, and at every step function.',
    },
  },
} satisfies LessonText;
