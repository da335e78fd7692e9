// The Train room's run: what it is made from, how it is begun, driven, changed, taken up again and twinned.
import { tick } from 'svelte';
import * as Comlink from 'comlink';
import type { DataSetName } from './api/held';
import type { Facts, Format, MadeFile, Opened } from './api/exchange';
import type { Beginning, Listener, Settings, Told, Unfit } from './api/training';
import { claims } from './claims.svelte';
import { engineOf, onCrash, type Engine } from './client';
import { dataSets } from './data-sets.svelte';
import { drawings } from './drawings.svelte';
import { areHeld, heldOf, type HeldSettings } from './held-settings';
import { LiveRun } from './live-run.svelte';
import { notices } from './notices.svelte';
import { PACES, USUAL_PACE, type Pace } from './pace';
import { beforeReload } from './put-away';
import { runs } from './runs.svelte';
import { newKey, type RunRecord } from './store/records';
import { isSaid, messageOf, troubles } from './troubles.svelte';
import { palette } from '../parts/palette.svelte';
import { remember, remembered } from '../parts/remembered';
import type { SettingsTable } from './pkg/atelier';

/** Test images whose predictions are watched: the first 24. */
export const WATCHED = Array.from({ length: 24 }, (_, index) => index);

/** Settings that the engine takes in a run that goes on. */
type Live = Pick<Settings, 'learningRate' | 'epochs'>;

/** Settings made from the engine's defaults and its table. */
type Make = (usual: Settings, table: SettingsTable) => Settings;

/** What a change of settings did. */
export interface Changed {
  keys: (keyof Settings)[];
  restarted: boolean;
}

class Training extends LiveRun {
  /** What each setting may be, for the present data set; null until the engine has said it. */
  table = $state.raw<SettingsTable | null>(null);
  /** The engine's defaults; null until it has said them. */
  usual = $state.raw<Settings | null>(null);
  /** As the engine has them, and what was changed since; null until it has said its defaults. */
  settings = $state.raw<Settings | null>(null);
  /** What the last change of settings did; null once the run moved on. */
  changed = $state.raw<Changed | null>(null);
  pace = $state<Pace>(PACES.find((pace) => pace === remembered('pace')) ?? USUAL_PACE);
  /** Why the present settings cannot run, in the visitor's language. */
  refused = $state.raw<(() => string) | null>(null);
  /** The present run in the list of kept ones. */
  key = $state(newKey());
  /** The run whose twin this one is. */
  twinOf = $state<string | null>(null);
  /** The network that runs begin with, where it is from a file. */
  opened = $state.raw<Opened | null>(null);
  /** Which run the worker is asked about; counts up. */
  runId = $state(0);

  private madeFrom = $state<DataSetName>('fashion-mnist');
  /** The data set of the run; before there is one, that of the next. */
  dataSet = $derived<DataSetName>(this.report ? this.madeFrom : dataSets.name);

  /** What a task holds as it has it. */
  held = $state.raw<HeldSettings | null>(null);
  isHeld = $derived(areHeld(this.settings, heldOf(this.held, this.usual, this.table)));

  private wish: Make | null = null;
  /** Counts what the visitor asked for that brings another run: the newest wish is the one that counts. */
  private turn = 0;
  /** Resolves when the worker has the present run, or has refused it. */
  private begun: Promise<void> = Promise.resolve();
  /** Changes of live settings that the worker was told of; until it has heard them all, ours are newer. */
  private changesSent = 0;
  /** While a kept run brings its own data set along, that set's arrival begins no run. */
  private isSwitching = false;
  /** While a kept run is read back and brought to where it stood. */
  private isRestoring = false;
  /** The run that was present when the engine stopped: it is taken up again once its images are back. */
  private lost: string | null = null;

  /** True once a run exists and can be driven. */
  ready = $derived(this.report !== null && this.catchingUp === null && dataSets.current.state === 'ready');

  constructor() {
    super();
    onCrash((role) => {
      if (role === 'trainer') this.recover();
    });
    const keep = () => this.drive((engine, id) => engine.training.keep(id));
    beforeReload(keep);
    // A tab that is put away may never come back.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void keep();
    });
    $effect.root(() => {
      $effect(() => {
        const set = dataSets.current;
        if (set.state === 'ready' && !this.isSwitching) void this.begin();
      });
      $effect(() => {
        const colours = palette();
        if (this.runId > 0) void this.drive((engine, id) => engine.training.setPalette(id, colours));
      });
    });
  }

  /** Asks for settings made from the engine's defaults, now or as soon as it has said them. */
  ask(make: Make) {
    if (this.usual && this.table) void this.change(make(this.usual, this.table));
    else this.wish = make;
  }

  /** Holds settings against every change, or lets go of them. */
  hold(held: HeldSettings | null) {
    this.held = held;
    void this.change({});
  }

  /** Whether a task holds a setting. */
  holds = (key: keyof Settings): boolean => this.held?.keys.includes(key) ?? false;

  /** A new run at its first weights; the present one stays in the list when it has come somewhere. */
  reset(): Promise<void> {
    return this.settings ? this.create(this.settings, null) : Promise.resolve();
  }

  /** Changes settings; starts anew unless every changed one acts at once. */
  async change(asked: Partial<Settings>): Promise<void> {
    const old = this.settings;
    if (!old) return;
    const changes = { ...asked, ...heldOf(this.held, this.usual, this.table) };
    const keys = (Object.keys(changes) as (keyof Settings)[]).filter(
      (key) => JSON.stringify(changes[key]) !== JSON.stringify(old[key]),
    );
    if (keys.length === 0) return;
    const settings = (this.settings = { ...old, ...changes });
    const restarted = this.refused !== null || !keys.every((key) => this.isLive(key));
    // What is changed in a twin is what the pair is for.
    const done = restarted ? this.create(settings, this.twinOf) : this.changeLive(keys, settings);
    this.changed = { keys, restarted };
    await done;
  }

  /** Whether a change of it acts at once; every other one starts the run anew. */
  private isLive(key: keyof Settings): boolean {
    return this.table?.numbers.find((number) => number.name === key)?.effect === 'at-once';
  }

  private changeLive(keys: (keyof Settings)[], { learningRate, epochs }: Settings): Promise<void> {
    const changes: Partial<Live> = {};
    if (keys.includes('learningRate')) changes.learningRate = learningRate;
    if (keys.includes('epochs')) changes.epochs = epochs;
    this.changesSent++;
    return this.drive((engine, id) => engine.training.change(id, changes));
  }

  /** Goes on with a kept run, to the bit. */
  async resume(run: RunRecord): Promise<void> {
    if (run.key === this.key) return;
    if (!(await canBeHad(run))) return notices.tell({ kind: 'data-gone', run });
    const turn = ++this.turn;
    if (!(await claims.claim(run.key))) return notices.tell({ kind: 'elsewhere', run });
    runs.dismissOffer();
    if (turn === this.turn && (await this.switchTo(run.dataSet)) && turn === this.turn) await this.goOn(run);
    if (this.key !== run.key) claims.release(run.key);
  }

  /** A new run with a kept one's settings: the same split, first weights and order of batches. */
  async twin(run: RunRecord): Promise<void> {
    if (!(await canBeHad(run))) return notices.tell({ kind: 'data-gone', run });
    const turn = ++this.turn;
    if (!(await this.switchTo(run.dataSet)) || turn !== this.turn) return;
    this.settings = run.settings;
    this.opened = null;
    runs.overlay(run.key, true);
    await this.create(run.settings, run.key);
  }

  /**
   * Begins a run with the network in a file; false when something else was asked for meanwhile. Rejects when the file
   * holds none that fits: then nothing has changed.
   */
  async open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    if (!this.settings || dataSets.current.state !== 'ready') return false;
    const { turn, settings: present } = this;
    const dataSet = dataSets.name;
    const engine = await engineOf('trainer');
    const { opened, settings } = await engine.exchange.open(bytes, name, dataSet, present);
    if (turn !== this.turn || dataSet !== dataSets.name) return false;
    this.settings = settings;
    this.opened = opened;
    await this.create(settings, null);
    return true;
  }

  /** A new run with weights drawn from the seed, in place of the opened network. */
  closeOpened(): Promise<void> {
    this.opened = null;
    return this.reset();
  }

  /** The present network as a file; null when the run has gone meanwhile. Rejects with the engine's error. */
  async file(format: Format): Promise<MadeFile | null> {
    const id = this.runId;
    await this.begun;
    const engine = await engineOf('trainer');
    return id === this.runId ? engine.exchange.file(id, format) : null;
  }

  /** What there is to know of the present run. */
  async facts(): Promise<Facts | null> {
    const id = this.runId;
    await this.begun;
    const engine = await engineOf('trainer');
    return id === this.runId ? engine.exchange.facts(id) : null;
  }

  /** Scores the network on the test images; null when it moved on meanwhile. */
  async finalExam(): Promise<number | null> {
    let accuracy: number | null = null;
    await this.drive(async (engine, id) => {
      accuracy = await engine.examination.finalExam(id);
    });
    return accuracy;
  }

  /** Acts at once, and on whatever is played from now on. */
  setPace(pace: Pace) {
    this.pace = pace;
    remember('pace', pace);
    void this.drive((engine, id) => engine.training.setPace(id, this.pace));
  }

  play = () => this.drive((engine, id) => engine.training.play(id, this.pace));
  /** Goes on for so many epochs more when all are done. */
  playMore = async (epochs: number) => {
    if (!this.settings) return;
    await this.change({ epochs: this.settings.epochs + epochs });
    await this.play();
  };
  pause = () => this.drive((engine, id) => engine.training.pause(id));
  stepBatch = () => this.drive((engine, id) => engine.training.stepBatch(id));
  playEpoch = () => this.drive((engine, id) => engine.training.playEpoch(id, this.pace));
  backOneStep = () => this.drive((engine, id) => engine.training.backOneStep(id));

  /** A data set is there: a first run on it, or the one again that an engine took with it. */
  private async begin() {
    try {
      const engine = await engineOf('trainer');
      this.table = await engine.training.table(dataSets.name);
      this.usual ??= this.table.usual as Settings;
      this.settings ??= this.wish?.(this.usual, this.table) ?? this.usual;
      this.settings = { ...this.settings, ...heldOf(this.held, this.usual, this.table) };
      this.wish = null;
      const lost = this.lost === null ? null : runs.find(this.lost);
      this.lost = null;
      if (lost && lost.dataSet === dataSets.name) await this.goOn(lost);
      else await this.create(this.settings, null);
    } catch (error) {
      if (!isSaid(error)) this.refused = () => messageOf(error);
    }
  }

  private create(settings: Settings, twinOf: string | null): Promise<void> {
    this.turn++;
    // Once it is there, the run begins.
    if (dataSets.current.state !== 'ready') return Promise.resolve();
    const [key, dataSet] = [newKey(), dataSets.name];
    void claims.claim(key);
    // Another network, other pixels, other images: what was opened is not what is trained any more.
    if (dataSet !== this.madeFrom || !this.opened || !isOf(this.opened, settings)) this.opened = null;
    const { opened } = this;
    return this.start(key, twinOf, async (engine, beginning, listener) => {
      this.cost = await engine.training.create(beginning, listener, dataSet, settings, key, twinOf, opened);
    });
  }

  private async goOn(run: RunRecord) {
    const { turn } = this;
    await runs.settled(run.key);
    if (turn !== this.turn) return;
    this.isRestoring = true;
    let unfit: Unfit | null = null;
    await this.start(run.key, run.twinOf, async (engine, beginning, listener) => {
      const found = await engine.training.resume(beginning, listener, run.key, runs.keptHere(run.key));
      if (typeof found === 'string') unfit = found;
      else if (found) {
        this.cost = found.cost;
        this.opened = found.opened;
        if (this.changesSent === 0) this.settings = found.settings;
      }
    });
    if (this.key !== run.key) return;
    // The list shows its curve still; what it would go on from is of no use.
    const reason = unfit ?? (this.refused === null ? null : { refused: this.refused });
    if (reason !== null) await this.giveUp(run, reason);
    else void this.catchUp(run);
  }

  /** Until it stands where it stood. */
  private catchUp(run: RunRecord): Promise<void> {
    return this.drive(async (engine, id) => {
      const isSame = await engine.training.catchUp(id);
      if (isSame === false && id === this.runId) await this.giveUp(run, 'differs');
    });
  }

  private async giveUp(run: RunRecord, reason: Unfit | 'differs' | { refused: () => string }) {
    this.isRestoring = false;
    notices.tell({ kind: 'cannot-go-on', run, reason });
    if (this.settings) await this.create(this.settings, null);
  }

  /** Ends the present run when it is on another data set, and waits for that one; false when it does not come. */
  private async switchTo(name: DataSetName): Promise<boolean> {
    if (name === dataSets.name) return dataSets.current.state === 'ready';
    this.runId++;
    this.forget();
    void this.call((engine) => engine.training.end());
    this.isSwitching = true;
    await dataSets.choose(name);
    await tick();
    this.isSwitching = false;
    return dataSets.name === name && dataSets.current.state === 'ready';
  }

  private start(
    key: string,
    twinOf: string | null,
    make: (engine: Engine, beginning: Beginning, listener: Listener) => Promise<void>,
  ): Promise<void> {
    const id = ++this.runId;
    this.forget();
    this.madeFrom = dataSets.name;
    this.key = key;
    this.twinOf = twinOf;
    this.refused = null;
    this.changed = null;
    this.changesSent = 0;
    const listener = Comlink.proxy((told: Told) => this.hear(told));
    this.begun = engineOf('trainer')
      .then((engine) => make(engine, { id, watched: WATCHED, palette: palette() }, listener))
      .catch((error: unknown) => {
        if (!isSaid(error) && id === this.runId) this.refused = () => messageOf(error);
      });
    return this.begun;
  }

  /** Asks the worker about the present run, once it has it. */
  private async drive(verb: (engine: Engine, id: number) => Promise<unknown>): Promise<void> {
    const id = this.runId;
    await this.begun;
    if (id === this.runId) await this.call((engine) => verb(engine, id));
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
    this.lost = this.isRestoring ? null : this.key;
    claims.releaseAllBut(this.lost ?? '');
    this.isRestoring = false;
    this.runId++;
    this.playing = false;
    this.report = null;
  }

  private hear(told: Told) {
    switch (told.kind) {
      case 'progress':
        if (told.runId === this.runId) this.move(told);
        break;
      case 'moved':
        claims.release(told.from);
        void claims.claim(told.to);
        if (this.key === told.from) this.key = told.to;
        notices.tell({ kind: 'moved' });
        break;
      default: {
        const key = 'record' in told ? told.record.key : 'piece' in told ? told.piece.record.key : told.key;
        if (told.kind !== 'left') runs.hear(told);
        // Another tab may have it now.
        if (key !== this.key && told.kind !== 'being-kept') claims.release(key);
      }
    }
  }

  private move(progress: Extract<Told, { kind: 'progress' }>) {
    const { report, settings, changes } = progress;
    // It moved on: what the last change did is old.
    if (report.step > (this.report?.step ?? 0) + 1) this.changed = null;
    this.take(progress);
    if (!progress.catchingUp) this.isRestoring = false;
    const { learningRate } = report;
    const isOurs = this.settings?.learningRate === learningRate && this.settings.epochs === settings.epochs;
    if (changes >= this.changesSent && !isOurs) this.settings = { ...settings, learningRate };
  }
}

/** Whether settings ask for the opened network's layers and inputs, and not for other first weights. */
function isOf(opened: Opened, settings: Settings): boolean {
  const wanted = { ...opened.shape, ...opened.settings };
  const keys = ['hidden', 'output', 'pixels', 'initializer'] as const;
  return keys.every((key) => JSON.stringify(wanted[key]) === JSON.stringify(settings[key]));
}

/** Whether the images that a run was made from can be had. */
export function isHere(run: RunRecord): boolean {
  return run.dataSet !== 'own' || (dataSets.ownClasses !== null && run.imagesId === dataSets.ownId);
}

/** The same, once the drawings that this browser keeps have been looked for. */
async function canBeHad(run: RunRecord): Promise<boolean> {
  if (!isHere(run) && dataSets.ownClasses === null) await drawings.bring();
  return isHere(run);
}

export const training = new Training();
