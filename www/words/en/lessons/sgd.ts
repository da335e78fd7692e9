import type { LessonText } from '../../../course/lesson';
import { number, significant } from '../../say.svelte';

export const sgd = {
  title: 'Why take a step after a few images, when there are 60,000?',
  about: 'Mini-batches, and the four steps of stochastic gradient descent.',
  steps: {
    sample: {
      text: ({ batches }) =>
        `What is to become small is the mean loss over all ${number(batches?.numImages ?? NaN)} training images. To know it exactly, every one has to go through the network, for a single step.\n\nA mini-batch is a sample of them, drawn by chance. Here 300 mini-batches of ${number(batches?.batchSize ?? NaN)} images were drawn: each gives a mean of its own, and the bars count them. The line is the mean of all images, ${number(batches?.fullMean ?? NaN, 4)}; the orange dot is the first mini-batch, ${number(batches?.first ?? NaN, 4)}, whose images stand below.`,
    },
    error: {
      text: ({ batches }) =>
        `How far from the true mean is a mini-batch, as a rule? That is the standard error, σ ÷ √B: the deviation of the single images’ losses, divided by the root of the number of images in the batch.\n\nHere σ = ${number(batches?.deviation ?? NaN, 4)} and B = ${number(batches?.batchSize ?? NaN)}. What is the standard error, to four decimals?`,
      label: 'σ/√B',
      right: ({ batches }) =>
        `Yes. The 300 means that were drawn deviate by ${number(batches?.observedError ?? NaN, 4)}: the formula keeps its word.`,
      slips: {
        root: 'That is σ ÷ B. A mean of B images becomes surer only with the root of B.',
        image: 'That is σ, how far a single image is from the mean. A mini-batch is the mean of many.',
        all: 'That is divided by the root of all training images. A mini-batch has B of them.',
      },
    },
    hundred: {
      text: 'Now batches of 10 images. Take 1,000 instead: a hundred times the work for each step. How much of the scatter is left?',
      options: { same: 'as much as before', tenth: 'about a tenth', hundredth: 'about a hundredth' },
      show: 'Take 1,000',
      paid: ({ batches }) =>
        `The means deviate by ${number(batches?.observedError ?? NaN, 4)} now. A hundred times the work is only ten times as exact. In the same time one rather takes a hundred rough steps than a single exact one: that is why mini-batches are small.`,
    },
    step: {
      text: ({ descent }) =>
        `Now a step. This surface is the loss of a line through 24 galaxies: two numbers are learnt, w and b. The gradient is the pair of slopes; it points to where the loss grows fastest. So one goes against it: w\u00a0←\u00a0w\u00a0−\u00a0η\u00a0·\u00a0∂L/∂w.\n\nThe learning rate is η = ${number(descent?.rate ?? NaN, 1)}. In the step that is written below the surface w = ${number(descent?.weight.from ?? NaN, 4)}, and the slope is ${significant(descent?.weight.slope ?? NaN, 4)}. What is w afterwards, to three decimals?`,
      label: 'w',
      right: 'Yes: w − η · slope. b takes its step at the same time, by its own slope.',
      slips: {
        uphill: 'That is w + η · slope: uphill. The step goes against the gradient.',
        rate: 'That is w − slope. The learning rate is missing.',
        change: 'That is −η · slope, the change. The new w is asked for.',
      },
    },
    epoch: {
      text: 'So far each step looked at all 24 galaxies. Let each look at 6 of them only, and walk one epoch: until each galaxy has been looked at once. How many steps is that?\n\nChoose the mini-batch, then press “+1 step”, and watch the arrow and the rings.',
      done: ({ descent }) =>
        `Four mini-batches, four steps, one epoch: 24 ÷ 6. Each step went by other galaxies, so the way is crooked; the loss is ${significant(descent?.loss ?? NaN, 4)} nevertheless, and the lowest there can be is ${significant(descent?.lowest ?? NaN, 4)}. With all of them an epoch would have been one step.`,
    },
    ring: {
      text: 'The same with a network of 784–50–100–10. The ring has the four steps of stochastic gradient descent:\n\n1 draw a mini-batch · 2 compute the gradient of its mean loss · 3 update every weight by a little · 4 again, with the next one.\n\nGo round: press “Next”, or →, until the update.',
      done: ({ oneStep }) =>
        `Once round: ${number(oneStep?.numImages ?? NaN)} images, mean loss ${number(oneStep?.batch.loss ?? NaN, 4)}. All ${number(oneStep?.batch.numParameters ?? NaN)} weights and biases were moved at once, and the same images now have ${number(oneStep?.batch.lossAfter ?? NaN, 4)}. Then other images are drawn. “Stochastic” is that chance draws them.`,
    },
    sign: {
      text: ({ oneStep }) =>
        `Mind the sign of the update where you read the course’s note: the gradient points uphill, and it is taken off.\n\nWhat if it is added by mistake, w ← w + ηg? The loss of this mini-batch is ${number(oneStep?.batch.loss ?? NaN, 4)} before the step. And after it?`,
      options: { falls: 'it falls all the same', same: 'it stays as it is', rises: 'it rises' },
      show: 'Add the gradient',
      paid: ({ oneStep }) =>
        `${number(oneStep?.batch.lossAfter ?? NaN, 4)} after the step. Nothing crashes, and every gradient is right: only the loss gives it away. One such step does little harm; a training of such steps ends far up the hill.`,
    },
    note: {
      text: 'What optimizer did the note have? Its compile names none, and then Keras takes RMSprop, not plain SGD. Batches of 32 are Keras’s own choice as well: 1,500 steps for the 48,000 images that it learnt from.\n\nHere stands the step of that network. Round the ring nothing changes; only step 3 does. RMSprop keeps a mean of each weight’s g² and divides g by its root, so that weights with small and with large gradients move about equally far.',
    },
    end: {
      text: 'Now you can say:\n\n· a mini-batch is a sample: its mean loss, and so its gradient, is nearly that of all images;\n· a hundred times as many images make it only ten times as exact;\n· the four steps: mini-batch, gradient, update, and again;\n· the update is w ← w − ηg, against the gradient;\n· an epoch has as many steps as there are mini-batches in the training images.',
    },
  },
} satisfies LessonText;
