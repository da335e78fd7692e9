export const softmax = {
  name: 'Softmax',
  title: 'Softmax: scores become probabilities.',
  lede: 'The naive formula overflows where floats end; subtracting the maximum changes nothing but that.',

  tryOverflow: 'Overflow 32 bits: a logit of 89',
  tryShift: 'Add 500 to every logit',
  tryCold: 'Cool down: temperature 0.2',

  logits: 'Logits',
  logitsNote: 'drag or type; bars show the probabilities in 32 bits',
  logit: (place: number) => `Logit ${place}`,
  count: 'Logits',
  reach: 'Slider reach',
  guard: 'Guard',
  guardOn: 'The guard is on: the largest logit m is taken off every logit before exp.',
  guardOff: 'The guard is off: exp is taken of the logits as they are.',
  formulaNote: (place: number) => `With the numbers of the largest logit, k = ${place}, in 32 bits.`,

  steps: 'Step by step',
  stepsNaive: 'as the formula stands',
  stepsGuarded: 'with the maximum taken off first',
  stepsText:
    'Each column is computed in numbers of that size. Framed: the first value that is no number any more.',
  table: 'Softmax',
  firstBadShort: 'the first bad value',

  curve: 'The curve of eˣ',
  curveNote: 'every logit on it, in 32 bits; the guard moves them, not the curve',
  curvePlot: {
    naive: (logits: string) => `Without the guard: eᶻ at the logits. ${logits}`,
    guarded: (logits: string) => `With the guard: e to the z less the largest, m. ${logits}`,
  },
  curveText: {
    fits: (largest: string) => `The largest exponential is ${largest}: it fits into 32 bits.`,
    overflows: (count: string) =>
      `Beyond 88.72, where 32 bits have only ∞ for eᶻ: ${count} of the logits. ∞ ÷ ∞ is NaN.`,
    guarded:
      'Less m the largest logit stands at 0, where e⁰ = 1. The others lie below it: no exponential can overflow, and their ratios are the same.',
  },

  beside: 'Naive beside guarded',
  besideNote: 'the same logits, both ways, in three sizes of numbers',
  ways: { naive: 'naive', guarded: 'guarded' },
  precision: 'numbers',
  bits: { f16: '16 bits', f32: '32 bits', f64: '64 bits' },
  limit: 'exp is finite up to',
  largestExp: 'largest exp',
  sum: 'sum',
  largestP: 'its p',
  firstBad: 'first bad value',
  allFinite: 'none',
  /** What went wrong first, where, and from what. */
  badValue: (
    stage: 'logit' | 'exponential' | 'sum' | 'probability',
    place: number | null,
    from: string,
    value: string,
  ) =>
    ({
      logit: `logit ${place} itself is ${value}`,
      exponential: `exp(${from}) of logit ${place} = ${value}`,
      sum: value === '0' ? 'every exp is 0, and so is the sum' : `the sum is ${value}`,
      probability: `p of logit ${place} = ${value}`,
    })[stage],

  properties: 'What softmax keeps',
  shiftTitle: 'Add C to every logit: nothing changes',
  shift: 'C',
  changeByShift: 'largest change of a p',
  shiftText:
    'On paper the factor e to the C cancels. In numbers, rounding z + C costs some digits, most in 16 bits; without the guard, C alone can end in NaN.',
  orderTitle: 'The sum is 1, the order stays',
  orderOfLogits: 'logits, largest first',
  orderOfProbabilities: 'probabilities, largest first',
  total: 'sum of the probabilities',
  skip: (logit: number, probability: number | null) =>
    probability === logit
      ? `Logit ${logit} is the largest, and so is its probability: whoever only wants the answer can skip softmax.`
      : `Logit ${logit} is the largest.`,
  temperatureTitle: 'Temperature: how sure to sound',
  temperature: 'T',
  temperaturePlot: 'Probabilities over the temperature, the largest logit’s in blue',
  temperatureText:
    'The nearer to 0, the more the largest takes; the higher, the more all become alike. The order never changes.',

  train: 'Train with the guard off',
  trainNote: 'the Train room’s softmax layer on its own images, batches of 32',
  trainText:
    'Two layers start alike and see the same batches: one guarded, one not. A large learning rate makes large logits, and past 88.72 the unguarded exp is infinite.',
  learningRate: 'Learning rate',
  stop: 'Stop',
  arriving: 'The images are on their way.',
  died: (step: string) => `It died at step ${step}.`,
  cause: (place: string, image: string, name: string, logit: string, exponential: string) =>
    `Image ${place} of the batch (training image ${image}) got the logit ${logit} for “${name}”: exp is ${exponential}, and dividing by the sum gives NaN.`,
  after: (count: string, all: string) =>
    `The gradient carries it back: ${count} of ${all} weights and biases are NaN. Nothing brings them back.`,
  alive: (step: string, logit: string) =>
    `${step} steps, and it lives. Its largest logit in the last batch is ${logit}; exp ends at 88.72. Try a larger learning rate.`,
  infiniteLoss: (step: string) =>
    `Already at step ${step} a loss was infinite: a probability was rounded to 0, and −log 0 is ∞. The gradient p − y survived that.`,
  trainFigure: 'Loss of each batch, guarded and naive',
  trainCaption: (rate: string) =>
    `loss of each batch, learning rate ${rate}; a line ends where the number does`,
  noRun: 'Here the two losses will run side by side.',
};
