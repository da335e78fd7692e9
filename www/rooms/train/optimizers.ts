// The optimizers with Keras 3's constants, and what each constant may be.
import type { OptimizerSettings } from '../../engine/pkg/atelier';

export type OptimizerKind = OptimizerSettings['kind'];

export const optimizers: { [Kind in OptimizerKind]: Extract<OptimizerSettings, { kind: Kind }> } = {
  sgd: { kind: 'sgd' },
  momentum: { kind: 'momentum', momentum: 0.9 },
  nesterov: { kind: 'nesterov', momentum: 0.9 },
  adagrad: { kind: 'adagrad', initialAccumulator: 0.1, epsilon: 1e-7 },
  rmsprop: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  adamw: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
};

export type ConstantName =
  'momentum' | 'rho' | 'beta1' | 'beta2' | 'epsilon' | 'initialAccumulator' | 'weightDecay';

/** The part below 1 that the field takes: with 1 itself nothing new would ever count. */
const BELOW_ONE = 0.999999;

/** Each constant's range, as the engine has it; no unit has any of them. */
export const constants: Record<ConstantName, { min: number; max: number }> = {
  momentum: { min: 0, max: BELOW_ONE },
  rho: { min: 0, max: BELOW_ONE },
  beta1: { min: 0, max: BELOW_ONE },
  beta2: { min: 0, max: BELOW_ONE },
  epsilon: { min: 1e-12, max: 1 },
  initialAccumulator: { min: 0, max: 10 },
  weightDecay: { min: 0, max: 1 },
};

/** The constants of an optimizer with their values, in the order of its formula. */
export function constantsOf(settings: OptimizerSettings): [ConstantName, number][] {
  return Object.entries(settings).filter((entry): entry is [ConstantName, number] => entry[0] !== 'kind');
}

/** The same optimizer with one constant changed. */
export function withConstant(
  settings: OptimizerSettings,
  name: ConstantName,
  value: number,
): OptimizerSettings {
  return { ...settings, [name]: value };
}
