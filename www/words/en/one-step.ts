export const oneStep = {
  name: 'One step',
  title: 'One training step, every number of it.',
  lede: 'A mini-batch of real images goes forward through the network and its error comes back; every number on the way can be touched.',
  verdict: (place: string, truth: string, answer: string, right: boolean) =>
    right
      ? `Image ${place} of this mini-batch is “${truth}”, and the network says so. Walk forward to see why, and back to see what it still learns.`
      : `Image ${place} of this mini-batch is “${truth}”; the network says “${answer}”. Walk forward to see why, and back to see who is to blame.`,
  keys: '← and → move one station; any pixel or weight that you point at shows its own arithmetic.',
  waiting: (share: string) =>
    `The images are on their way (${share}). The room opens as soon as they are there.`,
  noRun: 'The Train room is setting up its network…',

  network: 'Network',
  sources: {
    train: 'The Train room’s, as it is now',
    home: 'Home’s, as it was there',
    softmax: 'Fresh · softmax layer',
    relu: 'Fresh · ReLU 128, Adam',
    sigmoid: 'Fresh · sigmoid 50, 100',
    step: 'Fresh · step units',
    logistic: 'Fresh · logistic regressions, one-vs-rest',
    bytes: 'Fresh · softmax layer on bytes 0…255',
  },
  where: (step: string, epoch: string, batch: string, batches: string) =>
    `step ${step} · epoch ${epoch}, batch ${batch} of ${batches}`,
  running: 'The Train room is training: this is its network of a moment ago.',
  refresh: 'As it is now',
  miniBatch: 'Mini-batch',
  /** The mean over the batch; with a penalty it holds that, too. */
  batchSays: (right: string, all: string, loss: string, isPenalized: boolean) =>
    `${right} of ${all} right · mean loss${isPenalized ? ' with λΣw²' : ''} ${loss}`,
  image: (place: string, name: string, answer: string, loss: string) =>
    `Image ${place}: ${name}, predicted ${answer}, loss ${loss}`,

  stations: 'Stations',
  stationNames: {
    pick: 'Pick',
    weigh: 'Weigh',
    softmax: 'Softmax',
    sigmoid: 'Sigmoid',
    identity: 'Output',
    loss: 'Loss',
    blame: 'Blame',
    gradient: 'Gradient',
    update: 'Update',
    check: 'Check',
  },
  layer: (layer: string) => `Layer ${layer}`,
  backward: 'back',
  next: 'Next',
  back: 'Back',
  playThrough: 'Play through',
  stop: 'Stop',

  view: 'What is shown',
  views: { table: 'Table', picture: 'Picture' },
  picture: {
    title: 'The network, forward and back',
    reading: (hidden: string, answer: string, truth: string, delta: string) =>
      `Image, ${hidden} hidden layers, outputs. The network says ${answer}; the truth is ${truth}, whose blame is ${delta}.`,
    ring: 'The four steps of stochastic gradient descent',
    batch: 'Mini-batch',
    batchIs: (isPenalized: boolean) => `mean loss${isPenalized ? ' with λΣw²' : ''}`,
    gradient: 'Gradient',
    gradientIs: (count: string) => `largest of ${count}`,
    update: 'Update',
    updateIs: 'length of the step',
    again: 'Again',
    againIs: (isPenalized: boolean) => `mean loss${isPenalized ? ' with λΣw²' : ''}, after`,
    unit: 'unit',
    units: (drawn: string, all: string) =>
      drawn === all ? `all ${all} units` : `${drawn} of ${all} units, the most to blame`,
    unitPad: (layer: string) => `Units of layer ${layer}: the arrow keys ↑ and ↓ open one`,
    truth: 'truth',
    says: 'says',
    forward: 'forward, w·a',
    back: 'back, w·δ',
    below: 'below 0',
    leftOut: (share: string) =>
      `Here colour is the direction. A line is as thick as its number is large; below ${share} of the strongest between two layers it is left out.`,
    rows: 'From the image, a line is one row of pixels, added up.',
  },
  table: 'Forward and backward',
  class: 'class',
  names: {
    weights: 'weights',
    products: 'products',
    logit: 'logit',
    shifted: 'shifted',
    exp: 'exp',
    probability: 'probability',
    target: 'target',
    loss: 'loss',
    delta: 'blame',
    gradient: 'gradient',
    mean: 'mean over batch',
    step: 'step',
    analytic: 'analytic',
    numeric: 'numeric',
  },
  ways: { forward: 'forward →', back: '← backward', onward: 'step and check' },
  sheet: (quantity: string, name: string) => `${quantity} of ${name}`,
  scales: 'Full colour is the largest in its column; blue is positive, orange negative.',

  imageTitle: 'x',
  pixels: '28 × 28 pixels',
  pixelPad: 'Pixels of the image: arrow keys choose one',
  pixel: 'Pixel',
  pixelAt: (row: string, column: string, unit: string) => `row ${row}, column ${column} → ${unit}`,
  unitAt: (below: string, unit: string) => `unit ${below} → ${unit}`,
  biasOf: (unit: string) => `bias of ${unit}`,
  unit: (unit: string) => `unit ${unit}`,
  theBias: 'Its bias',
  previousInput: 'Previous input',
  nextInput: 'Next input',
  weightPad: (unit: string) => `Weights of ${unit}: arrow keys choose one`,
  outputLayer: 'the output layer',
  passedBack: (above: string, unit: string) =>
    `What ${above} sends back to ${unit}: its own weights up, times the blame above, added up.`,
  relativeError: (error: string) => `relative error ${error}`,
  lines: {
    state: 'state',
    gradientBatch: '∂L/∂w, batch mean',
    numeric: '(L(w+h) − L(w−h)) / 2h',
    update: 'w after',
  },
  setWeight: 'Weight on the copy',
  set: 'Set',
  putBack: 'Put it back',
  edited: (count: string) =>
    `${count} changed by hand, on the copy only; every station shows the consequence.`,

  explain: {
    pick: 'One image of the mini-batch, as the network gets it: 784 numbers. Nothing has happened yet.',
    hidden: (layer: string, units: string) =>
      `Layer ${layer}: each of its ${units} units adds up its inputs times its weights and its bias (z), and passes on a = f(z). Open a unit to see its weights.`,
    weigh:
      'Each class has its own weights. Input times weight, added up, plus the bias: that is its logit, how much speaks for it.',
    softmax:
      'The largest logit is taken off first, so that no exponential can overflow; then exp, sum, divide. The outputs are positive and add up to 1.',
    sigmoid:
      'A question for each class, answered by itself: “is it this class or any other?” The answers need not add up to 1.',
    identity: 'The logits are the outputs, as they are.',
    loss: 'How wrong the answer is, in one number. Only what the network gave the truth counts: −log p.',
    lossBinary: 'Each output has a loss of its own; the image’s loss is their mean.',
    lossSquare: 'The mean of the squared differences from the target.',
    blame:
      'Back at the logits: how the loss would change if one grew a little. Too high an output for a wrong class: positive, push it down. Too low for the truth: negative, pull it up.',
    gradient:
      'Back at the weights: each is to blame as much as its unit is, times what came through it, x · δ. Where nothing came through that is 0. The step follows the mean over the mini-batch.',
    hiddenBack: (layer: string) =>
      `Back to layer ${layer}: the blame comes down through the same weights (Wᵀ), and each unit passes on as much as its slope f′⁠(z) lets through.`,
    update: 'The optimizer turns the mean gradient into a step, and the weight takes it.',
    check:
      'Is the gradient right? Nudge one weight up and down by h, run the whole network in 64-bit floats, and compare slopes.',
  },
  stepUnits: 'A step unit is flat: its slope is 0, so no blame gets past it and nothing below it learns.',

  check: 'Gradient check',
  checkIdle: 'The last station compares the gradients of every layer with central differences.',
  checkBusy: 'Comparing…',
  checkGood: (compared: string, worst: string) =>
    `✓ ${compared} weights and biases agree with central differences; largest relative error ${worst}.`,
  checkBad: (differ: string, compared: string, worst: string) =>
    `✗ ${differ} of ${compared} weights and biases differ from central differences; largest relative error ${worst}.`,
  checkUndecided: (count: string) =>
    ` ${count} more are too small to tell from rounding, or have a corner between the two nudges.`,
  ruleGood: '✓ The step is what the rule makes of this gradient.',
  ruleBad: (times: string) =>
    `✗ The step is not what the rule makes of this gradient: off by ${times} of its longest step.`,
  signBad: '✗ The step goes uphill: along it the slope foretells a larger loss.',
  verdicts: {
    agrees: '✓ agrees',
    'too-small-to-tell': '· too small to tell',
    corner: '· a corner between',
    differs: '✗ differs',
  },

  after: 'After the update',
  afterNote: 'The same image, the same batch, with the new weights.',
  before: 'before',
  afterwards: 'after',
  change: 'change',
  imageLoss: 'loss of this image',
  batchLoss: (isPenalized: boolean) => `loss of the batch${isPenalized ? ' with λΣw²' : ''}`,
  probabilityOf: (name: string) => `probability of ${name}`,
  foretold: (value: string) => `The slope alone foretold ${value} for the batch.`,

  bench: 'Bug bench',
  benchNote:
    'Plant a mistake in the copy and see where it shows. The network itself never has it: its hash stays the same.',
  noBug: 'No mistake',
  bugs: {
    'keep-gradients': {
      name: 'Forget to zero the gradients',
      rule: 'Gradients are added into a buffer. Unless it is cleared before each step, the step follows old images too.',
    },
    'drop-maximum': {
      name: 'Drop the maximum shift',
      rule: 'In 32-bit floats exp overflows from 88.7 on, and ∞/∞ is not a number. Taking the largest logit off changes no probability and keeps every exponent at or below 0.',
    },
    'forget-target': {
      name: 'p instead of p − y',
      rule: 'Without y nobody tells the network the truth: every logit is pushed down, the right one too.',
    },
    'forget-mean': {
      name: 'Forget the mean over the batch',
      rule: 'With the sum, the gradient grows with the batch: 256 images make it about eight times that of 32, and the steps of SGD with it. Adam and RMSprop divide by its size, which hides the mistake.',
    },
    'multiply-correction': {
      name: 'Multiply Adam’s bias correction',
      rule: 'Adam’s averages start at 0 and are too small at first; dividing by 1 − βᵗ makes up for it. Multiplying makes it worse. No gradient check can see it: the gradient is right, the step is not.',
    },
    'wrong-sign': {
      name: 'Update with the wrong sign',
      rule: 'The gradient points uphill, so the step goes against it. The gradient check stays green; the loss after the step gives it away.',
    },
    'reshape-transpose': {
      name: 'Mix up a transpose',
      rule: 'Reshaping (in, out) to (out, in) has the right size and the wrong order. Nothing crashes, and the numbers are of other weights.',
    },
  } as Record<string, { name: string; rule: string }>,
  noPlace: 'This network has no place for it.',
  planted: (name: string) => `Planted in the copy: ${name}.`,
  unplant: 'Take it out',
  noLeftover: 'This is the first step: nothing is left over yet. Take a step (+1 batch) and look again.',
  noOverflow: (largest: string) =>
    `Nothing shows here: the largest logit is ${largest}, below 88.7. Try the network on bytes 0…255.`,
  safe: (hash: string) => `weights of the run: ${hash}, unchanged`,

  ladder: 'A ladder of steps, both ways',
  nextUnit: 'Next unit',
  nextImage: 'Next image',
  plusBatch: '+1 batch',
  plusEpoch: '+1 epoch',
  backOneStep: 'Back one step',
  moved: (before: string, after: string) => `weights ${before} → ${after}`,
  exact: (before: string, after: string) =>
    `Back from ${before} to ${after}. The same step taken again leads to ${before}: undone to the exact bits.`,
  inexact: (before: string, again: string) => `The same step taken again leads to ${again}, not ${before}.`,

  export: 'Save this step’s numbers',
  exportNote: 'Inputs, labels, weights and optimizer state as JSON, to do the sums yourself.',

  strips: {
    preActivations: 'z',
    activations: 'a = f(z)',
    derivatives: 'f′(z)',
    dActivations: 'Wᵀδ',
    deltas: 'δ',
  },
  hiddenTitle: (layer: string, units: string, activation: string) =>
    `Layer ${layer} · ${units} units · ${activation}`,
  unitPad: (layer: string) => `Units of layer ${layer}: arrow keys choose one`,

  tasks: {
    train: 'Train one epoch first',
    worst: 'Find the image it is most wrong about',
    plant: 'Forget the mean over the batch, and let the check find it',
    overflow: 'Break softmax by leaving out its maximum',
  },
};
