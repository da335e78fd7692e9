// The list of kept runs, and which of them are drawn beside the present one.
import type { KeptRun } from './run-store';
import { readRuns, removeRun, writeRun } from './run-store';
import { troubles } from './troubles.svelte';
import { say } from '../words/say.svelte';

/** As many as can still be told apart. */
export const MOST_OVERLAID = 4;
/** Older ones make room. */
const MOST_KEPT = 30;

class Runs {
  list = $state.raw<KeptRun[]>([]);
  /** The run that was left unfinished when the page was last open, to be offered again. */
  unfinished = $state.raw<KeptRun | null>(null);
  /** Keys of the runs drawn in the curves. */
  overlaid = $state.raw<string[]>([]);
  /** Resolves once what this browser keeps has been read. */
  readonly ready: Promise<void>;

  constructor() {
    this.ready = this.read();
  }

  private async read() {
    try {
      const { runs, damaged } = await readRuns();
      const known = new Set(this.list.map((run) => run.key));
      this.list = [...runs.filter((run) => !known.has(run.key)), ...this.list];
      const newest = runs.at(-1);
      // A visitor's own files are not there after a reload.
      if (newest && newest.dataSet !== 'own' && newest.isOver === false) this.unfinished = newest;
      if (damaged > 0) troubles.say(() => say.train.damagedRuns(String(damaged)));
    } catch {
      troubles.say(() => say.train.runsUnreadable);
    }
  }

  find(key: string): KeptRun | null {
    return this.list.find((run) => run.key === key) ?? null;
  }

  /** Adds a run, or takes the newer record of it. */
  async keep(run: KeptRun): Promise<void> {
    const others = this.list.filter((other) => other.key !== run.key);
    const old = this.find(run.key);
    this.list = old ? this.list.map((other) => (other.key === run.key ? run : other)) : [...others, run];
    for (const oldest of this.list.slice(0, Math.max(0, this.list.length - MOST_KEPT)))
      void this.remove(oldest.key);
    if (!(await writeRun(run))) troubles.say(() => say.train.noRoom);
  }

  rename(key: string, name: string): Promise<void> {
    const run = this.find(key);
    return run ? this.keep({ ...run, name: name.trim() || null }) : Promise.resolve();
  }

  async remove(key: string): Promise<void> {
    this.list = this.list.filter((run) => run.key !== key);
    if (this.unfinished?.key === key) this.unfinished = null;
    this.overlaid = this.overlaid.filter((one) => one !== key);
    await removeRun(key);
  }

  overlay(key: string, shown: boolean) {
    const others = this.overlaid.filter((one) => one !== key);
    this.overlaid = shown ? [...others, key].slice(-MOST_OVERLAID) : others;
  }
}

export const runs = new Runs();
