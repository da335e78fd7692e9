// The list of kept runs, and which of them are drawn beside the present one. A run is listed as kept when it is
// durable; the list follows what other tabs keep, name and remove.
import type { Kept } from './api/keeping';
import { claims } from './claims.svelte';
import { onCrash } from './client';
import { Curves } from './curves';
import { KeptHere } from './kept-here';
import { notices } from './notices.svelte';
import { listen } from './store/announcing';
import { failureOf, type Failure } from './store/failure';
import type { KeptCurves, RunRecord } from './store/records';
import { leaving } from './store/room';
import { readCurves, readRuns, removeRun, renameRun, type KeptRun } from './store/runs';

/** As many as can still be told apart. */
export const MOST_OVERLAID = 4;

/** How sure it is that a run is there after the tab has closed. */
export type Standing = 'kept' | 'being-kept' | 'here-only';

class Runs {
  /** Oldest first. */
  list = $state.raw<RunRecord[]>([]);
  /** Why the store is of no use, as far as is known. */
  obstacle = $state<Failure | null>(null);
  /** Keys of the runs drawn in the curves. */
  overlaid = $state.raw<string[]>([]);
  /** Their curves, as far as they have been read. */
  curves = $state.raw<ReadonlyMap<string, Curves>>(new Map());
  /** The newest run when the page was opened, if it was left unfinished. */
  private left = $state<string | null>(null);
  private standings = $state.raw<ReadonlyMap<string, Standing>>(new Map());
  private readonly here = new KeptHere();
  private readonly waiting = new Map<string, (() => void)[]>();

  /** The run that was left unfinished when the page was last open, to be offered again. */
  unfinished = $derived.by(() => {
    const run = this.left === null || claims.elsewhere.has(this.left) ? null : this.find(this.left);
    // A visitor's own files are not there after a reload.
    return run && run.dataSet !== 'own' && !run.isOver ? run : null;
  });

  constructor() {
    void this.read(true);
    listen((said) => {
      if (said.kind === 'removed') this.forget(said.key);
      else this.take(said.record);
      void claims.look();
    });
    document.addEventListener('visibilitychange', () => void claims.look());
    onCrash((role) => {
      // What its worker was writing is as the store has it.
      if (role === 'trainer') void this.read(false);
    });
  }

  private async read(isFirst: boolean) {
    try {
      const { runs, damaged } = await readRuns();
      const known = new Map(this.list.map((run) => [run.key, run]));
      for (const run of runs) known.set(run.key, newer(known.get(run.key), run));
      this.list = [...known.values()].sort((one, other) => one.changedAt - other.changedAt);
      for (const [key, standing] of this.standings) if (standing === 'being-kept') this.stand(key, 'kept');
      if (damaged > 0) notices.tell({ kind: 'damaged', count: damaged });
      if (isFirst) this.left = runs.at(-1)?.key ?? null;
      await claims.look();
    } catch (error) {
      this.obstacle = failureOf(error);
      if (this.obstacle !== 'unavailable') notices.tell({ kind: 'unreadable', failure: this.obstacle });
    }
  }

  find(key: string): RunRecord | null {
    return this.list.find((run) => run.key === key) ?? null;
  }

  standing(key: string): Standing {
    return this.standings.get(key) ?? 'kept';
  }

  /** The runs that go when one more is kept, whose state is as large as the present one's. */
  leaving(present: string): RunRecord[] {
    const bytes = this.find(present)?.base?.bytes ?? 0;
    return leaving(this.list, bytes, [present]).flatMap((key) => this.find(key) ?? []);
  }

  /** What the present run's worker says of it, or of the one before. */
  hear(kept: Exclude<Kept, { kind: 'moved' }>) {
    switch (kept.kind) {
      case 'kept':
        this.here.remove(kept.record.key);
        this.stand(kept.record.key, 'kept');
        this.take(kept.record);
        this.obstacle = null;
        notices.takeBack('not-kept');
        break;
      case 'being-kept':
        this.stand(kept.record.key, 'being-kept');
        this.take(kept.record);
        break;
      case 'not-kept':
        this.here.take(kept.piece);
        this.stand(kept.piece.record.key, 'here-only');
        this.take(kept.piece.record);
        this.obstacle = kept.failure;
        notices.tell({ kind: 'not-kept', failure: kept.failure });
        break;
      case 'dropped':
        this.forget(kept.key);
        break;
    }
  }

  /** Resolves when a run's end is no longer on its way into the store. */
  settled(key: string): Promise<void> {
    if (this.standing(key) !== 'being-kept') return Promise.resolve();
    return new Promise((resolve) => this.waiting.set(key, [...(this.waiting.get(key) ?? []), resolve]));
  }

  /** What only this tab has of a run; null where the store has it. */
  keptHere(key: string): KeptRun | null {
    return this.here.get(key);
  }

  async rename(run: RunRecord, wish: string): Promise<void> {
    const name = wish.trim() || null;
    try {
      const renamed = await renameRun(run.key, name);
      if (!renamed && !this.here.has(run.key)) return this.forget(run.key);
      this.put({ ...(this.find(run.key) ?? run), ...renamed, name });
    } catch (error) {
      this.put({ ...run, name });
      if (!this.here.has(run.key)) notices.tell({ kind: 'not-renamed', run, failure: failureOf(error) });
    }
  }

  async remove(run: RunRecord): Promise<void> {
    const { key } = run;
    const [standing, kept] = [this.standing(key), this.here.get(key)];
    this.forget(key);
    try {
      await removeRun(key);
    } catch (error) {
      // What the store never had is gone with the tab's own memory.
      if (standing === 'here-only' && kept) return;
      this.take(run);
      notices.tell({ kind: 'not-removed', run, failure: failureOf(error) });
    }
  }

  overlay(key: string, shown: boolean) {
    const others = this.overlaid.filter((one) => one !== key);
    this.overlaid = shown ? [...others, key].slice(-MOST_OVERLAID) : others;
    this.curves = new Map([...this.curves].filter(([other]) => this.overlaid.includes(other)));
    if (shown) void this.draw(key);
  }

  /** The offer is taken, or not wanted. */
  dismissOffer() {
    this.left = null;
  }

  private async draw(key: string) {
    await this.settled(key);
    const run = this.find(key);
    if (!run) return;
    const kept = this.here.get(key)?.curves ?? (await readCurves(key).catch(() => null));
    if (kept) this.curves = new Map([...this.curves, [key, curvesOf(kept, run.batchesPerEpoch)]]);
  }

  private take(run: RunRecord) {
    const old = this.find(run.key);
    const isHere = this.here.has(run.key);
    // A name given while the store did not take the run is this tab's alone.
    this.put(newer(old, isHere && old ? { ...run, name: run.name ?? old.name } : run));
    if (this.overlaid.includes(run.key) && old?.step !== run.step) void this.draw(run.key);
  }

  private put(run: RunRecord) {
    const isKnown = this.list.some((other) => other.key === run.key);
    this.list = isKnown
      ? this.list.map((other) => (other.key === run.key ? run : other))
      : [...this.list, run];
  }

  private stand(key: string, standing: Standing) {
    const others = [...this.standings].filter(([other]) => other !== key);
    this.standings = new Map(standing === 'kept' ? others : [...others, [key, standing]]);
    if (standing === 'being-kept') return;
    this.waiting.get(key)?.forEach((go) => go());
    this.waiting.delete(key);
  }

  private forget(key: string) {
    this.list = this.list.filter((run) => run.key !== key);
    this.overlaid = this.overlaid.filter((one) => one !== key);
    this.here.remove(key);
    this.stand(key, 'kept');
  }
}

/** Of two records of a run the later: words from other tabs may come late. */
function newer(old: RunRecord | undefined | null, run: RunRecord): RunRecord {
  if (!old || run.revision !== old.revision) return !old || run.revision > old.revision ? run : old;
  return run.changedAt >= old.changedAt ? run : old;
}

const curvesOf = ({ losses, accuracies }: KeptCurves, batchesPerEpoch: number) =>
  Curves.of(losses, accuracies, batchesPerEpoch);

export const runs = new Runs();
