export const course = {
  name: 'Course',
  title: 'A day, from a step to a trained network.',
  lede: 'Short lessons beside the live rooms: a question, a bet, something to do, a number to work out. Everything they say is computed here, and every lesson can be left and taken up again.',
  beginWith: 'Begin here',
  goOnWith: 'Where you were',
  begin: 'Begin the lesson',
  goOn: 'Go on',
  minutes: (count: string) => `${count} minutes`,
  walked: (step: string, steps: string) => `${step} of ${steps} steps`,
  done: 'done',
  allWalked: 'You have walked the whole day.',
  allWalkedText:
    'The rooms are open: change something that the lessons left alone, and see what comes of it.',

  replay: 'Course-note replay',
  replayNote:
    'The note’s two experiments, run here: ten one-vs-rest logistic regressions in five folds, then ten epochs of Dense(10).',
  runReplay: 'Run both experiments',
  cancel: 'Cancel',
  notebook1: 'Logistic regression, five folds',
  notebook2: 'Dense(10), ten epochs',
  fold: (number: string) => `fold ${number}`,
  foldMean: (ours: string, note: string, difference: string) =>
    `Mean of the five folds: ${ours}; the note has ${note} (${difference}).`,
  foldExplained: (images: string, workers: string, seconds: string) =>
    `Every fold is within ${images} images of 12,000 of scikit-learn’s on the same data, in its own orders. ${workers} workers, ${seconds} s.`,
  noteLoss: 'note: loss',
  ourLoss: 'here',
  noteAccuracy: 'note: acc.',
  ourAccuracy: 'here',
  seedExplained: (loss: string, accuracy: string, validationLoss: string, validationAccuracy: string) =>
    `Another seed explains up to ${loss} in training loss, ${accuracy} in accuracy, ${validationLoss} and ${validationAccuracy} in validation: so far apart lie seeds 0 to 9 here. What the note’s late losses have beyond that is not the seed: today’s Keras ends near 0.410 as well.`,
  noteMean: 'the note’s mean',
  misleads: 'Where the note misleads',
  misleading: [
    'Its “test” numbers of the second notebook are of the validation part, 12,000 of the 60,000 training images. The 10,000 test images are never used.',
    'It names no optimizer: Keras then takes RMSprop, not plain gradient descent. The ten losses are RMSprop’s.',
    'Its 0.8314 is a mean of five folds, each trained without the fold it is scored on; no single model has it.',
    'The update goes against the gradient: w ← w − η ∂L/∂w. Written with a plus, the loss climbs.',
  ],
  foldsPicture: (ours: string, note: string) =>
    `Five folds on a line, their mean ${ours}, and the note’s ${note}, dashed`,
  lines: 'One against the rest: ten lines of decision',
  linesImage: 'Held-out image',
  linesOf: (fold: string, image: string) => `fold ${fold}, image ${image}`,
  linesClass: 'class',
  linesShare: 'share',
  linesNote:
    'Each line asks “this class, or any other?”; above 0 it says yes. The largest is the answer. Its share is its sigmoid, divided by the sum of the ten.',
};
