// One training step taken apart, on a copy: of the Train room's network, or of a fresh one of the room's own.
import {
  OneStep,
  Trainer,
  type Classes,
  type Consequence,
  type EpochRecord,
  type ImageInBatch,
  type Palette,
  type WeightQuantity,
  type Shape,
  type Survey,
  type Term,
  type TrainingSettings,
  type WeightArithmetic,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';
import { current } from './training';
import { sliced } from './turn';

/** `train` is the Train room's network; any other word names a fresh one. */
export type Source = string;

export interface Edit {
  layer: number;
  /** Null for the bias. */
  input: number | null;
  unit: number;
  value: number;
}

/** What to take apart. */
export interface Wish {
  source: Source;
  dataSet: DataSetName;
  /** Settings of a fresh network; those left out are the course's. */
  settings: TrainingSettings | null;
  bug: string | null;
  edits: Edit[];
  /** Which image of the mini-batch. */
  place: number;
  /** An image to put in place of the mini-batch's first one, on the copy alone. */
  guest: Guest | null;
}

export interface Guest {
  part: 'train' | 'test';
  /** Its place in that file. */
  index: number;
}

/** One layer's numbers for the image, a number a unit. */
export interface LayerValues {
  preActivations: Float64Array;
  activations: Float64Array;
  derivatives: Float64Array;
  dActivations: Float64Array;
  deltas: Float64Array;
}

/** Of each quantity the pictures of some units, one below the other. */
export type Sheets = Record<WeightQuantity, ImageData>;

/** Everything that the room shows of one image in one step. */
export interface Scene {
  shape: Shape;
  /** The bug that is planted: none where this network has no place for the one asked for. */
  bug: string | null;
  place: number;
  images: ImageInBatch[];
  /** The mini-batch's images. */
  thumbnails: ImageData[];
  /** The image as the network gets it. */
  inputs: Float64Array;
  classes: Classes;
  /** The hidden layers. */
  layers: LayerValues[];
  /** The output layer's weights and what happens to them, unit by unit. */
  sheets: Sheets;
  consequence: Consequence;
  /** Bugs that this network has a place for. */
  bugs: string[];
  numEdited: number;
  /** Of the copy's weights before the step. */
  copyHash: string;
  /** Of the run's weights: what planted bugs and edits never change. */
  runHash: string;
}

let fresh: { key: string; trainer: Trainer } | null = null;
let step: OneStep | null = null;

/** The run that a source means; null while the Train room has none yet. */
function trainerOf(wish: Wish): Trainer | null {
  if (wish.source === 'train') return current();
  const key = JSON.stringify([wish.source, wish.dataSet, wish.settings]);
  if (fresh?.key !== key) {
    const trainer = new Trainer(held(wish.dataSet).train, wish.settings ?? {});
    fresh?.trainer.free();
    fresh = { key, trainer };
  }
  return fresh.trainer;
}

/** Takes the next step of a source's run on a copy; null while there is no run. */
export function take(wish: Wish, palette: Palette): Scene | null {
  const trainer = trainerOf(wish);
  if (!trainer) return null;
  const guests = wish.guest && held(wish.dataSet)[wish.guest.part];
  const guest = guests && wish.guest && wish.guest.index < guests.length ? wish.guest.index : null;
  const make = (bug?: string) =>
    guests && guest !== null
      ? OneStep.withGuest(trainer, bug, guests.image(guest), guests.label(guest))
      : OneStep.of(trainer, bug);
  const sound = make();
  step?.free();
  step = sound;
  const bug = wish.bug !== null && sound.bugs().includes(wish.bug) ? wish.bug : null;
  if (bug !== null) {
    step = make(bug);
    sound.free();
  }
  for (const { layer, input, unit, value } of wish.edits)
    step.setWeight(layer, input ?? undefined, unit, value);
  const images = step.images();
  const place = Math.min(wish.place, images.length - 1);
  step.look(place);
  const taken = { ...scene(step, trainer, wish.dataSet, place, images, palette), bug };
  if (guests && guest !== null && images[0]) {
    images[0].index = guest;
    taken.thumbnails.splice(0, 1, ...guests.pictures(Uint32Array.of(guest), palette));
  }
  return taken;
}

function scene(
  now: OneStep,
  trainer: Trainer,
  dataSet: DataSetName,
  place: number,
  images: ImageInBatch[],
  palette: Palette,
): Omit<Scene, 'bug'> {
  const shape = now.shape();
  const { train } = held(dataSet);
  const indices = Uint32Array.from(images, ({ index }) => index);
  const hidden = shape.widths.length - 2;
  const layers = Array.from({ length: hidden }, (_, layer): LayerValues => ({
    preActivations: now.units(layer, 'pre-activations'),
    activations: now.units(layer, 'activations'),
    derivatives: now.units(layer, 'derivatives'),
    dActivations: now.units(layer, 'd-activations'),
    deltas: now.units(layer, 'deltas'),
  }));
  return {
    shape,
    place,
    images,
    thumbnails: train.pictures(indices, palette),
    inputs: now.units(0, 'inputs'),
    classes: now.classes(),
    layers,
    sheets: sheetsOf(now, hidden, 0, shape.widths[hidden + 1] ?? 0, palette),
    consequence: now.consequence(),
    bugs: now.bugs(),
    numEdited: now.numEdited,
    copyHash: now.weightsHash(),
    runHash: trainer.weightsHash(),
  };
}

function sheetsOf(now: OneStep, layer: number, first: number, count: number, palette: Palette): Sheets {
  const sheet = (quantity: WeightQuantity) => now.sheet(layer, quantity, first, count, palette);
  return {
    weights: sheet('weights'),
    products: sheet('products'),
    gradient: sheet('gradient'),
    'batch-gradient': sheet('batch-gradient'),
    step: sheet('step'),
  };
}

/** A hidden unit, opened. */
export interface OpenUnit {
  unit: number;
  /** Its weights and what happens to them. */
  sheets: Sheets;
  /** What comes down to it through the transposed weights, a term a unit above. */
  terms: Term[];
}

/** Opens a hidden unit; null before `take`. */
export function open(layer: number, at: number, palette: Palette): OpenUnit | null {
  if (!step) return null;
  return { unit: at, sheets: sheetsOf(step, layer, at, 1, palette), terms: step.passedBack(layer, at) };
}

/** One weight's own arithmetic; null before `take`. */
export function weight(layer: number, input: number | null, at: number): WeightArithmetic | null {
  return step?.weight(layer, input ?? undefined, at) ?? null;
}

/** One weight after another from the same input, into every unit of a layer. */
export function weightsFrom(layer: number, input: number, units: number): WeightArithmetic[] {
  const now = step;
  return now ? Array.from({ length: units }, (_, at) => now.weight(layer, input, at)) : [];
}

/** The input whose weight into a unit has the largest gradient. */
export function mostTelling(layer: number, at: number): number {
  return step?.mostTelling(layer, at) ?? 0;
}

/** Multiply–adds that a survey may take: about half a second. */
const SURVEY_COST = 6e8;

/** Central differences for weights and biases of every layer; fewer where each costs more. */
export function survey(): Survey | null {
  if (!step) return null;
  const arrays = 2 * (step.shape().widths.length - 1);
  // Two losses a comparison, and as much again to see whether a corner lies between.
  const affordable = SURVEY_COST / (4 * arrays * step.numMultiplyAdds);
  return step.survey(Math.max(2, Math.min(24, Math.floor(affordable))));
}

/** One mini-batch on, for a fresh network. */
export function stepBatch(wish: Wish, count: number): void {
  trainerOf(wish)?.runSteps(count);
}

/** To the end of the epoch, for a fresh network; `listen` hears the share of it that is done. */
export async function stepEpoch(wish: Wish, listen: (share: number) => void): Promise<EpochRecord | null> {
  const trainer = trainerOf(wish);
  if (!trainer) return null;
  const until = trainer.report().finishedEpochs + 1;
  trainer.setEpochs(Math.max(until, 10));
  let report = trainer.report();
  const run = (milliseconds: number) => {
    report = trainer.run(milliseconds, until);
    return Boolean(report.stopped) || report.finishedEpochs >= until;
  };
  const done = await sliced(run, {
    report: () => listen(report.batchInEpoch / report.batchesPerEpoch),
    // Another network may be chosen meanwhile.
    isWanted: () => fresh?.trainer === trainer,
  });
  return done ? (trainer.history().at(-1) ?? null) : null;
}

/** Undoes one update of a fresh network; false when none was made. */
export function backOneStep(wish: Wish): boolean {
  return trainerOf(wish)?.backOneStep() ?? false;
}

export function hash(wish: Wish): string | null {
  return trainerOf(wish)?.weightsHash() ?? null;
}

/** After a step back: takes the same step again, notes the hash it leads to, and goes back once more. */
export function hashOfSameStepAgain(wish: Wish): string | null {
  const trainer = trainerOf(wish);
  if (!trainer) return null;
  trainer.runSteps(1);
  const again = trainer.weightsHash();
  trainer.backOneStep();
  return again;
}

/** The step's inputs and weights, for whoever wants to do the sums again. */
export interface Exported {
  shape: Shape;
  /** B × 784. */
  inputs: Float64Array;
  labels: Uint8Array;
  /** Each layer's weights, row by row (in, out). */
  weights: Float64Array[];
  bias: Float64Array[];
  /** The optimizer's state for the weights, by name, then by layer. */
  state: Record<string, Float64Array[]>;
  /** The same for the biases. */
  biasState: Record<string, Float64Array[]>;
}

export function exported(): Exported | null {
  const now = step;
  if (!now) return null;
  const shape = now.shape();
  const layers = Array.from({ length: shape.widths.length - 1 }, (_, layer) => layer);
  return {
    shape,
    inputs: now.inputs(),
    labels: now.labels(),
    weights: layers.map((layer) => now.weights(layer)),
    bias: layers.map((layer) => now.bias(layer)),
    state: Object.fromEntries(
      shape.stateNames.map((name, which) => [name, layers.map((layer) => now.state(which, layer))]),
    ),
    biasState: Object.fromEntries(
      shape.stateNames.map((name, which) => [name, layers.map((layer) => now.biasState(which, layer))]),
    ),
  };
}
