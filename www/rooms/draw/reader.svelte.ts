// Has the pad read: once a frame, with all points that have come by then, so that ink and answer are painted together.
import { engineOf, isPanic, type Engine } from '../../engine/client';
import { dataSets } from '../../engine/data-sets.svelte';
import { engineHere, prefetch, type Here } from '../../engine/here';
import type { Neighbours } from '../../engine/api/draw';
import type { Card, DrawSettings, ModelName, PadConstants, Reading, Reasons } from '../../engine/api/reading';
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
export type Classes = 'mnist' | 'fashion-mnist' | 'own';

/** First class name of each official set, as the worker calls it. */
const FIRST_CLASS: Record<string, Classes> = { '0': 'mnist', 'T-shirt/top': 'fashion-mnist' };

interface Question {
  /** The time of the point that it is about. */
  at: number;
  /** Whether that was its stroke's last. */
  isLast: boolean;
  /** Milliseconds from then to the painted answer; null before. */
  took: number | null;
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
  failure = $state<string | null>(null);
  /** Milliseconds from a stroke's last point to its painted answer, newest last. */
  times = $state.raw<number[]>([]);
  /** Nothing was asked since all that is shown was found; the neighbours may follow. */
  isStill = $state(false);
  readonly classes = $derived<Classes>(
    this.model === 'fashion' ? 'fashion-mnist' : this.model === 'yours' ? this.yourClasses : 'mnist',
  );
  readonly names = $derived(this.classes === 'own' ? this.yourNames : (say.classes[this.classes] ?? []));
  readonly medianMilliseconds = $derived(median(this.times));

  /** A panic leaves the page's engine in an unknown state: only a fresh page helps. */
  needsReload = $state(false);

  private wanted: Question | null = null;
  private newest: Question | null = null;
  private busy = false;
  private frame = 0;
  private reasonsAt = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private mnist: Promise<void> | null = null;
  /** Counts the choices of models; what the lab holds is the choice `inLab`. */
  private choice = 0;
  private inLab = -1;
  private colours: { theme: string; palette: ReturnType<typeof palette> } | null = null;

  /** Starts the engine, fetches the model; the first answer needs nothing more. `wish` changes the settings. */
  async start(wish: (settings: DrawSettings) => DrawSettings = (settings) => settings) {
    await this.guarded(async () => {
      const [here] = await Promise.all([engineHere(), this.open(this.model)]);
      this.constants = here.constants();
      this.settings = wish(this.settings ?? this.constants.settings);
      void here.modelCard().then((card) => (this.card = card), this.failed);
    });
    this.ask();
  }

  private async open(name: ModelName) {
    if (name === 'yours' || name === 'taught') return;
    prefetch(name);
    await (await engineHere()).open(name);
  }

  /** Reads with another model, once it is there. */
  async choose(name: ModelName) {
    await this.guarded(async () => {
      if (name === 'yours') {
        const trained = await (await engineOf('trainer')).draw.trainedNetwork();
        if (!trained) throw new Error(say.draw.noneTrained);
        (await engineHere()).adopt('yours', trained.bytes);
        this.yourClasses = FIRST_CLASS[trained.classNames[0] ?? ''] ?? 'own';
        this.yourNames = trained.classNames;
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
    this.wanted = this.newest = { at, isLast, took: null };
    this.isStill = false;
    // A hidden page has no frames: there is nothing to keep in step with.
    if (document.hidden) void this.answer();
    else this.frame ||= requestAnimationFrame(() => void this.answer());
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

  private async answer() {
    this.frame = 0;
    if (this.busy || !this.settings) return;
    this.busy = true;
    let isFirst = true;
    while (this.wanted !== null) {
      const question = this.wanted;
      this.wanted = null;
      await this.guarded(async () => {
        const engine = await this.engineFor(pad.numPoints);
        const { points, lengths } = pad.flat();
        if (!this.settings) return;
        this.reading = await engine.read(points, lengths, this.settings, this.model, this.palette());
        // With the page's own engine all of this happens inside the frame that asked; a worker's answer, or a
        // second one, has to wait for the next.
        await painted(engine === this.here && isFirst);
        const now = performance.now();
        question.took = now - question.at;
        if (question.isLast && !document.hidden) this.note(question.took);
        // The answer first: what stands behind it must not lengthen the frame that shows it.
        if (question.isLast || now - this.reasonsAt > REASONS_MILLISECONDS) await this.explain(engine);
      });
      isFirst = false;
    }
    this.busy = false;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.rest(), REST_MILLISECONDS);
  }

  private here: Here | null = null;

  /** The page's own engine, or for very many points the lab's, with the same model. */
  private async engineFor(numPoints: number): Promise<Here | Engine['reading']> {
    this.here ??= await engineHere();
    if (numPoints <= MANY_POINTS) return this.here;
    const lab = (await engineOf('lab')).reading;
    if (this.inLab !== this.choice) {
      const { choice, model } = this;
      await lab.adopt(model, this.here.modelBytes(model));
      this.inLab = choice;
    }
    return lab;
  }

  private reasonsOf: Reading | null = null;
  private async explain(engine: Here | Engine['reading']) {
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
    await this.guarded(async () => {
      if (this.reasonsOf !== this.reading) await this.explain(await this.engineFor(pad.numPoints));
    });
    this.isStill = this.wanted === null && !this.busy;
    await this.search();
  }

  private async search() {
    const { reading, classes } = this;
    if (!reading?.probabilities || classes === 'own' || (classes === 'mnist' && this.mnistShare !== 1)) {
      this.neighbours = null;
      return;
    }
    await this.guarded(async () => {
      // The trainer has Fashion-MNIST, or will have it.
      if (classes === 'fashion-mnist') await dataSets.load('fashion-mnist');
      const engine = await engineOf(classes === 'mnist' ? 'lab' : 'trainer');
      const found = await engine.draw.neighbours(classes, reading.image, NUM_NEIGHBOURS, this.palette());
      if (this.reading === reading && this.classes === classes) this.neighbours = found;
    });
  }

  /** Fetches MNIST into the lab, once; answers do not wait for it. */
  loadMnist(): Promise<void> {
    this.mnist ??= this.fetchMnist();
    return this.mnist;
  }

  private async fetchMnist() {
    try {
      const { proxy } = await import('comlink');
      const engine = await engineOf('lab');
      this.mnistShare = 0;
      await engine.data.load(
        'mnist',
        proxy((progress) => {
          // Progress comes through a port of its own: its last words may arrive after the result.
          if (this.mnistShare !== 1) this.mnistShare = Math.min(progress.share, 0.999);
        }),
      );
      this.mnistShare = 1;
      void this.search();
    } catch (error) {
      this.mnistShare = null;
      this.mnist = null;
      this.failed(error);
    }
  }

  private async guarded(work: () => Promise<void>) {
    try {
      await work();
      this.failure = null;
    } catch (error) {
      this.failed(error);
    }
  }

  private failed = (error: unknown) => {
    this.needsReload ||= isPanic(error);
    this.failure = error instanceof Error ? error.message : String(error);
  };
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
