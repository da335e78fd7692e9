// What the trained network says of images: the validation images whenever they
// are asked about, the test images only in an exam.
import type { DataSet, Palette, Trainer } from '../pkg/atelier';
import { painted } from './painted';
import { imagesOf, lastValidation, runOf, running } from './run';
import { tell } from './telling';
import { fill, sliced } from './turn';

/** Images predicted between two looks at the clock. */
const CHUNK = 64;

/** One image and what the network makes of it. */
export interface Answer {
  index: number;
  label: number;
  prediction: number;
  /** The output for each class. */
  outputs: Float32Array;
  pixels: ImageData | null;
}

export interface Question {
  /** Only images of this class. */
  label: number | null;
  /** Only images taken for this class. */
  prediction: number | null;
  wrongOnly: boolean;
  /** As the split has them, or by the output for the class the network says. */
  order: 'split' | 'least-sure' | 'most-sure';
  /** How many of those that fit to leave out, and how many to show. */
  start: number;
  count: number;
}

export interface Answers {
  answers: Answer[];
  /** How many fit in all. */
  total: number;
  /** Updates made when they were answered. */
  step: number;
}

interface Predicted {
  trainer: Trainer;
  step: number;
  indices: Uint32Array;
  /** (images, classes) */
  outputs: Float32Array;
  classes: number;
}

let predicted: Predicted | null = null;

/** The validation images' answers at the run's present step; kept until the next step. */
async function validationOutputs(id: number, set: DataSet): Promise<Predicted | null> {
  const trainer = running(id);
  if (!trainer) return null;
  const { step } = trainer.report();
  if (predicted?.trainer === trainer && predicted.step === step) return predicted;
  const indices = trainer.validationIndices();
  const classes = set.classNames.length;
  const outputs = new Float32Array(indices.length * classes);
  let at = 0;
  const predict = () => {
    outputs.set(trainer.predictIndices(set, indices.subarray(at, at + CHUNK)), at * classes);
    at += CHUNK;
    return at >= indices.length;
  };
  // Another step or another run: the answers would be of two networks.
  const isWanted = () => isAt(id, trainer, step);
  const done = await sliced((milliseconds) => fill(milliseconds, predict), { isWanted });
  return done ? (predicted = { trainer, step, indices, outputs, classes }) : null;
}

/** Whether a run has not moved since. */
const isAt = (id: number, trainer: Trainer, step: number) =>
  running(id) === trainer && trainer.report().step === step;

/**
 * Validation images that fit a question, and how many do in all; null when the run moved on while they
 * were being answered.
 */
export async function ask(id: number, question: Question, palette: Palette): Promise<Answers | null> {
  const set = imagesOf(id)?.train;
  const found = set && (await validationOutputs(id, set));
  if (!found || imagesOf(id)?.train !== set) return null;
  const { indices, outputs, classes } = found;
  const labels = set.labels;
  const fitting: { at: number; label: number; prediction: number; sureness: number }[] = [];
  for (let at = 0; at < indices.length; at++) {
    const own = outputs.subarray(at * classes, (at + 1) * classes);
    const prediction = largest(own);
    const label = labels[indices[at] ?? 0] ?? 0;
    if (question.label !== null && label !== question.label) continue;
    if (question.prediction !== null && prediction !== question.prediction) continue;
    if (question.wrongOnly && prediction === label) continue;
    fitting.push({ at, label, prediction, sureness: own[prediction] ?? 0 });
  }
  if (question.order === 'least-sure') fitting.sort((a, b) => a.sureness - b.sureness);
  if (question.order === 'most-sure') fitting.sort((a, b) => b.sureness - a.sureness);
  const answers = fitting
    .slice(question.start, question.start + question.count)
    .map(({ at, label, prediction }) => ({
      index: indices[at] ?? 0,
      label,
      prediction,
      outputs: outputs.slice(at * classes, (at + 1) * classes),
    }));
  return { answers: painted(set, answers, palette), total: fitting.length, step: found.step };
}

/** One image of a cell of the confusion table. */
export interface CellImage {
  index: number;
  /** The output for the class that the network said. */
  confidence: number;
  pixels: ImageData | null;
}

/**
 * Images of one cell of the confusion table, the surest first: those that the last finished epoch counted
 * there, whatever was trained since. Null before the first epoch's end.
 */
export function cell(
  id: number,
  label: number,
  prediction: number,
  count: number,
  palette: Palette,
): CellImage[] | null {
  const trainer = running(id);
  const validation = lastValidation(id);
  const set = imagesOf(id)?.train;
  if (!trainer || !validation || !set) return null;
  const { predictions, confidences } = validation;
  const indices = trainer.validationIndices();
  const labels = set.labels;
  const found: { index: number; confidence: number }[] = [];
  indices.forEach((index, at) => {
    if (labels[index] === label && predictions[at] === prediction)
      found.push({ index, confidence: confidences[at] ?? 0 });
  });
  found.sort((a, b) => b.confidence - a.confidence);
  return painted(set, found.slice(0, count), palette);
}

/** Validation images with the largest weighted sum into a unit of the first layer. */
export function exciting(
  id: number,
  unit: number,
  count: number,
  palette: Palette,
): { index: number; label: number; sum: number; pixels: ImageData | null }[] {
  const trainer = running(id);
  const set = imagesOf(id)?.train;
  if (!trainer || !set) return [];
  const found = trainer.mostExciting(unit, count);
  const summed = Array.from({ length: found.length / 2 }, (_, at) => {
    const index = found[2 * at] ?? 0;
    return { index, label: set.label(index), sum: found[2 * at + 1] ?? 0 };
  });
  return painted(set, summed, palette);
}

/**
 * Scores the network on the test images of its own data set, which nothing was learnt or chosen from, and writes it
 * down in the run; null if the run moved on.
 */
export async function finalExam(id: number): Promise<number | null> {
  const run = runOf(id);
  const test = imagesOf(id)?.test;
  if (!run || !test) return null;
  const { trainer } = run;
  const { step } = trainer.report();
  trainer.beginExam(test);
  const isWanted = () => imagesOf(id)?.test === test && isAt(id, trainer, step);
  const done = await sliced((milliseconds) => trainer.continueExam(test, milliseconds), { isWanted });
  const accuracy = done ? trainer.examScores()?.accuracy : undefined;
  if (accuracy === undefined) return null;
  run.keeper.exams.push(accuracy);
  tell(run, true);
  return accuracy;
}

function largest(values: Float32Array): number {
  let place = 0;
  values.forEach((value, at) => {
    if (value > (values[place] ?? 0)) place = at;
  });
  return place;
}
