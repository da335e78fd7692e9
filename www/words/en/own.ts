import type { Problem } from '../../rooms/own/file';

export const own = {
  name: 'Your drawings',
  title: 'Your own drawings, and a network that learns to read them.',
  lede: 'Name a few classes, draw each of them a few times, train a network on them from nothing, and let it read your hand.',
  classes: 'What shall it tell apart?',
  classesText: 'Two to ten classes: take a ready-made choice, or write names of your own.',
  ownName: 'Names of your own, separated by commas',
  ownExample: 'cat, fish, house',
  addName: 'Add',
  noName: 'Write a name first.',
  namesThere: 'These classes are there already.',
  tooMany: (most: string, count: string) =>
    `At most ${most} classes; ${count} are there. Remove some, or add fewer.`,
  nameFirst: 'Choose what to draw first',
  drawA: 'Draw:',
  drawHere: (name: string) => `draw ${name} here`,
  pad: 'Drawing pad',
  keep: 'Keep this drawing',
  told: 'What happened',
  keptOne: (name: string, count: string) =>
    `Kept. Drawings of ${name}: ${count}. Now draw it a little differently.`,
  refusals: {
    empty: 'The pad is empty: draw something first.',
    dot: 'That is only a dot: draw longer strokes.',
    filled: 'The pad is filled: clear it and draw with fewer strokes.',
  },
  thereAlready: 'Exactly this drawing is there already: draw it once more.',
  classIsFull: (name: string) => `There are 50 drawings of ${name}, and more are not taken.`,
  shelf: 'What you have drawn',
  undo: 'Undo',
  undone: 'Taken back.',
  empty: 'Nothing yet: choose classes above.',
  noneOf: 'No drawing yet.',
  drawFor: (name: string, count: string) => `Draw ${name} (${count} so far)`,
  drawingsOf: (name: string) => `Drawings of ${name}`,
  show: (name: string, at: string) => `Drawing ${at} of ${name}: show its variations`,
  remove: (name: string, at: string) => `Remove drawing ${at} of ${name}`,
  removedOne: (name: string) => `A drawing of ${name} was removed; Undo brings it back.`,
  removeClass: (name: string) => `Remove the class ${name}`,
  removedClass: (name: string) => `The class ${name} was removed with its drawings; Undo brings them back.`,
  varied: 'What the network gets to see',
  variedOf: (name: string, count: string) => `A drawing of ${name} and its variations, ${count} images`,
  itself: 'The drawing itself',
  variation: (at: string) => `Variation ${at}`,
  variedText:
    'A few drawings are few images. The engine turns, shifts, stretches and bends each a little and makes its lines thicker or thinner; the first is the drawing itself.',
  ready: 'What that makes',
  twoClasses: 'At least two classes are needed: what is there to tell apart?',
  becomes: (drawings: string, variations: string, images: string) =>
    `Drawings: ${drawings}; each becomes ${variations} images: ${images} in all.`,
  lacks: (list: string, fewest: string) => `Each class needs ${fewest} drawings. Still missing: ${list}`,
  lack: (name: string, missing: string) => `${name}: ${missing}`,
  part: 'part',
  drawingsHead: 'drawings',
  imagesHead: 'images',
  parts: { train: 'trains', validation: 'validates', test: 'tests' },
  splitText:
    'A drawing stands in one part with all its variations. If some of them trained and others tested, the network would be asked what it has seen.',
  train: 'Train on these',
  readBack: 'Let the trained network read in Draw',
  inTrain: 'This run learns your drawings.',
  keepTitle: 'Keep them, take them along',
  standing: 'Where your drawings are',
  standings: {
    reading: 'Looking for drawings in this browser…',
    writing: 'Being kept in this browser…',
    kept: 'Your drawings are kept in this browser. Browsers may clear what they keep: a file is safer.',
    'here-only': 'Your drawings are in this tab only: save them as a file.',
  },
  obstacles: {
    unavailable:
      'This browser keeps nothing for this page. Your drawings are in this tab only: save them as a file.',
    'older-page':
      'Another tab has an older version of this page and holds the store. Your drawings are in this tab only: close the other tab, or save a file.',
    'newer-page':
      'A newer version of this page has been opened in this browser, and the store is its own now. Save your drawings as a file, then reload.',
    full: 'There is no room left in this browser’s store. Your drawings are in this tab only: save them as a file.',
    silent: 'The browser’s store does not answer. Your drawings are in this tab only: save them as a file.',
    broken: 'The browser’s store does not work. Your drawings are in this tab only: save them as a file.',
  },
  save: 'Save as a file',
  open: 'Open a file',
  removeAll: 'Remove all',
  sure: 'Remove all classes and drawings?',
  yes: 'Yes, remove',
  no: 'No, keep them',
  allRemoved: 'All removed. Undo brings them back while this page is open.',
  file: 'File',
  saved: (name: string) => `Saved as ${name}.`,
  opened: (drawings: string, classes: string) =>
    `Opened: ${drawings} drawings in ${classes} classes. Undo brings back what was here before.`,
  notOpened: (name: string, problem: string) => `${name}: ${problem} Your drawings here are as they were.`,
  problem(problem: Problem): string {
    switch (problem.kind) {
      case 'empty-file':
        return 'the file is empty.';
      case 'too-large':
        return 'this is larger than any file of drawings (8 MB).';
      case 'unreadable':
        return 'the file cannot be read; it may have been moved or changed.';
      case 'not-json':
        return 'this is no file of drawings, or it was cut off: it is not JSON.';
      case 'other-json':
        return 'this is JSON, but no file of drawings from here.';
      case 'version':
        return `it is of version ${problem.version}, and this page reads version 1.`;
      case 'too-few-classes':
        return `it has ${problem.count} classes, and at least two are needed.`;
      case 'too-many-classes':
        return `it has ${problem.count} classes, and at most ten are possible.`;
      case 'no-name':
        return `the name of class ${problem.at} is no text.`;
      case 'empty-name':
        return `class ${problem.at} has no name.`;
      case 'long-name':
        return `the name of class ${problem.at} is longer than 40 letters.`;
      case 'double-name':
        return `two classes are called “${problem.name}”.`;
      case 'too-many-drawings':
        return `it has ${problem.count} drawings, and at most 500 are possible.`;
      case 'no-drawing':
        return `what stands in place of drawing ${problem.at} is none.`;
      case 'wrong-class':
        return `drawing ${problem.at} belongs to a class that the file does not name.`;
      case 'no-picture':
        return `drawing ${problem.at} has no pixels.`;
      case 'wrong-length':
        return `drawing ${problem.at} has ${problem.length} pixels in place of 784.`;
      case 'wrong-pixel':
        return `pixel ${problem.place} of drawing ${problem.at} is no whole number from 0 to 255.`;
      case 'blank':
        return `drawing ${problem.at} is blank.`;
      case 'double-drawing':
        return `drawing ${problem.at} is the same as drawing ${problem.first}.`;
    }
  },
};
