// Records of the page's first version, which held everything of a run in one piece.
import type { Settings } from '../api/training';
import type { EpochRecord } from '../pkg/atelier';
import type { Upgrade } from './database';
import { VERSION, areSettings, blocksOf, type RunRecord } from './records';

interface OldRun extends Omit<
  RunRecord,
  'revision' | 'imagesId' | 'classes' | 'learningRates' | 'writer' | 'base' | 'isOver'
> {
  losses: Float32Array;
  accuracies: Float32Array;
  state: Uint8Array<ArrayBuffer>;
  isOver?: boolean;
}

/** Takes the old records apart, one after the other: together they may be hundreds of megabytes. */
export async function moveOld(upgrade: Upgrade): Promise<void> {
  const [runs, curves, states] = [
    upgrade.objectStore('runs'),
    upgrade.objectStore('curves'),
    upgrade.objectStore('states'),
  ];
  for (let cursor = await runs.openCursor(); cursor; cursor = await cursor.continue()) {
    const old: unknown = cursor.value;
    if (!isOld(old)) continue;
    const { losses, accuracies, state, ...rest } = old;
    for (const block of blocksOf(old.key, 0, { losses, accuracies })) void curves.put(block);
    void states.put(state, old.key);
    await cursor.update({
      ...rest,
      version: VERSION,
      revision: 0,
      imagesId: null,
      // Not written down at the time either: as the official sets have them.
      classes: 10,
      // Not written down at the time; the state has them.
      learningRates: [],
      isOver: old.isOver ?? true,
      writer: '',
      base: { step: old.step, bytes: state.length },
    });
  }
}

function isOld(record: unknown): record is OldRun {
  if (typeof record !== 'object' || record === null) return false;
  const run = record as Partial<OldRun> & { settings?: Partial<Settings>; epochs?: EpochRecord[] };
  return (
    run.version === 1 &&
    typeof run.key === 'string' &&
    areSettings(run.settings) &&
    Number.isInteger(run.step) &&
    run.losses instanceof Float32Array &&
    run.accuracies instanceof Float32Array &&
    run.losses.length === run.step &&
    run.accuracies.length === run.step &&
    run.state instanceof Uint8Array
  );
}
