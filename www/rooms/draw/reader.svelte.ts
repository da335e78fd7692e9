// Asks the engine to read the pad: one question at a time, and after it the newest wish only.
import { engineOf } from '../../engine/client';
import type {
  Card,
  DrawSettings,
  ModelName,
  Neighbours,
  PadConstants,
  Reading,
  Reasons,
  ShippedModel,
} from '../../engine/api/draw';
import { palette } from '../../parts/palette.svelte';
import { say } from '../../words/say.svelte';
import { pad } from './pad.svelte';

/** The pad rests this long before the training images are searched. */
const REST_MILLISECONDS = 120;
const NUM_NEIGHBOURS = 6;
/** Times kept for the median that the page shows. */
const NUM_TIMES = 101;

/** `own` are those of a visitor's own data set: they have no words but its own. */
export type Classes = 'mnist' | 'fashion-mnist' | 'own';

/** First class name of each official set, as the worker calls it. */
const FIRST_CLASS: Record<string, Classes> = { '0': 'mnist', 'T-shirt/top': 'fashion-mnist' };

class Reader {
  constants = $state.raw<PadConstants | null>(null);
  settings = $state.raw<DrawSettings | null>(null);
  model = $state<ModelName>('digits');
  /** What the classes of `yours` are; those of the others are known. */
  yourClasses = $state<Classes>('mnist');
  yourNames = $state.raw<string[]>([]);
  taughtFrom = $state<ModelName>('digits');
  reading = $state.raw<Reading | null>(null);
  reasons = $state.raw<Reasons | null>(null);
  neighbours = $state.raw<Neighbours | null>(null);
  card = $state.raw<Card | null>(null);
  /** MNIST on its way to the lab: null before it is asked for, 1 when it is there. */
  mnistShare = $state<number | null>(null);
  failure = $state<string | null>(null);
  /** Milliseconds from a stroke's last point to its painted answer, newest last. */
  times = $state.raw<number[]>([]);
  readonly classes = $derived<Classes>(
    this.model === 'fashion' ? 'fashion-mnist' : this.model === 'yours' ? this.yourClasses : 'mnist',
  );
  readonly names = $derived(this.classes === 'own' ? this.yourNames : (say.classes[this.classes] ?? []));
  readonly medianMilliseconds = $derived(median(this.times));

  private busy = false;
  private wanted: { at: number; isLast: boolean } | null = null;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private mnist: Promise<void> | null = null;

  /** Starts the engine, fetches the model; the first answer needs nothing more. `wish` changes the settings. */
  async start(wish: (settings: DrawSettings) => DrawSettings = (settings) => settings) {
    await this.guarded(async () => {
      const engine = await engineOf('lab');
      const [constants] = await Promise.all([engine.draw.constants(), this.open(this.model)]);
      this.constants = constants;
      this.settings = wish(this.settings ?? constants.settings);
      void engine.draw.modelCard().then((card) => (this.card = card), this.failed);
    });
    this.ask();
  }

  private async open(name: ModelName) {
    if (name === 'yours' || name === 'taught') return;
    await (await engineOf('lab')).draw.open(name satisfies ShippedModel);
  }

  /** Reads with another model, once it is there. */
  async choose(name: ModelName) {
    await this.guarded(async () => {
      if (name === 'yours') {
        const trained = await (await engineOf('trainer')).draw.trainedNetwork();
        if (!trained) throw new Error(say.draw.noneTrained);
        this.yourClasses = FIRST_CLASS[trained.classNames[0] ?? ''] ?? 'own';
        this.yourNames = trained.classNames;
        await (await engineOf('lab')).draw.adopt(trained.bytes);
      } else await this.open(name);
      this.model = name;
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
    this.wanted = { at, isLast };
    if (!this.busy) void this.answer();
  }

  private async answer() {
    this.busy = true;
    while (this.wanted !== null && this.settings) {
      const { at, isLast } = this.wanted;
      this.wanted = null;
      await this.guarded(async () => {
        const engine = await engineOf('lab');
        const { points, lengths } = pad.flat();
        if (!this.settings) return;
        this.reading = await engine.draw.read(points, lengths, this.settings, this.model, palette());
        // The reasons of a finished stroke must not lengthen the frame that shows its answer.
        if (isLast) await this.painted(at);
        // The answer first: its reasons follow when nothing newer is waiting.
        if (this.wanted === null) this.reasons = await engine.draw.reasons(palette());
      });
    }
    this.busy = false;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.search(), REST_MILLISECONDS);
  }

  /** A task posted from an animation frame runs after that frame was painted. */
  private painted(at: number): Promise<void> {
    return new Promise((resolve) => {
      // A hidden page paints no frames: there is nothing to wait for, and nothing to measure.
      if (document.hidden) resolve();
      else
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            this.times = [...this.times, performance.now() - at].slice(-NUM_TIMES);
            resolve();
          };
          channel.port2.postMessage(null);
        });
    });
  }

  private async search() {
    const reading = this.reading;
    if (!reading?.probabilities || this.classes !== 'mnist' || this.mnistShare !== 1) {
      this.neighbours = null;
      return;
    }
    await this.guarded(async () => {
      const found = await (await engineOf('lab')).draw.neighbours(reading.image, NUM_NEIGHBOURS, palette());
      if (this.reading === reading) this.neighbours = found;
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
    this.failure = error instanceof Error ? error.message : String(error);
  };
}

function median(times: number[]): number | null {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

export const reader = new Reader();
