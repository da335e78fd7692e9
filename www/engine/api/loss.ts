// What the Loss room asks for: losses of a probability, a descent on a small
// surface (both in the quick worker), and mini-batches drawn from the trainer's images.
import {
  LossSurvey,
  Trainer,
  descend as walk,
  descentSurface,
  labelledLosses,
  largestLearningRate,
  logisticCosts,
  lossCurve,
  naturalLogarithm,
  type BatchMeans,
  type Descent,
  type DescentSettings,
  type DescentSurface,
  type LabelledLosses,
  type LogisticCost,
  type Loss,
  type LossCurve,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';
import { fill, sliced } from './turn';
import { current, defaults } from './training';

const LOSSES = ['mean-squared-error', 'binary-cross-entropy', 'categorical-cross-entropy'] as const;

/** Every loss at these probabilities of the true class, the rest shared by the other classes. */
export function curves(probabilities: number[], classes: number): Record<Loss, LossCurve> {
  const points = Float64Array.from(probabilities);
  return Object.fromEntries(LOSSES.map((loss) => [loss, lossCurve(loss, points, classes)])) as Record<
    Loss,
    LossCurve
  >;
}

export function logarithms(numbers: number[]): number[] {
  return [...naturalLogarithm(Float64Array.from(numbers))];
}

/** The logistic cost of each prediction of a truth `y`, 0 or 1. */
export function costs(predictions: number[], y: number): LogisticCost[] {
  return logisticCosts(Float64Array.from(predictions), y);
}

export function labelled(probabilities: number[], label: number): LabelledLosses {
  return labelledLosses(Float64Array.from(probabilities), label);
}

export function surface(levels: number[]): DescentSurface {
  return descentSurface(Float64Array.from(levels));
}

export interface Walk extends Descent {
  /** Full-batch descent with this momentum diverges above it. */
  largestRate: number;
}

export function descend(settings: DescentSettings, momentum: number): Walk {
  return { ...walk(settings), largestRate: largestLearningRate(momentum) };
}

/** `now` is the Train room's network as it stands, `fresh` the course's softmax layer before its first step. */
export type SurveyedNetwork = 'now' | 'fresh';

export interface SurveyProgress {
  /** 0…1 */
  share: number;
  /** Updates that the network has behind it. */
  step: number;
}

let survey: LossSurvey | null = null;
let surveyNumber = 0;

/**
 * Takes the loss of every training image, in slices. Resolves with true once `draw` can be called,
 * with false when another survey took its place.
 */
export async function takeSurvey(
  network: SurveyedNetwork,
  dataSet: DataSetName,
  listener: (progress: SurveyProgress) => void,
): Promise<boolean> {
  const number = ++surveyNumber;
  survey?.free();
  survey = null;
  const { begun, step } = begin(network, dataSet);
  const isWanted = () => number === surveyNumber;
  try {
    const done = await sliced((milliseconds) => fill(milliseconds, () => begun.advance()), {
      report: () => listener({ share: begun.share, step }),
      isWanted,
    });
    if (done) survey = begun;
    return done;
  } finally {
    if (survey !== begun) begun.free();
  }
}

function begin(network: SurveyedNetwork, dataSet: DataSetName): { begun: LossSurvey; step: number } {
  const trained = network === 'now' ? current() : null;
  if (trained) return { begun: new LossSurvey(trained), step: trained.report().step };
  const fresh = new Trainer(held(dataSet).train, defaults());
  try {
    return { begun: new LossSurvey(fresh), step: 0 };
  } finally {
    fresh.free();
  }
}

/** Draws mini-batches from the surveyed losses; null while there are none. */
export function draw(batchSize: number, count: number, seed: number): BatchMeans | null {
  return survey?.draw(batchSize, count, seed) ?? null;
}
