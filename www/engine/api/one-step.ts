// One training step taken apart, on a copy: of the Train room's network, of Home's, or of a fresh one of the room's
// own.
import {
  OneStep,
  Trainer,
  type Bug,
  type EpochRecord,
  type Palette,
  type Scene as TakenScene,
  type Shape,
  type Signals,
  type Survey,
  type Term,
  type TrainingSettings,
  type WeightArithmetic,
  type WeightQuantity,
  homeTrainer,
} from '../pkg/atelier';
import { held, type DataSetName } from './held';
import { current } from './training';
import { sliced } from './turn';

/** `train` is the Train room's network, `home` Home's made again; any other word names a fresh one. */
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
  /** Steps that Home's network has made. */
  homeStep: number;
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

/** Of each quantity the pictures of some units, one below the other. */
export type Sheets = Record<WeightQuantity, ImageData>;

/** Everything that the room shows of one image in one step. */
export interface Scene extends TakenScene {
  /** The bug that is planted: none where this network has no place for the one asked for. */
  bug: Bug | null;
  /** Bugs that this network has a place for. */
  bugs: Bug[];
  /** The mini-batch's images. */
  thumbnails: ImageData[];
  /** The output layer's weights and what happens to them, unit by unit. */
  sheets: Sheets;
  /** Of the run's weights: what planted bugs and edits never change. */
  runHash: string;
}

let fresh: { key: string; trainer: Promise<Trainer> } | null = null;
let step: OneStep | null = null;
/** What `step` was taken from: the same again, with another image to look at, is the same step. */
let takenFrom = '';

/** The run that a source means; null while the Train room has none yet. */
async function trainerOf(wish: Wish): Promise<Trainer | null> {
  if (wish.source === 'train') return current();
  const key = keyOf(wish);
  if (fresh?.key !== key) {
    const trainer = made(wish);
    const old = fresh?.trainer;
    fresh = { key, trainer };
    // Whoever waits for it has it first.
    old?.then(
      (trainer) => trainer.free(),
      () => undefined,
    );
    trainer.catch(() => {
      if (fresh?.trainer === trainer) fresh = null;
    });
  }
  return fresh.trainer;
}

/** What makes one fresh network another one. */
const keyOf = ({ source, dataSet, settings, homeStep }: Wish) =>
  JSON.stringify([source, dataSet, settings, source === 'home' ? homeStep : 0]);

async function made({ source, dataSet, settings, homeStep }: Wish): Promise<Trainer> {
  const { train } = held(dataSet);
  if (source !== 'home') return new Trainer(train, settings ?? {});
  const trainer = homeTrainer(train);
  const epochs = Math.floor(homeStep / trainer.report().batchesPerEpoch);
  // Some more, to go on with.
  trainer.setEpochs(epochs + 10);
  await sliced((milliseconds) => {
    const { step, finishedEpochs } = trainer.runTowards(homeStep, epochs, milliseconds);
    return step >= homeStep && finishedEpochs >= epochs;
  });
  return trainer;
}

/** Takes the next step of a source's run on a copy; null while there is no run. */
export async function take(wish: Wish, palette: Palette): Promise<Scene | null> {
  const trainer = await trainerOf(wish);
  if (!trainer) return null;
  const guests = wish.guest && held(wish.dataSet)[wish.guest.part];
  const guest = guests && wish.guest && wish.guest.index < guests.length ? wish.guest.index : null;
  const bugs = OneStep.bugs(trainer);
  const bug = bugs.find((one) => one === wish.bug) ?? null;
  const runHash = trainer.weightsHash();
  const { step: stepsBefore, learningRate } = trainer.report();
  const { dataSet, edits, place } = wish;
  const from = JSON.stringify([keyOf(wish), bug, edits, wish.guest, runHash, stepsBefore, learningRate]);
  if (step && takenFrom === from) step.look(place);
  else {
    const changes = {
      bug: bug ?? undefined,
      edits: edits.map((edit) => ({ ...edit, input: edit.input ?? undefined })),
    };
    takenFrom = '';
    step?.free();
    step = null;
    step =
      guests && guest !== null
        ? OneStep.withGuest(trainer, changes, place, guests, guest)
        : OneStep.of(trainer, changes, place);
    takenFrom = from;
  }
  const scene = step.scene();
  const indices = Uint32Array.from(scene.images, ({ index }) => index);
  const thumbnails = held(dataSet).train.pictures(indices, palette);
  const [first] = scene.images;
  if (guests && guest !== null && first) {
    first.index = guest;
    thumbnails.splice(0, 1, ...guests.pictures(Uint32Array.of(guest), palette));
  }
  const { widths } = scene.shape;
  const sheets = sheetsOf(step, widths.length - 2, 0, widths.at(-1) ?? 0, palette);
  return { ...scene, bug, bugs, thumbnails, sheets, runHash };
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

/**
 * What the lines of the network's picture carry, with at most `most` units a hidden layer; null before `take`, and
 * where the network is not the one any more whose units are `opened`.
 */
export function signals(most: number, opened: number[]): Signals | null {
  const now = step;
  if (!now) return null;
  const hidden = now.shape().widths.slice(1, -1);
  const fits = opened.length === hidden.length && opened.every((unit, layer) => unit < (hidden[layer] ?? 0));
  return fits ? now.signals(most, Uint32Array.from(opened)) : null;
}

/** The input whose weight into a unit has the largest gradient. */
export function mostTelling(layer: number, at: number): number {
  return step?.mostTelling(layer, at) ?? 0;
}

/** Multiply–adds that a survey may take: about a quarter of a second. */
const SURVEY_COST = 3e8;

/** Central differences for weights and biases of every layer; fewer where each costs more. */
export function survey(): Survey | null {
  return step?.survey(SURVEY_COST) ?? null;
}

/** One mini-batch on, for a fresh network. */
export async function stepBatch(wish: Wish, count: number): Promise<void> {
  (await trainerOf(wish))?.runSteps(count);
}

/** To the end of the epoch, for a fresh network; `listen` hears the share of it that is done. */
export async function stepEpoch(wish: Wish, listen: (share: number) => void): Promise<EpochRecord | null> {
  const trainer = await trainerOf(wish);
  if (!trainer) return null;
  const key = keyOf(wish);
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
    isWanted: () => fresh?.key === key,
  });
  return done ? (trainer.history().at(-1) ?? null) : null;
}

/** Undoes one update of a fresh network; false when none was made. */
export async function backOneStep(wish: Wish): Promise<boolean> {
  return (await trainerOf(wish))?.backOneStep() ?? false;
}

export async function hash(wish: Wish): Promise<string | null> {
  return (await trainerOf(wish))?.weightsHash() ?? null;
}

/** After a step back: takes the same step again, notes the hash it leads to, and goes back once more. */
export async function hashOfSameStepAgain(wish: Wish): Promise<string | null> {
  const trainer = await trainerOf(wish);
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
      shape.stateNames.map((name) => [name, layers.map((layer) => now.state(name, layer))]),
    ),
    biasState: Object.fromEntries(
      shape.stateNames.map((name) => [name, layers.map((layer) => now.biasState(name, layer))]),
    ),
  };
}
