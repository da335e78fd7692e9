export const panel = {
  name: (lesson: string) => `Lesson ${lesson}`,
  where: (lesson: string, lessons: string, step: string, steps: string) =>
    `Lesson ${lesson} of ${lessons} · step ${step} of ${steps}`,
  theDay: 'The day',
  fold: 'The lesson’s text',
  leave: 'Leave the lesson',
  yourTurn: 'Your turn: the page sees when it is done.',
  elsewhere: 'This step is about another place.',
  there: 'Go there',
  back: 'The step before',
  next: 'Next',
  skip: 'Skip',
  finish: 'To the day',
  bet: 'Your bet',
  see: 'See',
  youSaid: 'you said',
  itIs: 'it is',
  check: 'Check',
  showMe: 'Show me',
  right: 'That is it.',
  noNumber: 'This is no number.',
  notIt: (decimals: string) =>
    decimals === '0'
      ? 'Not yet. A whole number is asked for.'
      : `Not yet. Give ${decimals} decimals, as the room does.`,
};
