// Which columns the output layer's table has, and how far the stations have filled it.
import type { OneStepState } from './step.svelte';

export type ColumnKey =
  | 'weights'
  | 'products'
  | 'logit'
  | 'shifted'
  | 'exp'
  | 'probability'
  | 'target'
  | 'loss'
  | 'delta'
  | 'gradient'
  | 'mean'
  | 'step'
  | 'check';
export type Way = 'forward' | 'back' | 'onward';

export interface Column {
  key: ColumnKey;
  /** The station has been reached at which it is filled. */
  shown: boolean;
  /** It belongs to the present station. */
  now: boolean;
  /** The present station, on its way back, has come to this place. */
  same: boolean;
}

export interface Columns {
  list: Column[];
  ways: { way: Way; count: number }[];
}

/** Each column's station and direction. */
const columns: Record<ColumnKey, readonly [station: string, way: Way]> = {
  weights: ['weigh', 'forward'],
  products: ['weigh', 'forward'],
  logit: ['weigh', 'forward'],
  shifted: ['output', 'forward'],
  exp: ['output', 'forward'],
  probability: ['output', 'forward'],
  target: ['loss', 'forward'],
  loss: ['loss', 'forward'],
  delta: ['blame', 'back'],
  gradient: ['gradient', 'back'],
  mean: ['gradient', 'back'],
  step: ['update', 'onward'],
  check: ['check', 'onward'],
};

/** Where the way back comes by: blame at the logits, gradients and steps at the weights. */
const places: Record<string, ColumnKey> = {
  blame: 'logit',
  gradient: 'weights',
  update: 'weights',
  check: 'weights',
};

export function columnsOf(step: OneStepState): Columns {
  const shape = step.scene?.shape;
  const softmax = shape?.output === 'softmax';
  const has = (key: ColumnKey) => {
    if (key === 'shifted' || key === 'exp') return softmax;
    // Of a categorical cross-entropy only the truth has a loss: it stands under the table.
    return key !== 'loss' || shape?.loss !== 'categorical-cross-entropy';
  };
  const here = step.station?.key ?? '';
  const keys = (Object.keys(columns) as ColumnKey[]).filter(has);
  const list = keys.map((key): Column => {
    const [station] = columns[key];
    return {
      key,
      shown: step.reached(station),
      now: station === here,
      same: places[here] === key,
    };
  });
  const ways = (['forward', 'back', 'onward'] as const).map((way) => ({
    way,
    count: keys.filter((key) => columns[key][1] === way).length,
  }));
  return { list, ways };
}
