// The walk on the surface: computed whole by the engine, shown step by step.
import type { Walk } from '../../engine/api/loss';
import { newestFrom } from '../../engine/ask';
import type { DescentSurface } from '../../engine/pkg/atelier';
import type { Settings } from './settings';

/** Steps of a walk. */
export const STEPS = 240;
const MILLISECONDS_A_STEP = 50;
/** Rings whose radii grow evenly: the loss above the lowest grows with their square. */
const RINGS = Array.from({ length: 13 }, (_, ring) => 0.06 * (ring + 1) ** 2);
/** Arrived: within this factor of the lowest loss. */
const NEAR = 1.001;

type Start = Pick<Settings, 'w' | 'b' | 'rate' | 'momentum' | 'batch' | 'seed'>;

class WalkState {
  surface = $state.raw<DescentSurface | null>(null);
  walk = $state.raw<Walk | null>(null);
  /** What the walk was made of. */
  start = $state.raw<Start | null>(null);
  at = $state(0);
  playing = $state(false);

  last = $derived((this.walk?.steps.length ?? 1) - 1);
  now = $derived(this.walk?.steps[this.at] ?? null);
  arrived = $derived(
    this.now !== null && this.surface !== null && this.now.loss <= NEAR * this.surface.bowl.lowestLoss,
  );
  diverged = $derived(this.walk?.diverged === true && this.at === this.last);

  private timer: ReturnType<typeof setInterval> | null = null;
  private playNext = false;

  private readonly survey = newestFrom(
    'lab',
    async (engine) => {
      // The lowest loss first: the rings' levels stand above it.
      const { bowl } = await engine.loss.surface([]);
      return engine.loss.surface(RINGS.map((height) => bowl.lowestLoss + height));
    },
    (surface) => (this.surface = surface),
  );

  open() {
    if (!this.surface) void this.survey(undefined);
  }

  private readonly descend = newestFrom(
    'lab',
    (engine, { w, b, rate, momentum, batch, seed }: Start) =>
      engine.loss.descend(
        {
          start: [w, b],
          optimizer: momentum === 0 ? { kind: 'sgd' } : { kind: 'momentum', momentum },
          learningRate: rate,
          batchSize: batch,
          steps: STEPS,
          seed,
        },
        momentum,
      ),
    (walk, start) => {
      this.walk = walk;
      this.start = start;
      this.at = 0;
      if (this.playNext) this.play();
      this.playNext = false;
    },
  );

  begin(start: Start) {
    this.pause();
    void this.descend(start);
  }

  /** Plays the walk that is about to begin. */
  playWhenBegun() {
    this.playNext = true;
  }

  play() {
    if (!this.walk || this.playing) return;
    if (this.at === this.last) this.at = 0;
    this.playing = true;
    this.timer = setInterval(() => this.stepOrStop(), MILLISECONDS_A_STEP);
  }

  pause() {
    this.playing = false;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  step() {
    this.pause();
    if (this.at < this.last) this.at++;
  }

  reset() {
    this.pause();
    this.at = 0;
  }

  private stepOrStop() {
    if (this.at < this.last) this.at++;
    // A full batch stays where it arrived; smaller ones show how they wander on.
    const settled = this.arrived && this.now?.batch.length === this.surface?.points.length;
    if (this.at === this.last || settled) this.pause();
  }
}

export const walking = new WalkState();
