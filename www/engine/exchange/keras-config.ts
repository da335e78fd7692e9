// The texts in a `.keras` file: Keras's names for our layers, optimizers and losses.
import type { Activation, Loss, OptimizerSettings } from '../pkg/atelier';
import type { Facts } from './facts';
import { notesOf } from './facts';

/** The version whose files these are like; later ones read them. */
const KERAS = '3.15.1';

type Config = Record<string, unknown>;

const made = (module: string, className: string, config: Config): Config => ({
  module: `keras.${module}`,
  class_name: className,
  config,
  registered_name: null,
});

/** Keras's words for what a layer does; a step has none. */
const ACTIVATIONS: Record<Exclude<Activation, 'step'> | 'softmax', string> = {
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'relu',
  identity: 'linear',
  softmax: 'softmax',
};

/** Labels are numbers for the first, rows of zeros and a one for the others. */
const LOSSES: Record<Loss, { loss: string; metric: string }> = {
  'categorical-cross-entropy': { loss: 'sparse_categorical_crossentropy', metric: 'accuracy' },
  'binary-cross-entropy': { loss: 'binary_crossentropy', metric: 'categorical_accuracy' },
  'mean-squared-error': { loss: 'mean_squared_error', metric: 'categorical_accuracy' },
};

function optimizerOf(settings: OptimizerSettings, rate: number): Config {
  const of = (className: string, config: Config) =>
    made('optimizers', className, { learning_rate: rate, ...config });
  switch (settings.kind) {
    case 'sgd':
      return of('SGD', { momentum: 0, nesterov: false });
    case 'momentum':
    case 'nesterov':
      return of('SGD', { momentum: settings.momentum, nesterov: settings.kind === 'nesterov' });
    case 'adagrad':
      return of('Adagrad', {
        initial_accumulator_value: settings.initialAccumulator,
        epsilon: settings.epsilon,
      });
    case 'rmsprop':
      return of('RMSprop', { rho: settings.rho, epsilon: settings.epsilon });
    case 'adam':
      return of('Adam', { beta_1: settings.beta1, beta_2: settings.beta2, epsilon: settings.epsilon });
    case 'adamw':
      return of('AdamW', {
        beta_1: settings.beta1,
        beta_2: settings.beta2,
        epsilon: settings.epsilon,
        weight_decay: settings.weightDecay,
      });
  }
}

/** Where an optimizer wants a float, Keras refuses 0 and 1, which Python reads as whole numbers: 0.0 and 1.0. */
function withFloats(json: string): string {
  const floats = 'learning_rate|momentum|initial_accumulator_value|rho|beta_1|beta_2|epsilon|weight_decay';
  return json.replaceAll(new RegExp(`"(${floats})":(\\d+)(?=[,}])`, 'g'), '"$1":$2.0');
}

/** One number where all are the same. */
function short(values: Float32Array): number | number[] {
  const [first = 0] = values;
  return values.every((value) => value === first) ? first : [...values];
}

/** `config.json` and `metadata.json` of a run's network. `scaling` is its 784 factors, then its 784 summands. */
export function kerasTexts(facts: Facts, scaling: Float32Array): { config: string; metadata: string } {
  const { settings, learningRates } = facts;
  const names = new Map<string, number>();
  /** As Keras counts layers of a kind: `dense`, `dense_1`. */
  const named = (kind: string) => {
    const count = names.get(kind) ?? 0;
    names.set(kind, count + 1);
    return count === 0 ? kind : `${kind}_${count}`;
  };
  const penalty = settings.l2 > 0 ? made('regularizers', 'L2', { l2: settings.l2 }) : null;
  const rescaling = (scale: number | number[], offset: number | number[]) =>
    made('layers', 'Rescaling', { name: named('rescaling'), dtype: 'float32', scale, offset });
  const dense = (units: number, activation: string) =>
    made('layers', 'Dense', {
      name: named('dense'),
      dtype: 'float32',
      units,
      activation,
      use_bias: true,
      kernel_regularizer: penalty,
    });
  const layers = [
    made('layers', 'InputLayer', { batch_shape: [null, 784], dtype: 'float32', name: 'pixels' }),
    rescaling(short(scaling.subarray(0, 784)), short(scaling.subarray(784))),
  ];
  for (const { units, activation } of settings.hidden) {
    if (activation !== 'step') layers.push(dense(units, ACTIVATIONS[activation]));
    else {
      // Keras has no step. So large a factor makes every z above 0 more than 1, and what is more becomes 1: exactly a
      // step for every float of full precision, and with its slope, 0.
      layers.push(dense(units, 'linear'), rescaling(1e38, 0));
      layers.push(
        made('layers', 'ReLU', {
          name: named('re_lu'),
          dtype: 'float32',
          max_value: 1,
          negative_slope: 0,
          threshold: 0,
        }),
      );
    }
  }
  layers.push(dense(facts.classes.length, ACTIVATIONS[settings.output]));
  const { loss, metric } = LOSSES[settings.loss];
  const shape = { input_shape: [null, 784] };
  const config = {
    ...made('', 'Sequential', { name: 'atelier', trainable: true, dtype: 'float32', layers }),
    module: 'keras',
    build_config: shape,
    compile_config: {
      optimizer: optimizerOf(settings.optimizer, learningRates.at(-1)?.learningRate ?? settings.learningRate),
      loss,
      loss_weights: null,
      metrics: [metric],
      weighted_metrics: null,
      run_eagerly: false,
      steps_per_execution: 1,
      jit_compile: false,
    },
  };
  const notes = notesOf(facts, 'keras');
  const atelier = Object.fromEntries(
    notes.flatMap((key, at) => (at % 2 === 0 ? [[key, notes[at + 1] ?? '']] : [])),
  );
  return {
    config: withFloats(JSON.stringify(config)),
    metadata: JSON.stringify({ keras_version: KERAS, atelier }),
  };
}
