// The data sets that this worker's engine holds, for the other subjects of the worker.
import type { DataSet } from '../pkg/atelier';

export type DataSetName = 'fashion-mnist' | 'mnist' | 'own';

export interface HeldSet {
  train: DataSet;
  test: DataSet;
}

const sets = new Map<DataSetName, HeldSet>();

export function hold(name: DataSetName, set: HeldSet) {
  const old = sets.get(name);
  sets.set(name, set);
  old?.train.free();
  old?.test.free();
}

export function isHeld(name: DataSetName): boolean {
  return sets.has(name);
}

/** The engine's images of a set; throws while they have not all arrived. */
export function held(name: DataSetName): HeldSet {
  const set = sets.get(name);
  if (!set) throw new Error(`${name} has not arrived yet`);
  return set;
}
