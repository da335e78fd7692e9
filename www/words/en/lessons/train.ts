import type { LessonText } from '../../../course/lesson';
import { number, percent } from '../../say.svelte';

export const train = {
  title: 'How good is one layer?',
  about: 'Dense(10) in Keras’s words: compile, fit, ten epochs, evaluate.',
  steps: {
    model: {
      text: 'The course’s network is one line of Keras: Dense(10, activation="softmax"), ten outputs of 784 inputs. compile names the loss and the optimizer, fit trains. The room stands at the same settings: RMSprop, cross-entropy, batches of 32.\n\n48,000 of the 60,000 training images are learnt from; 12,000 are held out to validate.',
    },
    parameters: {
      text: 'How many numbers does this layer learn? They are covered wherever the room shows them.',
      label: 'parameters',
      right: 'Yes: 784 weights for each of ten outputs, and ten biases.',
      slips: {
        bias: 'Those are the weights. Each output has a bias, too.',
        sum: 'Every output has a weight for every input: they are multiplied.',
        images: 'Those are the pixels of the training images. The layer’s own numbers are asked for.',
      },
    },
    first: {
      text: 'Before it has seen an image it is right in about one of ten. What accuracy on the validation images will it have after its first epoch?\n\nBet, then press Play in the room.',
      options: { half: 'below 70%', most: '70 to 90%', 'nearly-all': 'above 90%' },
      show: 'I have bet',
      paid: ({ train }) =>
        `${percent(train?.validationAccuracy ?? NaN, 1)}. Most of what one layer can learn it learns in 1,500 small steps.`,
    },
    ten: {
      text: 'Let it run until ten epochs are over. Watch the training loss fall, and how much less the validation loss does.',
      done: ({ train }) =>
        `The training loss went from ${number(train?.firstLoss ?? NaN, 4)} to ${number(train?.loss ?? NaN, 4)}.`,
    },
    note: {
      text: 'The course’s note has 0.6053 → 0.4201 in training and 0.4433 in validation. Here the first epoch is like it, as far as another seed goes; the last ones come out about 0.01 lower, and so do those of today’s Keras. Three things to know when you read the note:\n\n· the loss of an epoch is a running mean: its first batches were scored by a worse network;\n· its last line is of the validation images; the 10,000 test images are never used;\n· it names no optimizer. Keras then takes RMSprop.',
    },
    goal: {
      text: 'Your turn: reach 0.84 on the validation images with this one layer, no hidden ones. If your run is there already, it counts.',
      done: ({ train }) =>
        `${percent(train?.validationAccuracy ?? NaN, 1)} with ten weighted sums. More needs another kind of network, and “Predictions” shows you where this one fails.`,
    },
    end: {
      text: 'Now you can say:\n\n· Dense(10) on 784 pixels has 7,850 parameters;\n· an epoch is one pass over all training images, a step is one batch;\n· the loss of an epoch is a mean over networks that changed meanwhile;\n· validation images judge while one chooses, test images once, at the end.',
    },
  },
} satisfies LessonText;
