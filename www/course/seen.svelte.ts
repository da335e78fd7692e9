// What rooms show, for lessons: each room publishes a few numbers of what it has on the screen, as the engine gave them.
// Rooms know no lessons, and lessons no components. What is published together belongs together: never an answer of the
// engine beside numbers that were changed since it was asked.
import { untrack } from 'svelte';

export interface Published {
  neuron: {
    weight: number;
    input: number;
    /** By activation: output, and its derivative by the weight. */
    readings: Readonly<Record<string, { output: number; dWeight: number }>>;
  };
  gate: {
    gate: string;
    numLayers: number;
    /** How many of the four corners come out right. */
    right: number;
  };
  softmax: {
    logits: readonly number[];
    shift: number;
    isGuarded: boolean;
    /** In 32 bits, with or without the guard, as the table has them. */
    exponentials: readonly number[];
    probabilities: readonly number[];
  };
  image: {
    part: string;
    image: number;
    label: number | null;
    row: number;
    column: number;
    /** In the row of 784. */
    position: number;
  };
  scaling: {
    scaling: string;
    /** The pixel that is looked at, before and after. */
    raw: number | null;
    scaled: number | null;
    /** Of all scaled training pixels. */
    mean: number | null;
    deviation: number | null;
  };
  loss: {
    /** Probability of the true class. */
    q: number;
    crossEntropy: number;
    squaredError: number;
  };
  /** Mini-batches drawn from the training images. */
  batches: {
    batchSize: number;
    numImages: number;
    fullMean: number;
    /** Of the images' losses. */
    deviation: number;
    /** Deviation of the batches' means: by the formula, and of those drawn. */
    standardError: number;
    observedError: number;
    /** The mean of the first batch. */
    first: number;
  };
  /** The walk on the small surface. */
  descent: {
    rate: number;
    batch: number;
    /** Epochs that are over. */
    epochs: number;
    loss: number;
    lowest: number;
    /** w in the step just taken; before the first, in the one that is about to be. */
    weight: { from: number; slope: number; to: number };
  };
  /** The logistic cost of a prediction p of the truth y. */
  cost: { y: 0 | 1; p: number; cost: number };
  /** Five folds that are over. */
  folds: {
    mean: number;
    lowest: number;
    highest: number;
    /** The fold whose image the ten lines decide on, from 0. */
    open: number;
  };
  oneStep: {
    network: string;
    view: string;
    /** Whether the stations have come to the update. */
    isUpdated: boolean;
    /** The mistake that is planted. */
    bug: string | null;
    /** Of the mini-batch. */
    numImages: number;
    learningRate: number;
    /** The four numbers of the mini-batch's step, and how many weights and biases it moves. */
    batch: {
      numParameters: number;
      loss: number;
      largestGradient: number;
      stepLength: number;
      lossAfter: number;
    };
    /** The true class: its output, and its δ. */
    truth: { output: number; delta: number };
    /** Hidden layers from below: the δ of every unit, and the unit that is open. */
    layers: readonly {
      deltas: readonly number[];
      open: {
        unit: number;
        z: number;
        a: number;
        /** f′(z). */
        slope: number;
        /** Wᵀδ, as it comes from above. */
        down: number;
        delta: number;
      };
    }[];
    /** The chosen weight; null while its numbers are on their way. */
    weight: {
      layer: number;
      unit: number;
      /** Null for a bias. */
      input: number | null;
      value: number;
      /** ∂L/∂w of the image alone, and as the mean over the batch. */
      imageGradient: number;
      gradient: number;
      after: number;
    } | null;
    /** Of the gradients with central differences; null until they are compared. */
    check: { agree: number; differ: number } | null;
  };
  graph: {
    example: string | null;
    /** By name: value, and derivative of the result by it. */
    nodes: Readonly<Record<string, { value: number; derivative: number | null }>>;
    result: number | null;
  };
  /** The answer that is open in the Train room. */
  answer: {
    label: number;
    prediction: number;
    /** The output for the class that it says. */
    output: number;
  };
  train: {
    numLayers: number;
    /** Weights and biases; null while it is not known. */
    parameters: number | null;
    finishedEpochs: number;
    /** Training loss of the first and of the last finished epoch. */
    firstLoss: number | null;
    loss: number | null;
    /** After the last finished epoch. */
    validationAccuracy: number | null;
    /** After each finished epoch. */
    validationAccuracies: readonly (number | null)[];
    hasDiverged: boolean;
    /** What the run is made from. */
    settings: Readonly<Record<string, unknown>>;
  };
  /** The mistake that is opened in the table of confusion. */
  confusion: {
    largestMistake: number;
    open: { isMistake: boolean; label: string; prediction: string; count: number } | null;
  };
  /** The test images, once they were asked. */
  exam: {
    accuracy: number;
    times: number;
    /** After the last finished epoch. */
    validation: number;
  };
  drawing: {
    model: string;
    /** Fitted and centred, as MNIST's digits are. */
    isBoxed: boolean;
    /** Null while nothing can be read. */
    answer: number | null;
    probability: number | null;
  };
}

export type Seen = { [Place in keyof Published]?: Published[Place] };

class Shown {
  now = $state.raw<Seen>({});
}
export const shown = new Shown();

/** Publishes what a place of a room shows while it is open; null while it has nothing yet. Call it while its component starts. */
export function publish<Place extends keyof Published>(
  place: Place,
  give: () => Published[Place] | null,
): void {
  $effect(() => {
    const now = give();
    shown.now = { ...others(place), ...(now ? { [place]: now } : {}) };
  });
  // What is left shows nothing.
  $effect(() => () => void (shown.now = others(place)));
}

function others(place: keyof Published): Seen {
  const rest = { ...untrack(() => shown.now) };
  delete rest[place];
  return rest;
}
