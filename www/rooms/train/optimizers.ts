// The optimizers with Keras 3's constants.
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
