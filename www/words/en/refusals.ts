// What the engine refuses, from its records: every variant has its words, or this does not compile.
import type { Failure } from '../../engine/failure-record';
import type {
  ArrayName,
  ModelProblem,
  NetworkProblem,
  EngineError,
  Rule,
  SavedRunProblem,
  SettingName,
} from '../../engine/pkg/atelier';
import { exact } from '../../parts/write-number';
import { graph } from './graph';
import { loading } from './loading';
import { train } from './train';

const names: Record<SettingName, string> = {
  hidden: 'the number of hidden layers',
  units: 'a layer’s number of units',
  inputs: 'the number of inputs',
  outputs: 'the number of classes',
  deviation: 'the deviation σ',
  learningRate: 'the learning rate',
  batchSize: 'the batch size',
  epochs: 'the number of epochs',
  seed: 'the seed',
  trainingImages: 'the number of training images',
  validationFraction: 'the validation part',
  l2: 'L2',
  patience: 'the patience',
  momentum: 'the momentum μ',
  rho: 'ρ',
  beta1: 'β₁',
  beta2: 'β₂',
  epsilon: 'ε',
  initialAccumulator: 'the first s',
  weightDecay: 'the weight decay λ',
  alpha: 'α',
  maxIter: 'the largest number of epochs',
  tol: 'the tolerance',
  nIterNoChange: 'the number of epochs without a change',
  numClasses: 'the number of classes',
  numFeatures: 'the number of features',
  numSamples: 'the number of samples',
  numFolds: 'the number of folds',
  fold: 'the fold',
  images: 'the number of images',
  classNames: 'the number of class names',
  fileKind: 'the kind of file',
  index: 'the number of the image',
  pixel: 'the pixel',
  bins: 'the number of bins',
  low: 'the lower end',
  high: 'the upper end',
  weight: 'the weight',
  bias: 'the bias',
  input: 'the input',
  nudge: 'the nudge',
  numPoints: 'the number of points',
  side: 'the side of the picture',
  logits: 'the number of logits',
  logit: 'a logit',
  temperature: 'the temperature',
  probability: 'a probability',
  truth: 'the truth y',
  points: 'the number of points',
  start: 'the start',
  steps: 'the number of steps',
  losses: 'the losses',
  numBatches: 'the number of mini-batches',
  strokePoints: 'the strokes',
  penWidth: 'the pen’s width',
  drawings: 'the number of drawings',
  otherImages: 'the number of other images',
  class: 'the class',
  label: 'the label',
  unit: 'the unit',
  layer: 'the layer',
  weights: 'a weight',
  image: 'the image of the mini-batch',
  bug: 'the bug',
  quantity: 'the quantity',
  state: 'the optimizer’s state',
  step: 'the step',
};

const arrays: Record<ArrayName, string> = {
  image: 'the image',
  pixels: 'the list of pixels',
  classNames: 'the list of class names',
  strokePoints: 'the list of the strokes’ points',
  drawings: 'the drawings',
  values: 'the table of values',
  samples: 'the list of samples',
  features: 'the list of features',
  inputs: 'the list of inputs',
  weights: 'the list of weights',
  weightsRow: 'a row of weights',
  secondLayerRows: 'the second layer',
  hiddenLayer: 'the hidden layer',
  layers: 'the list of layers',
  layerWeights: 'a layer’s weights',
  layerBias: 'a layer’s bias',
  optimizerState: 'the optimizer’s state',
  modelInput: 'the model’s input',
  setClasses: 'the data set’s list of classes',
  evaluationClasses: 'the evaluation’s list of classes',
};

const savedRun: Record<SavedRunProblem, string> = {
  'no-run': 'is none',
  'other-version': 'is of another version, which drew other numbers from the same seed',
  'cut-short': 'is cut short',
  damaged: 'is damaged or cut short',
  'other-contents': 'is of another version',
  'other-floats': 'holds numbers of another precision',
  'other-images': 'was made with another data set',
  'future-snapshot': 'has a snapshot of its own future',
  'parts-do-not-fit': 'has parts that do not fit together',
  'rates-do-not-fit': 'has learning rates that do not fit its steps',
  'not-finite': 'has a number that is not finite',
  'unknown-initializer': 'draws its first weights in a way that is not known here',
  'unknown-optimizer': 'has an optimizer that is not known here',
};

const show = (value: number | string) => (typeof value === 'number' ? exact(value, 'en') : `“${value}”`);
/** A sentence begins with a capital, but ε stays ε. */
const capital = (text: string) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

function allowed(rule: Rule): string {
  switch (rule.kind) {
    case 'range':
      return `from ${show(rule.min)} to ${show(rule.max)}`;
    case 'above-up-to':
      return `above ${show(rule.above)} and at most ${show(rule.max)}`;
    case 'from-below':
      return `at least ${show(rule.min)} and below ${show(rule.below)}`;
    case 'between':
      return `above ${show(rule.above)} and below ${show(rule.below)}`;
    case 'at-least':
      return `at least ${show(rule.min)}`;
    case 'at-most':
      return `at most ${show(rule.max)}`;
    case 'above':
      return `above ${show(rule.above)}`;
    case 'below':
      return `below ${show(rule.below)}`;
    case 'place':
      return rule.count === 0 ? 'one of a list that is empty' : `from 0 to ${show(rule.count - 1)}`;
    case 'finite':
      return 'a finite number';
    case 'all-finite':
      return `finite everywhere, and is not at place ${show(rule.index)}`;
    case 'zero-or-one':
      return '0 or 1';
    case 'known':
      return 'one of those there are';
    case 'has-a-place':
      return 'one that this network has a place for';
    case 'images-of-set':
      return `from ${show(rule.min)} to ${show(rule.images)}, as many as there are`;
    case 'image-in-each-part':
      return 'large enough to leave an image in each part';
    case 'folds-of-class':
      return `from 2 to ${show(rule.images)}, the images of the largest class`;
    case 'epochs-begun':
      return `at least ${show(rule.epochs)}, as many as have begun already`;
    case 'not-overflowed':
      return 'finite: the network has overflowed; train again with a smaller learning rate';
    case 'two-places':
      return 'enough to lie at two places x or more';
    case 'fits-pad':
      return `at most ${show(rule.max)} points long: clear the pad`;
    case 'images-then-labels':
      return 'images first, then labels';
  }
}

function modelProblem(problem: ModelProblem): string {
  switch (problem.kind) {
    case 'no-safetensors':
      return `is not a whole safetensors file (${problem.reason})`;
    case 'no-layers':
      return 'does not say its layers';
    case 'too-many-layers':
      return `has ${show(problem.count)} layers; at most ${show(problem.max)} are read`;
    case 'unknown-output':
      return `has the output “${problem.word}”, which is not known here`;
    case 'unknown-activation':
      return `has the activation “${problem.word}”, which is not known here`;
    case 'missing-tensor':
      return `has no ${problem.tensor}`;
    case 'wrong-dimensions':
      return `has weights with ${show(problem.dimensions)} dimensions in layer ${show(problem.layer)}`;
    case 'layer-does-not-fit':
      return `has a layer ${show(problem.layer)} that does not fit its neighbours`;
    case 'impossible':
      return `has an impossible layer (${refusal(problem.reason).replace(/\.$/, '')})`;
    case 'wrong-scaling':
      return `scales ${show(problem.pixels)} pixels, but the network has ${show(problem.inputs)} inputs`;
    case 'wrong-precision':
      return `keeps ${problem.tensor} as ${problem.precision}, not as F16 or F32`;
    case 'not-finite':
      return `has a number in ${problem.tensor} that is not finite`;
  }
}

function networkProblem(problem: NetworkProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'is empty';
    case 'too-large':
      return `is larger than the ${show(problem.max / 2 ** 20)} MB that are read`;
    case 'archive':
      return 'is an archive, as Keras and PyTorch write their own files: save the weights as safetensors there';
    case 'contents':
      return modelProblem(problem.problem);
    case 'breaks-off':
      return `is not a whole ONNX file: it breaks off at byte ${show(problem.offset)}`;
    case 'no-graph':
      return 'is an ONNX file without a graph';
    case 'other-operation':
      return problem.operation === ''
        ? 'ends where a layer was expected'
        : `has the operation “${problem.operation}” where a layer was expected; of ONNX, files made here are read`;
    case 'other-numbers':
      return `has other numbers in ${problem.tensor} than its shape says`;
    case 'other-inputs':
      return `takes ${show(problem.inputs)} inputs, but the images here have ${show(problem.expected)} pixels`;
    case 'other-classes':
      return `knows ${show(problem.classes)} classes, but the data set has ${show(problem.expected)}`;
  }
}

/** What went wrong, in a sentence. */
export function refusal(record: Failure | EngineError): string {
  switch (record.kind) {
    case 'setting':
      return `${capital(names[record.name])} is ${show(record.value)}, but must be ${allowed(record.rule)}.`;
    case 'output-of-loss':
      return train.noPair(train.losses[record.loss], train.activations[record.output]);
    case 'no-softmax':
      return `This network’s outputs are ${train.activations[record.output]}; the graph writes out softmax and its loss.`;
    case 'leaf':
      return `${record.name} = ${show(record.value)}, but must be a finite number.`;
    case 'shape':
      return `${capital(arrays[record.array])} has ${show(record.actual)} values, but ${show(record.expected)} are needed.`;
    case 'file':
      return loading.failed(record.file, record.problem);
    case 'model':
      return `The model’s file ${modelProblem(record.problem)}: fetch it again.`;
    case 'network':
      return `This file ${networkProblem(record.problem)}.`;
    case 'logistic-overflow':
      return `The model of class ${show(record.class)} overflowed in epoch ${show(record.epoch)}: scale the pixels to 0…1, or to mean 0 and deviation 1.`;
    case 'expression': {
      const { kind, start, found, limit } = record.fault;
      return `${graph.atCharacter(show(start + 1))} ${graph.faults[kind](found, show(limit ?? 0))}`;
    }
    case 'saved-run':
      return `The saved run ${savedRun[record.problem]}.`;
  }
}
