// The run as the page knows it: settings, where it stands, its curves and
// pictures. Rooms call its verbs; what the worker says comes back into its state.
import * as Comlink from 'comlink';
import type { Pictures, Progress, Settings } from './api/training';
import { crashed, engineOf, isPanic, onCrash, type Engine } from './client';
import { Curves } from './curves';
import { dataSets } from './data-sets.svelte';
import { newRecord, type KeptRun } from './run-store';
import { runs } from './runs.svelte';
import { messageOf, troubles } from './troubles.svelte';
import { palette } from '../parts/palette.svelte';
import { say } from '../words/say.svelte';
import type { EpochRecord, Report } from './pkg/atelier';

/** Test images whose predictions are watched: the first 24. */
export const WATCHED = Array.from({ length: 24 }, (_, index) => index);

/** Settings that act at once; every other one starts the run anew. */
export const LIVE: readonly (keyof Settings)[] = ['learningRate', 'epochs'];

/** A run that plays on is kept at least so often. */
const KEEP_MILLISECONDS = 2000;

function newKey(): string {
  // Only to tell this browser's own records apart.
  return `${Date.now().toString(36)}-${Math.floor(Math.random() * 1e9).toString(36)}`;
}

class Training {
  /** Null until the engine has said its defaults. */
  settings = $state.raw<Settings | null>(null);
  report = $state.raw<Report | null>(null);
  epochs = $state.raw<EpochRecord[]>([]);
  pictures = $state.raw<Pictures | null>(null);
  playing = $state(false);
  trainedMilliseconds = $state(0);
  /** Milliseconds of each finished epoch, by its number − 1; null where it was not watched whole. */
  epochMilliseconds = $state.raw<(number | null)[]>([]);
  /** Why the present settings cannot run, in the engine's words. */
  refused = $state<string | null>(null);
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

  private keptAt = -Infinity;
  private keptStep = 0;
  private epochStart: { epoch: number; at: number } = { epoch: 0, at: 0 };

  /** True once a run exists and can be driven. */
  ready = $derived(this.report !== null && dataSets.current.state === 'ready');

  constructor() {
    onCrash((role) => {
      if (role === 'trainer') this.recover();
    });
    $effect.root(() => {
      $effect(() => {
        const set = dataSets.current;
        if (set.state === 'ready') void this.begin();
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
    this.key = newKey();
    await this.start(async (engine, id, listener) => {
      await engine.training.create(id, dataSets.name, settings, WATCHED, palette(), listener);
    });
  }

  /** Goes on with a kept run, to the bit. */
  async resume(run: KeptRun): Promise<void> {
    if (run.key !== this.key) await this.leave();
    if (run.dataSet !== dataSets.name) await dataSets.choose(run.dataSet);
    this.key = run.key;
    await this.start(async (engine, id, listener) => {
      this.settings = await engine.training.restore(id, run.dataSet, run.state, WATCHED, palette(), listener);
    });
    this.twinOf = run.twinOf;
    this.exams = run.exams;
  }

  /** A new run with a kept one's settings: the same split, first weights and order of batches. */
  async twin(run: KeptRun): Promise<void> {
    this.settings = run.settings;
    await this.reset();
    this.twinOf = run.key;
    runs.overlay(run.key, true);
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
      if (this.failed(error)) return;
      this.refused = messageOf(error);
    }
  }

  /** Before another run takes its place: what is worth keeping is kept, a start of no epoch is not. */
  private async leave() {
    const { report } = this;
    if (!report || report.step === 0) return;
    if (report.finishedEpochs > 0) await this.keep();
    else await runs.remove(this.key);
  }

  /** Writes the present run into the list. */
  private async keep() {
    const { report, settings, runId } = this;
    if (!report || !settings || report.step === 0) return;
    this.keptAt = performance.now();
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
        }),
      );
    });
  }

  /** Changes settings; starts anew unless every changed one acts at once. */
  async change(changes: Partial<Settings>): Promise<void> {
    if (!this.settings) return;
    const keys = Object.keys(changes) as (keyof Settings)[];
    const twinOf = this.twinOf;
    this.settings = { ...this.settings, ...changes };
    if (this.refused !== null || !keys.every((key) => LIVE.includes(key))) {
      await this.reset();
      // What is changed in a twin is what the pair is for.
      this.twinOf = twinOf;
      return;
    }
    const { learningRate, epochs } = this.settings;
    const id = this.runId;
    await this.call(async (engine) => {
      if (keys.includes('learningRate')) await engine.training.setLearningRate(id, learningRate);
      if (keys.includes('epochs')) await engine.training.setEpochs(id, epochs);
    });
  }

  play = () => this.drive((engine, id) => engine.training.play(id));
  pause = () => this.drive((engine, id) => engine.training.pause(id));
  stepBatch = () => this.drive((engine, id) => engine.training.stepBatch(id));
  playEpoch = () => this.drive((engine, id) => engine.training.playEpoch(id));
  backOneStep = () => this.drive((engine, id) => engine.training.backOneStep(id));

  private async begin() {
    try {
      const engine = await engineOf('trainer');
      this.settings ??= await engine.training.defaults();
      const kept = runs.find(this.key);
      // After a crash the run goes on from where it was kept last.
      if (kept && kept.dataSet === dataSets.name) await this.resume(kept);
      else await this.reset();
    } catch (error) {
      if (!this.failed(error)) this.refused = messageOf(error);
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
      if (!this.failed(error)) {
        const sentence = messageOf(error);
        troubles.say(() => sentence);
      }
    }
  }

  /** Handles a panic: ends that engine; true if it was one. */
  private failed(error: unknown): boolean {
    if (!isPanic(error)) return false;
    crashed('trainer');
    return true;
  }

  private recover() {
    this.runId++;
    this.playing = false;
    this.report = null;
    troubles.say(() => say.shell.recovered);
  }

  private hear(progress: Progress) {
    if (progress.runId !== this.runId) return;
    const { report } = progress;
    this.clock(progress);
    this.report = report;
    this.playing = progress.playing;
    this.trainedMilliseconds = progress.trainedMilliseconds;
    if (progress.epochs) this.epochs = progress.epochs;
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
      if (report.finishedEpochs > 0 && performance.now() - this.keptAt > KEEP_MILLISECONDS) void this.keep();
      return;
    }
    if (report.step !== this.keptStep) void this.keep();
    void this.call(async (engine) => {
      const hash = await engine.training.weightsHash(id);
      if (id === this.runId && !this.playing) this.hash = hash;
    });
  }

  /** Notes how long each epoch took when it was seen from its start. */
  private clock({ report, trainedMilliseconds }: Progress) {
    const known = this.epochMilliseconds.slice(0, report.finishedEpochs);
    if (report.finishedEpochs > this.epochMilliseconds.length) {
      while (known.length < report.finishedEpochs - 1) known.push(null);
      known.push(trainedMilliseconds - this.epochStart.at);
      this.epochStart = { epoch: report.finishedEpochs, at: trainedMilliseconds };
    }
    if (known.length !== this.epochMilliseconds.length || report.finishedEpochs === 0)
      this.epochMilliseconds = known;
  }

  private forget() {
    this.twinOf = null;
    this.exams = [];
    this.hash = null;
    this.keptAt = -Infinity;
    this.keptStep = 0;
    this.report = null;
    this.epochs = [];
    this.pictures = null;
    this.playing = false;
    this.trainedMilliseconds = 0;
    this.epochMilliseconds = [];
    this.epochStart = { epoch: 0, at: 0 };
    this.curves.clear();
    this.drawn++;
  }
}

export const training = new Training();
