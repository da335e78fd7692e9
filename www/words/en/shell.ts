export const shell = {
  rooms: 'Rooms',
  skip: 'Skip to the room',
  language: 'Language',
  otherLanguage: '한국어',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  dataSet: 'Data set',
  dataSets: { 'fashion-mnist': 'Fashion-MNIST', mnist: 'MNIST', own: 'Your data' } as Record<string, string>,
  dataWaiting: 'waiting',
  dataLoading: (percent: string) => `loading ${percent}`,
  dataReady: (train: string, test: string) => `${train} + ${test}`,
  dataFailed: 'did not load',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  noSuchRoom: (name: string) => `There is no room called “${name}”; this is the first page.`,
  lessonFailed: 'The lesson could not be fetched. Check the connection and try again.',
  roomFailed: 'This room could not be fetched. Check the connection and try again.',
  roomKept:
    'The connection is there again, but this browser tries a script that failed only once: reload the page. Your runs are kept: the Train room offers the last one again.',
  roomBroken: (reason: string) =>
    `This room could not be loaded, by a mistake of ours (${reason}). Nothing else is lost: go to another room, or reload the page.`,
  reload: 'Reload',
  newer: 'A newer Atelier is here. Your runs stay where they are.',
  newerElsewhere: 'A newer Atelier is here. Close its other tabs first, then open it.',
  openNewer: 'Open it',
  later: 'Later',
  mistake: (reason: string) =>
    `Something on this page went wrong by a mistake of ours (${reason}). Your runs are kept; reload the page if it no longer answers.`,
  roomBroke: (reason: string) =>
    `This room stopped by a mistake of ours (${reason}). Nothing else is lost: open it again, or go to another room.`,
  openAgain: 'Open it again',
  recovered: 'The engine stopped by a mistake of ours and was started again from the last saved state.',
  engineStopped: 'The engine stopped by a mistake of ours. Try it again.',
  engineStopping:
    'The engine stopped three times within a minute, by a mistake of ours. What you asked for last may be the reason: change it or go to another room, then try again.',
  engineUnreachable: 'The engine could not be fetched. Check the connection and try again.',
  engineFailed: (reason: string) =>
    `The engine cannot start here (${reason}). Atelier needs a browser with WebAssembly SIMD (Chrome 91, Firefox 89, Safari 16.4 or newer).`,
  typed: (label: string) => `${label} as a number`,
  badAddress: (asked: string) =>
    `The address asks for ${asked}, which does not exist here; the usual is shown.`,
  formula: 'Formula',
  tryThis: 'Try this',
  surpriseMe: 'Surprise me: a seed that nobody chose',
  notANumber: 'This is not a number.',
  unclear: (text: string) => `“${text}” can be read in more than one way. What is meant?`,
  range: (min: string, max: string, whole: boolean) =>
    whole ? `A whole number from ${min} to ${max}.` : `A number from ${min} to ${max}.`,
  rangeOrZero: (min: string, max: string, whole: boolean) =>
    whole ? `A whole number from ${min} to ${max}, or 0.` : `A number from ${min} to ${max}, or 0.`,
  rangeAbove: (above: string, max: string) => `A number above ${above} and at most ${max}.`,
  rangeBelow: (min: string, below: string) => `A number of at least ${min} and below ${below}.`,
};
