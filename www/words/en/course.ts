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
};
