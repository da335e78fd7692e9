// What the settings may be, as the engine has it: one table for the fields and for the address.
import type { Activation, Initializer, Loss, Output, Scaling } from '../../engine/pkg/atelier';

export interface Range {
  min: number;
  max: number;
  whole?: boolean;
}

export const ranges = {
  learningRate: { min: 1e-7, max: 100 },
  epochs: { min: 1, max: 1000, whole: true },
  batchSize: { min: 1, max: 2048, whole: true },
  seed: { min: 0, max: 4_294_967_295, whole: true },
  /** 0 for all there are. */
  trainingImages: { min: 0, max: 60_000, whole: true },
  /** A part of the images used. */
  validationFraction: { min: 0, max: 0.9 },
  l2: { min: 0, max: 1 },
  /** Epochs; 0 for never. */
  patience: { min: 0, max: 1000, whole: true },
  /** Standard deviation of normal first weights. */
  deviation: { min: 1e-6, max: 10 },
  units: { min: 1, max: 512, whole: true },
} satisfies Record<string, Range>;

export const MOST_LAYERS = 6;

export const activations = ['sigmoid', 'tanh', 'relu', 'step', 'identity'] as const satisfies Activation[];
export const scalings = ['min-max', 'standardized', 'none'] as const satisfies Scaling[];
export const outputs = ['softmax', 'sigmoid', 'identity'] as const satisfies Output[];
export const losses = [
  'categorical-cross-entropy',
  'binary-cross-entropy',
  'mean-squared-error',
] as const satisfies Loss[];

export type InitializerKind = Initializer['kind'];
export const initializers: Record<InitializerKind, Initializer> = {
  'glorot-uniform': { kind: 'glorot-uniform' },
  'glorot-normal': { kind: 'glorot-normal' },
  'he-uniform': { kind: 'he-uniform' },
  'he-normal': { kind: 'he-normal' },
  normal: { kind: 'normal', deviation: 0.05 },
  zeros: { kind: 'zeros' },
};

/** The output that a loss is made for: it starts from the logits; null where any will do. */
export const outputOf: Record<Loss, Output | null> = {
  'categorical-cross-entropy': 'softmax',
  'binary-cross-entropy': 'sigmoid',
  'mean-squared-error': null,
};

export function isPair(output: Output, loss: Loss): boolean {
  return outputOf[loss] === null || outputOf[loss] === output;
}
