// The step that the room takes apart: which network, which image, which
// station, which weight, which bug. The engine's answers come back into its state.
import * as Comlink from 'comlink';
import type { Edit, Guest, OpenUnit, Scene, Wish } from '../../engine/api/one-step';
import { answerOf, newestFrom } from '../../engine/ask';
import type { Engine } from '../../engine/client';
import { dataSets } from '../../engine/data-sets.svelte';
import { training } from '../../engine/training.svelte';
import type { SettingsTable, Survey, WeightArithmetic } from '../../engine/pkg/atelier';
import { palette } from '../../parts/palette.svelte';
import { DATA_SET, home } from '../home/home.svelte';
import type { Asked, View } from './asked';
import { sourcesOf, type SourceName } from './sources';
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
  /** Steps that Home's network has made. */
  homeStep = $state(0);
  bug = $state<string | null>(null);
  edits = $state.raw<Edit[]>([]);
  place = $state(0);
  /** An image brought along from elsewhere: it sits in the mini-batch's first place. */
  guest = $state.raw<Guest | null>(null);
  at = $state(0);
  view = $state<View>('table');
  chosen = $state.raw<Chosen>({ layer: 0, input: 0, unit: 0 });

  scene = $state.raw<Scene | null>(null);
  weight = $state.raw<WeightArithmetic | null>(null);
  /** What `weight` was asked of: the choice may move on before its answer is here. */
  weighed = $state.raw<{ chosen: Chosen; scene: Scene | null } | null>(null);
  /** From the chosen input into every unit of the output layer; for the Check station. */
  column = $state.raw<WeightArithmetic[]>([]);
  survey = $state.raw<Survey | null>(null);
  /** One opened unit of each hidden layer: the chosen one, or the busiest. */
  opened = $state.raw<OpenUnit[]>([]);
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

  /** Whether the step is not what the rule makes of its gradient, by more than rounding. */
  offRule = $derived((this.scene?.consequence.offTheRule ?? 0) > 1e-9);
  /** What the comparison came to; null while there is none. */
  verdict = $derived(this.survey === null ? null : this.survey.differ > 0 || this.offRule ? 'bad' : 'good');
  /** Whether the stations have come to the chosen weight's product, and on the way back to its gradient. */
  productShown = $derived(this.reached(this.ofChosen('weigh', 'layer')));
  gradientShown = $derived(this.reached(this.ofChosen('gradient', 'back')));

  /** Whether the weight shown is the room's choice, not the visitor's. */
  ownChoice = $state(true);
  /** Counts the steps taken apart. */
  private taken = 0;
  /** The engine's table of settings, which a fresh network's are made from. */
  private table: SettingsTable | null = null;
  private choosing = 0;
  /** A pointer asks more often than anyone can answer: only the newest weight is looked up. */
  private readonly lookSoon = newestFrom<void, void>('trainer', (engine) => this.look(engine));
  private readonly takeNewest = newestFrom<void, void>('trainer', (engine, _, isNewest) =>
    this.takeApart(engine, isNewest),
  );

  reached(kind: string): boolean {
    return this.at >= this.stations.findIndex((station) => station.key === kind);
  }

  private ofChosen(output: string, hidden: string): string {
    return this.chosen.layer === this.last ? output : `${hidden}-${this.chosen.layer + 1}`;
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
    const { source, homeStep, bug, edits, place, guest } = this;
    return {
      source,
      dataSet: source === 'home' ? DATA_SET : dataSets.name,
      settings: this.table ? sourcesOf(this.table)[source] : null,
      homeStep,
      bug,
      edits: [...edits],
      place,
      guest,
    };
  }

  /** Takes the step as everything is set now; the newest call wins. */
  async take(): Promise<void> {
    this.busy = true;
    await this.takeNewest();
    this.busy = false;
  }

  private async takeApart(engine: Engine, isNewest: () => boolean) {
    if (this.source !== 'train') this.table ??= await engine.training.table(dataSets.name);
    const scene = await engine.oneStep.take(this.wish, palette());
    if (!isNewest()) return;
    const other = imageOf(this.scene) !== imageOf(scene);
    const opened = scene ? await this.openAll(engine, scene) : [];
    if (!isNewest()) return;
    this.taken++;
    this.scene = scene;
    this.opened = opened;
    this.survey = null;
    if (!scene) return;
    this.place = scene.place;
    this.bug = scene.bug;
    this.at = Math.min(this.at, this.stations.length - 1);
    if (!this.fits(scene)) this.ownChoice = true;
    if (this.ownChoice && (other || !this.fits(scene))) await this.chooseTelling(engine, scene);
    else await this.look(engine);
    if (this.wantsCheck && isNewest()) await this.checkAll(engine, this.choosing);
  }

  /** The Check station compares; and so does a planted mistake, wherever one stands. */
  private get wantsCheck(): boolean {
    return this.station?.kind === 'check' || this.bug !== null;
  }

  /** The units that were open, where the network still has them; else the busiest of each layer. */
  private async openAll(engine: Engine, scene: Scene): Promise<OpenUnit[]> {
    const opened: OpenUnit[] = [];
    for (const [layer, { deltas, busiest }] of scene.layers.entries()) {
      const before = this.opened[layer]?.unit;
      const chosen = this.chosen.layer === layer && !this.ownChoice ? this.chosen.unit : before;
      const unit = chosen !== undefined && chosen < deltas.length ? chosen : busiest;
      const open = await engine.oneStep.open(layer, unit, palette());
      if (open) opened.push(open);
    }
    return opened;
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
    const unit = this.opened[0]?.unit ?? scene.classes.label;
    const input = await engine.oneStep.mostTelling(0, unit);
    // The visitor may have chosen meanwhile.
    if (this.ownChoice) this.chosen = { layer: 0, input, unit };
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
    void this.lookSoon();
  }

  /** Chooses the input whose weight into a unit has the largest gradient. */
  chooseUnit(layer: number, unit: number): void {
    void this.call(async (engine) => {
      const input =
        layer === this.chosen.layer ? this.chosen.input : await engine.oneStep.mostTelling(layer, unit);
      this.chosen = { layer, input, unit };
      this.ownChoice = false;
      await this.look(engine);
    });
  }

  private async look(engine: Engine) {
    const mine = ++this.choosing;
    const { chosen, scene, last } = this;
    const { layer, input, unit } = chosen;
    const weight = await engine.oneStep.weight(layer, input, unit);
    if (mine !== this.choosing) return;
    this.weight = weight;
    this.weighed = { chosen, scene };
    if (layer < last && this.opened[layer]?.unit !== unit) {
      const open = await engine.oneStep.open(layer, unit, palette());
      if (mine !== this.choosing) return;
      if (open) this.opened = this.opened.with(layer, open);
    }
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
    const { taken } = this;
    if (this.survey) return;
    const survey = await engine.oneStep.survey();
    if (taken === this.taken) this.survey = survey;
  }

  setSource(source: SourceName): Promise<void> {
    this.source = source;
    if (source === 'home') this.homeStep = home.standing?.step ?? 0;
    this.bug = null;
    this.edits = [];
    this.place = 0;
    this.proof = this.moved = null;
    this.scene = null;
    this.opened = [];
    this.ownChoice = true;
    return this.take();
  }

  /** Turns to what an address asks for; `take` must follow. */
  turnTo({ source, homeStep, bug, place, guest, weight, view }: Asked): void {
    if (source !== this.source || (source === 'home' && homeStep !== this.homeStep)) {
      this.source = source;
      this.homeStep = homeStep;
      this.scene = null;
      this.opened = [];
      this.edits = [];
      this.proof = this.moved = null;
    }
    this.bug = bug;
    this.place = place;
    this.guest = guest;
    this.view = view;
    this.ownChoice = weight === null;
    if (weight) this.chosen = weight;
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
    await answerOf('trainer', work);
  }
}

/** The image that is looked at, by its place in the data set. */
const imageOf = (scene: Scene | null) => scene?.images[scene.place]?.index;
