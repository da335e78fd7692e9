// The run as the page knows it: settings, where it stands, its curves and
// pictures. Rooms call its verbs; what the worker says comes back into its state.
import { tick } from 'svelte';
import * as Comlink from 'comlink';
import type { DataSetName } from './api/held';
import type { Pictures, Progress, Settings } from './api/training';
import { engineOf, onCrash, type Engine } from './client';
import { Curves } from './curves';
import { dataSets } from './data-sets.svelte';
import type { Pace } from './pace';
import { newKey, newRecord, type KeptRun } from './run-store';
import { runs } from './runs.svelte';
import { isSaid, messageOf, troubles } from './troubles.svelte';
import { palette } from '../parts/palette.svelte';
import { say } from '../words/say.svelte';
import type { EpochRecord, Report } from './pkg/atelier';

/** Test images whose predictions are watched: the first 24. */
export const WATCHED = Array.from({ length: 24 }, (_, index) => index);

/** Settings that act at once; every other one starts the run anew. */
export const LIVE: readonly (keyof Settings)[] = ['learningRate', 'epochs'];

/** A run that plays is kept after a second, and then at least so often … */
const FIRST_KEEP_MILLISECONDS = 1000;
const KEEP_MILLISECONDS = 2000;
/** … unless keeping it takes more than this part of the time: a large network's state is tens of megabytes. */
const KEEP_SHARE = 0.03;
/** A start that trained for less is no run to list once another takes its place. */
const WORTH_MILLISECONDS = 1000;

/** What a change of settings did. */
export interface Changed {
  keys: (keyof Settings)[];
  restarted: boolean;
}

class Training {
  /** The engine's defaults; null until it has said them. */
  usual = $state.raw<Settings | null>(null);
  /** Null until the engine has said its defaults. */
  settings = $state.raw<Settings | null>(null);
  /** What the last change of settings did; null once the run moved on. */
  changed = $state.raw<Changed | null>(null);
  report = $state.raw<Report | null>(null);
  epochs = $state.raw<EpochRecord[]>([]);
  pictures = $state.raw<Pictures | null>(null);
  playing = $state(false);
  pace = $state<Pace>('full');
  /** Time spent on training since the run was begun or taken up here, and the updates made in it. */
  trainedMilliseconds = $state(0);
  trainedSteps = $state(0);
  /** Milliseconds of each finished epoch; null where it was not seen whole. */
  epochMilliseconds = $state.raw<(number | null)[]>([]);
  /** Why the present settings cannot run, in the visitor's language. */
  refused = $state.raw<(() => string) | null>(null);
  /** Counts up when `curves` has new numbers. */
  drawn = $state(0);
  readonly curves = new Curves();

  /** The present run in the list of kept ones. */
  key = $state(newKey());
  /** The run whose twin this one is. */
  twinOf = $state<string | null>(null);
  /** Accuracy on the test images, each time the final exam was taken in this run. */
  exams = $state.raw<number[]>([]);
  /** Size of the network and the work of one image. */
  cost = $state.raw<{ parameters: number; multiplyAdds: number } | null>(null);
  /** A hash of every weight's bits; null while they change. */
  hash = $state<string | null>(null);
  /** Which run the worker is asked about; counts up. */
  runId = $state(0);

  /** While a kept run brings its own data set along, that set's arrival begins no run. */
  private isSwitching = false;
  /** While a kept run is read back. */
  private isRestoring = false;
  private wish: ((usual: Settings) => Settings) | null = null;
  /** Whether the present run stays in the list when another takes its place. */
  private worthKeeping = false;
  /** When it was kept last, or began to play; and milliseconds from then until it is kept next. */
  private keptAt = 0;
  private keepAfter = FIRST_KEEP_MILLISECONDS;
  private keptStep = 0;

  /** True once a run exists and can be driven. */
  ready = $derived(this.report !== null && dataSets.current.state === 'ready');

  constructor() {
    onCrash((role) => {
      if (role === 'trainer') this.recover();
    });
    // A tab that is put away may never come back.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && this.playing) void this.keep();
    });
    $effect.root(() => {
      $effect(() => {
        const set = dataSets.current;
        if (set.state === 'ready' && !this.isSwitching) void this.begin();
      });
      $effect(() => {
        const colours = palette();
        const id = this.runId;
        if (id > 0) void this.call((engine) => engine.training.setPalette(id, colours));
      });
    });
  }

  /** A new run at its first weights; the present one stays in the list when it has come somewhere. */
  async reset(): Promise<void> {
    const settings = this.settings;
    if (!settings) return;
    await this.leave();
    await this.create(settings);
  }

  private create(settings: Settings): Promise<void> {
    this.key = newKey();
    return this.start(async (engine, id, listener) => {
      await engine.training.create(id, dataSets.name, settings, WATCHED, palette(), listener);
    });
  }

  /** Asks for settings made from the engine's defaults, now or as soon as it has said them. */
  ask(make: (usual: Settings) => Settings) {
    if (this.usual) void this.change(make(this.usual));
    else this.wish = make;
  }

  /** Goes on with a kept run, to the bit. */
  async resume(run: KeptRun): Promise<void> {
    if (runs.unfinished?.key === run.key) runs.unfinished = null;
    if (run.key !== this.key) await this.leave();
    await this.switchTo(run.dataSet);
    this.key = run.key;
    this.isRestoring = true;
    await this.start(async (engine, id, listener) => {
      this.settings = await engine.training.restore(id, run.dataSet, run.state, WATCHED, palette(), listener);
    });
    this.isRestoring = false;
    if (this.refused !== null) {
      // The list shows its curve still; what it would go on from is of no use.
      const reason = this.refused;
      troubles.say(() => say.train.cannotGoOn(reason()));
      if (this.settings) await this.create(this.settings);
      return;
    }
    this.worthKeeping = true;
    this.twinOf = run.twinOf;
    this.exams = run.exams;
  }

  /** A new run with a kept one's settings: the same split, first weights and order of batches. */
  async twin(run: KeptRun): Promise<void> {
    await this.leave();
    await this.switchTo(run.dataSet);
    this.settings = run.settings;
    await this.create(run.settings);
    this.twinOf = run.key;
    runs.overlay(run.key, true);
  }

  /** Ends the present run when it is on another data set, and waits for that one. */
  private async switchTo(name: DataSetName) {
    if (name === dataSets.name) return;
    await this.pause();
    this.runId++;
    this.report = null;
    this.isSwitching = true;
    await dataSets.choose(name);
    await tick();
    this.isSwitching = false;
  }

  /** Scores the network on the test images; null when it moved on meanwhile. */
  async finalExam(): Promise<number | null> {
    const id = this.runId;
    let accuracy: number | null = null;
    await this.call(async (engine) => {
      const scores = await engine.examination.finalExam(id, dataSets.name);
      if (!scores || id !== this.runId) return;
      accuracy = scores.accuracy;
      this.exams = [...this.exams, scores.accuracy];
      await this.keep();
    });
    return accuracy;
  }

  private async start(
    make: (engine: Engine, id: number, listener: (progress: Progress) => void) => Promise<void>,
  ) {
    const id = ++this.runId;
    this.forget();
    this.refused = null;
    try {
      const engine = await engineOf('trainer');
      await make(
        engine,
        id,
        Comlink.proxy((progress: Progress) => this.hear(progress)),
      );
      this.cost = await engine.examination.cost(id);
    } catch (error) {
      if (!isSaid(error)) this.refused = () => messageOf(error);
    }
  }

  /** Before another run takes its place: what is worth keeping is kept, a start of no epoch is not. */
  private async leave() {
    const { report } = this;
    if (!report || report.step === 0) return;
    const isWorth =
      this.worthKeeping || report.finishedEpochs > 0 || this.trainedMilliseconds >= WORTH_MILLISECONDS;
    if (isWorth) await this.keep();
    else await runs.remove(this.key);
  }

  /** Writes the present run into the list. */
  private async keep() {
    const { report, settings, runId } = this;
    if (!report || !settings || report.step === 0) return;
    this.keptAt = performance.now();
    this.keepAfter = KEEP_MILLISECONDS;
    const start = performance.now();
    await this.call(async (engine) => {
      const state = await engine.training.save(runId);
      if (!state || runId !== this.runId) return;
      const { losses, accuracies, epochs, step } = state;
      this.keptStep = step;
      await runs.keep(
        newRecord({
          key: this.key,
          name: runs.find(this.key)?.name ?? null,
          dataSet: dataSets.name,
          settings,
          changedAt: Date.now(),
          step,
          batchesPerEpoch: report.batchesPerEpoch,
          losses,
          accuracies,
          epochs,
          state: state.bytes,
          twinOf: this.twinOf,
          exams: this.exams,
          isOver: Boolean(report.stopped),
        }),
      );
      this.keepAfter = Math.max(KEEP_MILLISECONDS, (performance.now() - start) / KEEP_SHARE);
    });
  }

  /** Changes settings; starts anew unless every changed one acts at once. */
  async change(changes: Partial<Settings>): Promise<void> {
    const old = this.settings;
    if (!old) return;
    const keys = (Object.keys(changes) as (keyof Settings)[]).filter(
      (key) => JSON.stringify(changes[key]) !== JSON.stringify(old[key]),
    );
    if (keys.length === 0) return;
    const twinOf = this.twinOf;
    this.settings = { ...old, ...changes };
    const restarted = this.refused !== null || !keys.every((key) => LIVE.includes(key));
    if (restarted) {
      await this.reset();
      // What is changed in a twin is what the pair is for.
      this.twinOf = twinOf;
    }
    this.changed = { keys, restarted };
    if (restarted) return;
    const { learningRate, epochs } = this.settings;
    const id = this.runId;
    await this.call(async (engine) => {
      if (keys.includes('learningRate')) await engine.training.setLearningRate(id, learningRate);
      if (keys.includes('epochs')) await engine.training.setEpochs(id, epochs);
    });
  }

  /** Acts at once, and on whatever is played from now on. */
  setPace(pace: Pace) {
    this.pace = pace;
    void this.drive((engine, id) => engine.training.setPace(id, this.pace));
  }

  play = () => this.drive((engine, id) => engine.training.play(id, this.pace));
  pause = () => this.drive((engine, id) => engine.training.pause(id));
  stepBatch = () => this.drive((engine, id) => engine.training.stepBatch(id));
  playEpoch = () => this.drive((engine, id) => engine.training.playEpoch(id, this.pace));
  backOneStep = () => this.drive((engine, id) => engine.training.backOneStep(id));

  private async begin() {
    try {
      const engine = await engineOf('trainer');
      this.usual ??= await engine.training.defaults();
      this.settings ??= this.wish?.(this.usual) ?? this.usual;
      this.wish = null;
      const kept = runs.find(this.key);
      // After a crash the run goes on from where it was kept last.
      if (kept && kept.dataSet === dataSets.name) await this.resume(kept);
      else await this.reset();
    } catch (error) {
      if (!isSaid(error)) this.refused = () => messageOf(error);
    }
  }

  private drive(verb: (engine: Engine, id: number) => Promise<unknown>): Promise<void> {
    const id = this.runId;
    return this.call(async (engine) => {
      await verb(engine, id);
    });
  }

  private async call(work: (engine: Engine) => Promise<unknown>) {
    try {
      await work(await engineOf('trainer'));
    } catch (error) {
      troubles.sayError(error);
    }
  }

  private recover() {
    // What broke while a run was read back would break again: the next one is a new run.
    if (this.isRestoring) this.key = newKey();
    this.isRestoring = false;
    this.runId++;
    this.playing = false;
    this.report = null;
  }

  private hear(progress: Progress) {
    if (progress.runId !== this.runId) return;
    const { report } = progress;
    // It moved on: what the last change did is old.
    if (report.step > (this.report?.step ?? 0) + 1) this.changed = null;
    this.report = report;
    if (progress.playing && !this.playing) this.keptAt = performance.now();
    this.playing = progress.playing;
    this.trainedMilliseconds = progress.trainedMilliseconds;
    this.trainedSteps = progress.trainedSteps;
    if (progress.epochs) {
      this.epochs = progress.epochs;
      this.epochMilliseconds = progress.epochMilliseconds;
    }
    if (progress.pictures) this.pictures = progress.pictures;
    this.curves.take(progress);
    this.drawn++;
    this.settle(progress);
  }

  /** Keeps the run when it rests, and now and then while it plays; asks for the hash when it rests. */
  private settle({ playing, report }: Progress) {
    const id = this.runId;
    if (playing) {
      this.hash = null;
      if (performance.now() - this.keptAt > this.keepAfter) void this.keep();
      return;
    }
    if (report.step !== this.keptStep) void this.keep();
    void this.call(async (engine) => {
      const hash = await engine.training.weightsHash(id);
      if (id === this.runId && !this.playing) this.hash = hash;
    });
  }

  private forget() {
    this.twinOf = null;
    this.exams = [];
    this.hash = null;
    this.worthKeeping = false;
    this.keptAt = 0;
    this.keepAfter = FIRST_KEEP_MILLISECONDS;
    this.keptStep = 0;
    this.changed = null;
    this.report = null;
    this.epochs = [];
    this.pictures = null;
    this.playing = false;
    this.trainedMilliseconds = 0;
    this.trainedSteps = 0;
    this.epochMilliseconds = [];
    this.curves.clear();
    this.drawn++;
  }
}

export const training = new Training();
