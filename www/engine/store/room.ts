// Which runs make room for new ones, so that it can be said before it is done.
import type { RunRecord } from './records';

/** As many as a list can hold that somebody still reads … */
export const MOST_KEPT = 30;
/** … and bytes of states: a large network's has twenty million. */
export const MOST_BYTES = 256e6;

export type Sized = Pick<RunRecord, 'key' | 'name' | 'changedAt' | 'base'>;

/**
 * The keys of those that go when a run with a state of `bytes` is kept beside `runs`: the oldest that nobody has
 * given a name, and none of `spared`.
 */
export function leaving(runs: readonly Sized[], bytes: number, spared: readonly string[] = []): string[] {
  const waiting = runs
    .filter((run) => run.name === null && !spared.includes(run.key))
    .sort((one, other) => one.changedAt - other.changedAt);
  let count = runs.length + 1;
  let size = runs.reduce((sum, run) => sum + (run.base?.bytes ?? 0), bytes);
  const gone: string[] = [];
  for (const run of waiting) {
    if (count <= MOST_KEPT && size <= MOST_BYTES) break;
    // Where bytes are short, a run without any would make no room.
    if (count <= MOST_KEPT && !run.base) continue;
    gone.push(run.key);
    count--;
    size -= run.base?.bytes ?? 0;
  }
  return gone;
}
