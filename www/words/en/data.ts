export const data = {
  name: 'Data',
  title: 'The data: what the network gets to see.',
  lede: 'Images as numbers, numbers as rows; how they are scaled, how they are spread, and where their labels are doubtful.',

  ownIsGone:
    'The address asks for your own data, but files stay in the tab that read them: add them again below.',
  tryTen: 'See the first ten: 9 0 0 3 0 2 7 2 5 5 in Fashion-MNIST',
  tryClass: (name: string) => `Look through one class: ${name}`,
  tryStandardize: 'Standardise the corner pixel (0, 0)',
  tryDoubts: 'Find labels that a network does not believe',

  images: 'Images',
  imagesCount: (count: string, set: string) => `${count} of ${set}`,
  dataSet: 'Data set',
  part: 'Part',
  parts: { train: 'training', test: 'test' },
  show: 'Show',
  showFirst: 'in the order of the file',
  showRandom: 'at random',
  showClass: (label: number, name: string) =>
    name === String(label) ? `class ${label}` : `class ${label} · ${name}`,
  imageNumber: 'Image number',
  previous: 'Previous',
  next: 'Next',
  pageOf: (page: string, pages: string) => `page ${page} of ${pages}`,
  shuffle: 'Shuffle again',
  imageWithLabel: 'Image with label',
  noImages: 'There are no such images.',
  arriving: 'The images are on their way.',

  oneImage: 'One image',
  titleOf: (part: string, index: string, label: number | null, name: string) =>
    `${part} image ${index}` +
    (label === null ? '' : ` · label ${label}`) +
    (label === null || name === String(label) ? '' : ` · ${name}`),
  pictureOf: (title: string) => `Picture of ${title}`,
  row: 'Row',
  column: 'Column',
  pixelIs: (row: string, column: string, value: string) =>
    `The pixel in row ${row}, column ${column} is ${value}: 0 is paper, 255 is full ink. Click a number to choose another.`,
  pixels: 'Pixels',
  pixelsScroll: 'Pixels, 28 rows of 28 numbers',
  asRow: 'The same image as one row of 784',
  asRowText:
    'A dense layer knows no rows and columns: line is set after line, 28 × 28 = 784 numbers, and every image is one row of the table that enters the network. Arrow keys walk over the pixels.',
  rowWalk: 'Walk over the pixels with the arrow keys',
  rowOf784: 'The 784 pixels in one row',

  shapes: 'Shapes',
  shapeOne: 'one image → one row',
  shapeImages: 'all images → rows',
  shapeLabels: 'labels → one-hot',
  shapesText: (count: string, numbers: string, megabytes: string) =>
    `${count} images of 28 rows and 28 columns become ${count} rows of 784: the same ${numbers} bytes (${megabytes} MB) in the same order, only read otherwise.`,
  oneHot: 'One-hot',
  oneHotText: (label: number, name: string) =>
    name === String(label)
      ? `Label ${label} becomes a row of zeros with a 1 at place ${label}.`
      : `Label ${label} (${name}) becomes a row of zeros with a 1 at place ${label}.`,

  classes: 'Classes',
  classesText: 'mean image and number of training images',

  scalingTitle: 'Pixel values',
  scaling: 'Scaling',
  scalings: {
    none: 'raw · 0…255',
    'min-max': 'min–max · 0…1',
    standardized: 'standardised · mean 0, deviation 1',
  },
  scalingTexts: {
    none: 'The bytes as they are. Large inputs make large logits and large gradients: a learning rate at which SGD does well on 0…1 is far too big here.',
    'min-max': 'The range of a byte becomes 0…1. The shape of the histogram stays; only the axis changes.',
    standardized:
      'Each of the 784 pixels is shifted and scaled by its own mean and deviation, taken from the training part only: what validation and test look like must not leak into training.',
  },
  onePixel: (image: string, row: string, column: string) =>
    `Training image ${image}, row ${row}, column ${column}`,
  histogramOf: (images: string, pixels: string) => `${pixels} pixels of the ${images} training images`,
  mean: 'mean',
  deviation: 'deviation',
  smallest: 'smallest',
  largest: 'largest',
  outside: 'outside the axis',
  constant: 'constant pixels, set to 0',
  histogram: 'Histogram',
  histogramText: 'How often each scaled pixel value occurs, on a logarithmic height',
  histogramCaption: 'Height: number of pixels, logarithmic. x′ marks the pixel of the formula.',
  bin: (from: string, to: string, count: string) => `${from} to ${to}: ${count} pixels`,

  stop: 'Stop',
  soFar: 'So far; the search goes on through all images.',
  duplicates: 'Nearly the same',
  duplicatesText:
    'The twelve closest pairs among all training and test images. Every pair is compared or ruled out by the sums of its blocks of pixels (a bound that cannot err), so none is missed. A test image whose twin was trained on tests memory, not learning.',
  findDuplicates: 'Find near-duplicates',
  difference: (levels: string) => `differ by ${levels} of 255 grey levels (root mean square)`,
  labelsDiffer: 'labels differ',
  duplicatesDone: 'All pairs are compared or ruled out.',
  doubts: 'Doubtful labels',
  doubtsText:
    'The images are dealt into two halves; a network with one hidden layer of 64 units is trained on each half (Adam, five epochs or more, seed 42) and judges the other, which it has never seen. Shown are the twenty labels that got the lowest probability. Some are wrong, some are only hard: data is not truth.',
  findDoubts: 'Find doubtful labels',
  labelSays: 'label',
  networkSays: 'network',
  doubtsDone: (count: string, all: string) =>
    `The networks disagree with ${count} of ${all} labels; these are the twenty they believe least.`,

  own: 'Your own data',
  ownText: (most: string, megabytes: string) =>
    `IDX files of 28×28 grey images and of their labels, gzipped or not: a pair to train on and, if you have it, a pair to test on (without one, a sixth is held out). A file may hold ${most} images, which take ${megabytes} MB of memory. Nothing leaves this tab.`,
  dropHere: 'Drop image and label files anywhere on this page, or choose them.',
  chooseFiles: 'Choose files',
  ownFiles: 'Files chosen',
  bytes: (count: string) => `${count} bytes`,
  removeFile: (name: string) => `Remove ${name}`,
  ownNames: 'Class names, separated by commas',
  ownNamesExample: 'circle, square, triangle',
  ownNamesText:
    'Two to ten names in the order of the labels; left empty, classes are called by their number.',
  folder: (name: string) => `“${name}” is a folder: drop the files that are in it.`,
  nameTooLong: (name: string, most: string) =>
    `The class name “${name}” is too long: at most ${most} letters. Separate names with commas, semicolons or new lines.`,
  ownPair: (train: string, test: string) => `Trained on: ${train}. Tested on: ${test}.`,
  reading: 'Reading…',
  takeOwn: 'Use these files',
  ownTaken: (train: string, test: string, classes: string) =>
    `Your data is the data set of every room now: ${train} training and ${test} test images of ${classes} classes.`,

  offline: 'Without a line',
  offlineText:
    'What was fetched once stays in this browser: the page, and each data set that a room has used. A browser may remove it after some time; Safari does after seven days without a visit.',
  offlineNever:
    'This browser keeps nothing here: it does so only for pages that come by https, and not in every private window. The page works as long as it is open.',
  offlinePage: 'The page, all its rooms and the networks that come with it',
  megabytes: (count: string) => `${count} MB`,
  kept: '✓ kept',
  notYetKept: 'not yet here',
  keepFailed: 'could not be fetched or kept: check the connection and the room on this device',
  keepKept: (set: string, megabytes: string) => `Keep ${set} (${megabytes} MB)`,
  keepSet: (set: string) => `Keep ${set}`,
  removeKept: 'Remove',
  removeSet: (set: string) => `Remove ${set} from this browser`,
};
