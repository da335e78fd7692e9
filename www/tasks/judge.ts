// Whether a goal is met, by what the Train room publishes: numbers of the engine, compared and nothing else.
import type { Published, Seen } from '../course/seen.svelte';
import type { Goal } from './task';

type Train = Published['train'];

/** What is remembered of earlier runs: the settings of the last one that diverged. */
export type Memory = Train['settings'] | null;

export function remembering(memory: Memory, { train }: Seen): Memory {
  return train?.hasDiverged ? train.settings : memory;
}

export function isMet(goal: Goal, seen: Seen, memory: Memory): boolean {
  const { train, answer } = seen;
  if (!train) return false;
  switch (goal.kind) {
    case 'accuracy':
      if (goal.isFlat && train.numLayers > 1) return false;
      return train.validationAccuracies
        .slice(0, goal.epochs ?? undefined)
        .some((accuracy) => accuracy !== null && accuracy >= goal.atLeast);
    case 'mend':
      if (!memory || train.hasDiverged || train.finishedEpochs === 0) return false;
      return numDifferences(memory, train.settings) === 1;
    case 'sure-and-wrong':
      return Boolean(answer && answer.prediction !== answer.label && answer.output > goal.above);
  }
}

function numDifferences(one: Train['settings'], other: Train['settings']): number {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key])).length;
}
