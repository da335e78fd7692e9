// Has the pad read: once a frame, with all points that have come by then, so that ink and answer are painted together.
import * as Comlink from 'comlink';
import { engineOf, onCrash, whenWorthAsking } from '../../engine/client';
import { dataSets } from '../../engine/data-sets.svelte';
import { engineHere, hereIsLab, prefetch, type Here } from '../../engine/here';
import { EngineMissing } from '../../engine/errors';
import { newest } from '../../engine/newest';
import { isSaid, messageOf, troubles } from '../../engine/troubles.svelte';
import type { DataSetName, LoadProgress } from '../../engine/api/data';
import type { Neighbours } from '../../engine/api/draw';
import type {
  Card,
  DrawSettings,
  ModelName,
  PadConstants,
  Reading,
  Reasons,
  ShippedModel,
} from '../../engine/api/reading';
import { breakable } from '../../parts/breakable';
import { palette } from '../../parts/palette.svelte';
import { preferences } from '../../parts/preferences.svelte';
import { say } from '../../words/say.svelte';
import { pad } from './pad.svelte';

/** The pad rests this long before the training images are searched. */
const REST_MILLISECONDS = 120;
/** While the pen moves, the stages and reasons follow at this distance: they are looked at, not watched. */
const REASONS_MILLISECONDS = 60;
/** More points than this take longer than a frame can spare (a microsecond each): a worker reads them. */
const MANY_POINTS = 4000;
const NUM_NEIGHBOURS = 6;
/** Times kept for the median that the page shows. */
const NUM_TIMES = 101;

/** `own` are those of a visitor's own data set: they have no words but its own. */
export type Classes = DataSetName;

interface Question {
  /** The time of the point that it is about. */
  at: number;
  /** Whether that was its stroke's last. */
  isLast: boolean;
  /** Milliseconds from then to the painted answer; null before. */
  took: number | null;
}

/** Something that did not arrive, or a lesson that did not end well: a sentence, and how to try once more. */
export interface Failure {
  about: 'model' | 'card' | 'mnist' | 'lesson';
  text: () => string;
  again: () => void;
}

/** Where a drawing is read; `isInFrame`: on this thread, so that the answer comes in the frame that asked. */
interface Desk {
  engine: Here;
  isInFrame: boolean;
}

class Reader {
  constants = $state.raw<PadConstants | null>(null);
  settings = $state.raw<DrawSettings | null>(null);
  model = $state<ModelName>('digits');
  /** What the classes of `yours` are; those of the others are known. */
  yourClasses = $state<Classes>('mnist');
  yourNames = $state.raw<string[]>([]);
  reading = $state.raw<Reading | null>(null);
  reasons = $state.raw<Reasons | null>(null);
  neighbours = $state.raw<Neighbours | null>(null);
  card = $state.raw<Card | null>(null);
  /** MNIST on its way to the lab: null before it is asked for, 1 when it is there. */
  mnistShare = $state<number | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Milliseconds from a stroke's last point to its painted answer, newest last. */
  times = $state.raw<number[]>([]);
  /** Nothing was asked since all that is shown was found; the neighbours may follow. */
  isStill = $state(false);
  readonly classes = $derived<Classes>(
    this.model === 'fashion' ? 'fashion-mnist' : this.model === 'yours' ? this.yourClasses : 'mnist',
  );
  readonly names = $derived(this.classes === 'own' ? this.yourNames : (say.classes[this.classes] ?? []));
  readonly medianMilliseconds = $derived(median(this.times));

  private newest: Question | null = null;
  private isInsideFrame = false;
  private frame = 0;
  private reasonsAt = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private mnist: Promise<void> | null = null;
  /** Models that are no files of the page's, as files: a fresh engine is handed them again. */
  private readonly handed = new Map<ModelName, Uint8Array>();
  /** The present model on its way to the engine that reads. */
  private opening: Promise<unknown> = Promise.resolve();
  /** Counts the choices of models; what the lab holds is the choice `inLab`. */
  private choice = 0;
  private inLab = -1;
  /** Counts the labs that were lost. */
  private labs = 0;
  private colours: { theme: string; palette: ReturnType<typeof palette> } | null = null;

  constructor() {
    onCrash((stopped) => {
      if (stopped === 'trainer') return;
      if (this.settings && hereIsLab()) this.opening = this.arriving('model', () => this.open(this.model));
      if (stopped === 'lab') this.forgetLab();
    });
  }

  /** Starts the engine, fetches the model; the first answer needs nothing more. `wish` is what is not as usual. */
  async start(wish: Partial<DrawSettings>) {
    const begin = async () => {
      const [here] = await Promise.all([engineHere(), this.open(this.model)]);
      this.constants = await here.constants();
      this.settings = { ...this.constants.settings, ...wish };
      void this.arriving('card', async () => void (this.card = await here.modelCard()));
      this.ask();
    };
    await this.arriving('model', begin);
  }

  private async open(name: ModelName) {
    const bytes = this.handed.get(name);
    if (!bytes) prefetch(name as ShippedModel);
    const here = await engineHere();
    if (bytes) await here.adopt(name, bytes);
    else await here.open(name as ShippedModel);
  }

  /** Takes a model over from a file's bytes. */
  hand(name: ModelName, bytes: Uint8Array): Promise<void> {
    this.handed.set(name, bytes);
    return this.open(name);
  }

  /** A model as a file, every bit kept. */
  async fileOf(name: ModelName): Promise<Uint8Array> {
    return this.handed.get(name) ?? (await engineHere()).modelBytes(name);
  }

  /** Reads with another model, once it is there. */
  async choose(name: ModelName) {
    await this.arriving('model', async () => {
      if (name === 'yours') {
        const trained = await (await engineOf('trainer')).draw.trainedNetwork();
        if (!trained) throw new Error(say.draw.noneTrained);
        await this.hand('yours', trained.bytes);
        this.yourClasses = trained.dataSet;
        this.yourNames = trained.classNames.map(breakable);
      } else await this.open(name);
      const { classes } = this;
      this.model = name;
      this.choice++;
      if (this.classes !== classes) this.neighbours = null;
    });
    this.ask();
  }

  change(settings: Partial<DrawSettings>) {
    if (!this.settings) return;
    this.settings = { ...this.settings, ...settings };
    this.ask();
  }

  /** Asks for an answer to what is on the pad; `at` is the time of the point that caused it, a stroke's last or not. */
  ask(at = performance.now(), isLast = false) {
    this.newest = { at, isLast, took: null };
    this.isStill = false;
    // A hidden page has no frames: there is nothing to keep in step with.
    if (document.hidden) this.readNewest(false);
    else this.frame ||= requestAnimationFrame(() => this.readNewest(true));
  }

  /** The pen was lifted where it stood: the point asked for last was the stroke's last, answered already or not. */
  lift() {
    const question = this.newest;
    if (!question || question.isLast) return;
    question.isLast = true;
    if (question.took !== null) this.note(question.took);
  }

  private note(milliseconds: number) {
    this.times = [...this.times, milliseconds].slice(-NUM_TIMES);
  }

  private readNewest(isInsideFrame: boolean) {
    this.frame = 0;
    if (!this.newest || !this.settings) return;
    this.isInsideFrame = isInsideFrame;
    void this.read(this.newest);
    this.isInsideFrame = false;
  }

  private readonly read = newest(
    (question: Question) => this.answer(question),
    () => {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => void this.rest(), REST_MILLISECONDS);
    },
    (error) => this.unanswered(error),
  );

  private async answer(question: Question) {
    // Begun at once, and not when another answer was given, which is in no frame.
    const { isInsideFrame } = this;
    const { engine, isInFrame } = await this.deskFor(pad.numPoints);
    const { points, lengths } = pad.flat();
    if (!this.settings) return;
    this.reading = await engine.read(points, lengths, this.settings, this.model, this.palette());
    // With the page's own engine all of this happens inside the frame that asked; a worker's answer, or a
    // second one, has to wait for the next.
    await painted(isInFrame && isInsideFrame);
    const now = performance.now();
    question.took = now - question.at;
    if (question.isLast && !document.hidden) this.note(question.took);
    // The answer first: what stands behind it must not lengthen the frame that shows it.
    if (question.isLast || now - this.reasonsAt > REASONS_MILLISECONDS) await this.explain(engine);
  }

  private unanswered(error: unknown) {
    if (error instanceof EngineMissing) whenWorthAsking(() => this.ask());
    else troubles.sayError(error);
  }

  /** The page's own engine, or for very many points the lab's, with the same model. */
  private async deskFor(numPoints: number): Promise<Desk> {
    await this.opening;
    const here = await engineHere();
    if (hereIsLab()) return { engine: here, isInFrame: false };
    if (numPoints <= MANY_POINTS) return { engine: here, isInFrame: true };
    const lab = (await engineOf('lab')).reading;
    if (this.inLab !== this.choice) {
      const { choice, model } = this;
      await lab.adopt(model, await here.modelBytes(model));
      this.inLab = choice;
    }
    return { engine: lab, isInFrame: false };
  }

  private reasonsOf: Reading | null = null;
  private async explain(engine: Here) {
    const reading = this.reading;
    this.reasons = await engine.reasons(this.palette());
    this.reasonsOf = reading;
    this.reasonsAt = performance.now();
  }

  private palette() {
    const { theme } = preferences;
    if (this.colours?.theme !== theme) this.colours = { theme, palette: palette() };
    return this.colours.palette;
  }

  /** The pen rests: what was too much while it moved is done now. */
  private async rest() {
    try {
      if (this.reasonsOf !== this.reading) await this.explain((await this.deskFor(pad.numPoints)).engine);
      this.isStill = this.newest !== null && this.newest.took !== null;
      await this.search();
    } catch (error) {
      this.unanswered(error);
    }
  }

  private async search() {
    const { reading, classes } = this;
    if (!reading?.probabilities || classes === 'own' || (classes === 'mnist' && this.mnistShare !== 1)) {
      this.neighbours = null;
      return;
    }
    // The trainer has Fashion-MNIST, or will have it.
    if (classes === 'fashion-mnist') await dataSets.load('fashion-mnist');
    const engine = await engineOf(classes === 'mnist' ? 'lab' : 'trainer');
    const found = await engine.draw.neighbours(classes, reading.image, NUM_NEIGHBOURS, this.palette());
    if (this.reading === reading && this.classes === classes) this.neighbours = found;
  }

  /** Fetches MNIST into the lab, once; answers do not wait for it. */
  loadMnist(): Promise<void> {
    this.mnist ??= this.fetchMnist();
    return this.mnist;
  }

  private async fetchMnist() {
    const { labs } = this;
    const fetching = async () => {
      this.mnistShare = 0;
      const engine = await engineOf('lab');
      const progress = Comlink.proxy((now: LoadProgress) => {
        // Progress comes through a port of its own: its last words may arrive after the result.
        if (labs === this.labs && this.mnistShare !== 1) this.mnistShare = Math.min(now.share, 0.999);
      });
      await engine.data.load('mnist', progress);
      this.mnistShare = 1;
    };
    await this.arriving('mnist', fetching, () => void this.loadMnist());
    if (labs !== this.labs) return;
    if (this.mnistShare !== 1) this.mnistShare = this.mnist = null;
    else this.search().catch((error: unknown) => this.unanswered(error));
  }

  /** The lab was started anew and holds nothing: what it held is given to it again. */
  private forgetLab() {
    const hadMnist = this.mnist !== null;
    this.labs++;
    this.inLab = -1;
    this.mnistShare = this.mnist = null;
    if (hadMnist) void this.loadMnist();
  }

  /** Does what may fail for want of a file, says if it did, and how to try again. */
  async arriving(about: Failure['about'], work: () => Promise<void>, again?: () => void) {
    const once = again ?? (() => void this.arriving(about, work));
    try {
      await work();
      if (this.failure?.about === about) this.failure = null;
    } catch (error) {
      if (error instanceof EngineMissing) return whenWorthAsking(once);
      if (isSaid(error)) return;
      const text = () => (about === 'mnist' ? messageOf(error) : say.draw.failed(messageOf(error)));
      this.failure = { about, text, again: once };
    }
  }
}

/** Resolves after this frame was painted, or after the next one when called outside a frame. */
function painted(insideFrame: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    // A task posted from an animation frame runs after that frame was painted.
    const post = () => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    };
    if (insideFrame) post();
    else requestAnimationFrame(post);
  });
}

function median(times: number[]): number | null {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

export const reader = new Reader();
