// The step that the room takes apart: which network, which image, which
// station, which weight, which bug. The engine's answers come back into its state.
import * as Comlink from 'comlink';
import type { Edit, Guest, Scene, Sheets, Wish } from '../../engine/api/one-step';
import { crashed, engineOf, isPanic, type Engine } from '../../engine/client';
import { dataSets } from '../../engine/data-sets.svelte';
import { training } from '../../engine/training.svelte';
import { messageOf, troubles } from '../../engine/troubles.svelte';
import type { Survey, WeightArithmetic } from '../../engine/pkg/atelier';
import { palette } from '../../parts/palette.svelte';
import { sources, type SourceName } from './sources';
import { stationsOf } from './stations';

/** One weight, or a bias when `input` is null. */
export interface Chosen {
  layer: number;
  input: number | null;
  unit: number;
}

/** What a step back led to. */
export interface BackProof {
  before: string;
  after: string;
  /** Where the same step leads from there. */
  again: string;
}

export class OneStepState {
  source = $state<SourceName>('train');
  bug = $state<string | null>(null);
  edits = $state.raw<Edit[]>([]);
  place = $state(0);
  /** An image brought along from elsewhere: it sits in the mini-batch's first place. */
  guest = $state.raw<Guest | null>(null);
  at = $state(0);
  chosen = $state.raw<Chosen>({ layer: 0, input: 0, unit: 0 });

  scene = $state.raw<Scene | null>(null);
  weight = $state.raw<WeightArithmetic | null>(null);
  /** From the chosen input into every unit of the output layer; for the Check station. */
  column = $state.raw<WeightArithmetic[]>([]);
  survey = $state.raw<Survey | null>(null);
  /** The chosen hidden unit's own pictures. */
  unitSheets = $state.raw<Sheets | null>(null);
  proof = $state.raw<BackProof | null>(null);
  moved = $state.raw<{ before: string; after: string } | null>(null);
  /** 0…1 while an epoch runs, else null. */
  epochShare = $state<number | null>(null);
  busy = $state(false);

  stations = $derived(stationsOf((this.scene?.shape.widths.length ?? 2) - 2));
  station = $derived(this.stations[Math.min(this.at, this.stations.length - 1)]);
  /** The output layer's number. */
  last = $derived((this.scene?.shape.widths.length ?? 2) - 2);
  truth = $derived(this.scene?.classes.label ?? 0);

  /** Whether the weight shown is the room's choice, not the visitor's. */
  ownChoice = $state(true);
  private wanted = 0;
  private choosing = 0;

  reached(kind: string): boolean {
    return this.at >= this.stations.findIndex((station) => station.key === kind);
  }

  go(to: number) {
    this.at = Math.max(0, Math.min(this.stations.length - 1, to));
  }

  /** False when this network has no such station. */
  goTo(key: string): boolean {
    const found = this.stations.findIndex((station) => station.key === key);
    if (found >= 0) this.at = found;
    return found >= 0;
  }

  get wish(): Wish {
    const { source, bug, edits, place, guest } = this;
    return {
      source,
      dataSet: dataSets.name,
      settings: sources[source],
      bug,
      edits: [...edits],
      place,
      guest,
    };
  }

  /** Takes the step as everything is set now; the newest call wins. */
  async take(): Promise<void> {
    const mine = ++this.wanted;
    this.busy = true;
    await this.call(async (engine) => {
      const scene = await engine.oneStep.take(this.wish, palette());
      if (mine !== this.wanted) return;
      const other = this.scene === null || this.scene.place !== scene?.place;
      this.scene = scene;
      this.survey = null;
      if (!scene) return;
      this.place = scene.place;
      this.bug = scene.bug;
      this.at = Math.min(this.at, this.stations.length - 1);
      if (!this.fits(scene)) this.ownChoice = true;
      if (this.ownChoice && (other || !this.fits(scene))) await this.chooseTelling(engine, scene);
      else await this.look(engine);
    });
    if (mine === this.wanted) this.busy = false;
  }

  private fits({ shape }: Scene): boolean {
    const { layer, input, unit } = this.chosen;
    return (
      layer < shape.widths.length - 1 &&
      unit < (shape.widths[layer + 1] ?? 0) &&
      (input ?? 0) < (shape.widths[layer] ?? 0)
    );
  }

  /** The weight into the true class that matters most for this image; in a deep network, of the first layer. */
  private async chooseTelling(engine: Engine, scene: Scene) {
    const unit = scene.layers.length === 0 ? scene.classes.label : busiest(scene.layers[0]?.deltas);
    const input = await engine.oneStep.mostTelling(0, unit);
    this.chosen = { layer: 0, input, unit };
    await this.look(engine);
  }

  /** Chooses another weight. */
  choose(changes: Partial<Chosen>): void {
    const next = { ...this.chosen, ...changes };
    const now = this.chosen;
    if (next.layer === now.layer && next.input === now.input && next.unit === now.unit) return;
    if (next.layer !== now.layer) {
      const width = this.scene?.shape.widths[next.layer] ?? 1;
      if ((next.input ?? 0) >= width) next.input = 0;
    }
    this.chosen = next;
    this.ownChoice = false;
    void this.call((engine) => this.look(engine));
  }

  /** Chooses the input whose weight into a unit has the largest gradient. */
  chooseUnit(layer: number, unit: number): void {
    void this.call(async (engine) => {
      const input =
        layer === this.chosen.layer ? this.chosen.input : await engine.oneStep.mostTelling(layer, unit);
      this.chosen = { layer, input, unit };
      await this.look(engine);
    });
  }

  private async look(engine: Engine) {
    const mine = ++this.choosing;
    const { layer, input, unit } = this.chosen;
    const { last } = this;
    const weight = await engine.oneStep.weight(layer, input, unit);
    if (mine !== this.choosing) return;
    this.weight = weight;
    const sheets = layer < last ? await engine.oneStep.unit(layer, unit, palette()) : null;
    if (mine !== this.choosing) return;
    this.unitSheets = sheets;
    if (this.station?.kind === 'check') await this.checkAll(engine, mine);
  }

  /** What the Check station shows beyond the chosen weight. */
  async check(): Promise<void> {
    await this.call((engine) => this.checkAll(engine, this.choosing));
  }

  private async checkAll(engine: Engine, mine: number) {
    const { layer, input } = this.chosen;
    const units = this.scene?.classes.logits.length ?? 0;
    const column =
      layer === this.last && input !== null ? await engine.oneStep.weightsFrom(layer, input, units) : [];
    if (mine !== this.choosing) return;
    this.column = column;
    const wanted = this.wanted;
    if (this.survey) return;
    const survey = await engine.oneStep.survey();
    if (wanted === this.wanted) this.survey = survey;
  }

  setSource(source: SourceName): Promise<void> {
    this.source = source;
    this.bug = null;
    this.edits = [];
    this.place = 0;
    this.proof = this.moved = null;
    this.scene = null;
    this.ownChoice = true;
    return this.take();
  }

  plant(bug: string | null): Promise<void> {
    this.bug = bug;
    return this.take();
  }

  sendGuestAway(): Promise<void> {
    this.guest = null;
    return this.take();
  }

  lookAt(place: number): Promise<void> {
    this.place = place;
    return this.take();
  }

  edit(value: number): Promise<void> {
    const { layer, input, unit } = this.chosen;
    const others = this.edits.filter((e) => e.layer !== layer || e.input !== input || e.unit !== unit);
    this.edits = [...others, { layer, input, unit, value }];
    return this.take();
  }

  putBack(): Promise<void> {
    this.edits = [];
    return this.take();
  }

  /** Makes steps in the run itself, then takes the next one apart. */
  private async move(work: (engine: Engine) => Promise<unknown>): Promise<void> {
    this.proof = null;
    await this.call(async (engine) => {
      const before = await engine.oneStep.hash(this.wish);
      await work(engine);
      const after = await engine.oneStep.hash(this.wish);
      this.moved = before && after ? { before, after } : null;
    });
    await this.take();
  }

  stepBatches(count: number): Promise<void> {
    return this.move(async (engine) => {
      if (this.source !== 'train') return engine.oneStep.stepBatch(this.wish, count);
      for (let i = 0; i < count; i++) await training.stepBatch();
    });
  }

  stepEpoch(): Promise<void> {
    return this.move(async (engine) => {
      this.epochShare = 0;
      try {
        if (this.source === 'train') await training.playEpoch();
        else
          await engine.oneStep.stepEpoch(
            this.wish,
            Comlink.proxy((share: number) => (this.epochShare = share)),
          );
      } finally {
        this.epochShare = null;
      }
    });
  }

  async backOneStep(): Promise<void> {
    await this.call(async (engine) => {
      const before = await engine.oneStep.hash(this.wish);
      if (this.source === 'train') await training.backOneStep();
      else await engine.oneStep.backOneStep(this.wish);
      const after = await engine.oneStep.hash(this.wish);
      const again = await engine.oneStep.hashOfSameStepAgain(this.wish);
      this.moved = null;
      this.proof = before && after && again ? { before, after, again } : null;
    });
    await this.take();
  }

  private async call(work: (engine: Engine) => Promise<unknown>): Promise<void> {
    try {
      await work(await engineOf('trainer'));
    } catch (error) {
      if (isPanic(error)) return crashed('trainer');
      const sentence = messageOf(error);
      troubles.say(() => sentence);
    }
  }
}

/** The place of the largest magnitude. */
function busiest(values: Float64Array | undefined): number {
  let best = 0;
  values?.forEach((value, at) => {
    if (Math.abs(value) > Math.abs(values[best] ?? 0)) best = at;
  });
  return best;
}
