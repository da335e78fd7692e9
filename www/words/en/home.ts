/**
 * A sentence in pieces: one in a list is a number that changes, and stands out, with what must not be parted from it.
 */
export type Piece = string | [number: string, then: string];

/** “a pullover”; one of them is a letter first. */
const lower = (name: string) => (name.startsWith('T-') ? name : name.toLowerCase());

export const home = {
  name: 'Home',
  title: 'A network learns to tell clothes apart',
  lede: 'The first pictures are on their way.',

  progress: 'Progress',
  sentence: (epoch: string | null, seen: string, images: string, right: string, asked: string): Piece[] => [
    epoch === null ? 'It has seen ' : `Epoch ${epoch}: it has seen `,
    [seen, ''],
    ` of ${images} ${epoch === null ? 'pictures ' : ''}and names `,
    [right, ''],
    ` of ${asked}.`,
  ],
  about: (parameters: string) => `A network of ${parameters} numbers is learning to tell clothes apart.`,
  corrects: (batch: string, step: string) =>
    `After every ${batch} pictures it corrects itself; this is correction ${step}.`,
  atStart: (parameters: string) =>
    `A network of ${parameters} numbers, all of them noise still: whatever it names, it names by chance.`,
  waits: (step: string) => `After correction ${step} it waits for its next pictures to arrive.`,
  rests: (epochs: string) =>
    `It has been through all pictures ${epochs} times and rests. Play goes through them ten times more.`,
  restsForGood: (epochs: string) => `It has been through all pictures ${epochs} times and rests.`,
  play: 'Play',
  pause: 'Pause',

  looksFor: 'What it looks for',
  speaksFor: 'blue speaks for',
  speaksAgainst: 'orange against',
  maps: 'What each class looks for',

  says: 'What it says',
  rightOf: (right: string, shown: string) => `${right} of the first ${shown} right`,
  lately: (steps: string) => `heavy frame: changed in the last ${steps} corrections`,
  predictions: 'Predictions',
  right: 'right',
  wrong: (truth: string) => `wrong: ${truth}`,
  changed: 'changed just now',
  notAsked: 'before its first correction',

  howWrong: 'How wrong it is',
  curve: 'loss, mean and 10–90%',
  ofBatches: (batches: string) => `of ${batches} batches`,
  appears: (name: string) => `below it, the ${lower(name)} appears`,
  curveName: (loss: string) => `The loss falls with the pictures seen; its mean is ${loss} now`,
  portrait: (name: string, seen: string) => `${name}: weights after ${seen} pictures`,

  oneStep: 'One of these steps',
  mistake: (truth: string, said: string, share: string) =>
    `It takes this ${lower(truth)} for a ${lower(said)}, ${share} sure. See why.`,
  nextStep: 'Its next correction, every number of it.',
  draw: 'Draw for it',
  course: 'The course',
  courseText: 'A day of short lessons, from a step to a trained network.',
  drawText: 'Write a digit. See what a network receives and reads.',
  waysOn: 'Ways on',

  foot: 'Real photographs, learned in this tab; nothing is sent anywhere. Every number here can be opened and checked.',
  how: 'How',
};
