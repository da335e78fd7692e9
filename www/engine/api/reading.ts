// Reading a drawing: strokes to pixels, pixels to an answer, and the pixels that spoke. It takes less time than
// a message to a worker and back, so the page's own engine does it; a worker only reads very long drawings.
import { root } from '../loading/root';
import {
  Drawing,
  Model,
  padConstants,
  type DrawSettings,
  type DrawingReport,
  type PadConstants,
  type Palette,
  type Voice as Spoken,
} from '../pkg/atelier';

export type { DrawSettings, DrawingReport, PadConstants };

/** Files that the page ships; `yours` is the Train room's network, `taught` what a lesson made of one. */
export type ShippedModel = 'digits' | 'softmax' | 'fashion';
export type ModelName = ShippedModel | 'yours' | 'taught';

export type OfficialSet = 'mnist' | 'fashion-mnist';

/** What the model card says of one file; written by the training command. */
export interface ModelCard {
  file: string;
  bytes: number;
  layers: number[];
  parameters: number;
  data: string;
  training: string;
  optimizer: string;
  command: string;
  seed: number;
  accuracy: {
    mnistTest?: number;
    warped?: number;
    penDigits?: number;
    penConfusion?: number[][];
    fashionTest?: number;
  };
}

export interface Card {
  models: Record<ShippedModel, ModelCard>;
  /** Distances of test images to their nearest training image: 101 quantiles of each set. */
  nearestDistance: Record<OfficialSet, number[]>;
}

const models = new Map<ModelName, Model>();
const fetching = new Map<ShippedModel, Promise<ArrayBuffer>>();
let card: Promise<Card> | null = null;

/** The pad's measures; known as soon as the engine runs. */
export function constants(): PadConstants {
  return padConstants();
}

/** The model card, fetched once. */
export function modelCard(): Promise<Card> {
  card ??= fetched('card.json').then((answer) => answer.json() as Promise<Card>);
  card.catch(() => (card = null));
  return card;
}

async function fetched(file: string): Promise<Response> {
  const answer = await fetch(new URL(`models/${file}`, root()));
  if (!answer.ok) throw new Error(`models/${file}: ${answer.status} ${answer.statusText}`);
  return answer;
}

/** Starts to fetch a shipped model, where it is not here; needs no engine yet. A failure is told by `open`. */
export function prefetch(name: ShippedModel): void {
  if (!models.has(name)) void file(name).catch(() => undefined);
}

function file(name: ShippedModel): Promise<ArrayBuffer> {
  let found = fetching.get(name);
  if (!found) {
    found = fetched(`${name}.safetensors`).then((answer) => answer.arrayBuffer());
    fetching.set(name, found);
    // Whoever opens it later asks again.
    found.catch(() => fetching.delete(name));
  }
  return found;
}

/** Fetches and checks a shipped model; the second call returns at once. Rejects for a damaged file. */
export async function open(name: ShippedModel): Promise<void> {
  if (models.has(name)) return;
  try {
    const bytes = await file(name);
    // Another call may have opened it meanwhile.
    if (!models.has(name)) put(name, Model.fromBytes(new Uint8Array(bytes)));
  } finally {
    fetching.delete(name);
  }
}

function put(name: ModelName, model: Model) {
  models.get(name)?.free();
  models.set(name, model);
}

/** Takes a model over from a file's bytes: the Train room's network, or what a lesson made. */
export function adopt(name: ModelName, bytes: Uint8Array): void {
  put(name, Model.fromBytes(bytes));
}

/** A model as a file, every bit kept, for an engine on another thread. */
export function modelBytes(name: ModelName): Uint8Array {
  return opened(name).toBytes();
}

function opened(name: ModelName): Model {
  const model = models.get(name);
  if (!model) throw new Error(`the model “${name}” has not been opened`);
  return model;
}

/** The answer alone: what must be on the screen first. */
export interface Reading {
  report: DrawingReport;
  /** 784 values 0…1, what the network received. */
  image: Float32Array;
  received: ImageData;
  /** Outputs by class; null for what is not a digit. */
  probabilities: number[] | null;
  /** The likeliest class; null for what is not a digit. */
  answer: number | null;
}

export interface Voice extends Spoken {
  /** How much each pixel spoke for this class, on the scale of both voices. */
  pixels: ImageData | null;
}

/** What stands behind the last answer. */
export interface Reasons {
  drawn: ImageData;
  fitted: ImageData;
  received: ImageData;
  /** The likeliest class and the runner-up; empty for what is not a digit. */
  voices: Voice[];
  /** The contribution painted opaque. */
  voiceScale: number;
  /** No hidden layer: contributions are the terms of the weighted sum itself. */
  linear: boolean;
}

let last: { drawing: Drawing; model: Model } | null = null;

/** Strokes to an answer: x, y, pressure of every point, and the points of each stroke. */
export function read(
  points: Float32Array,
  lengths: Uint32Array,
  settings: DrawSettings,
  name: ModelName,
  palette: Palette,
): Reading {
  const model = opened(name);
  const drawing = new Drawing(points, lengths, settings);
  last?.drawing.free();
  last = { drawing, model };
  const report = drawing.report();
  const image = drawing.image;
  const answer = report.refusal ? null : model.read(image);
  return {
    report,
    image,
    received: drawing.picture('image', palette),
    probabilities: answer?.outputs ?? null,
    answer: answer?.prediction ?? null,
  };
}

/** The stages and reasons behind the last `read`; null before the first. */
export function reasons(palette: Palette): Reasons | null {
  if (!last || ![...models.values()].includes(last.model)) return null;
  const { drawing, model } = last;
  const found: Reasons = {
    drawn: drawing.picture('drawn', palette),
    fitted: drawing.picture('fitted', palette),
    received: drawing.picture('image', palette),
    voices: [],
    voiceScale: 0,
    linear: model.widths.length === 2,
  };
  if (drawing.report().refusal) return found;
  const voices = model.voices(drawing.image, 2);
  const pictures = voices.pictures(palette);
  found.voiceScale = voices.scale;
  found.voices = voices.list().map((voice, at) => ({ ...voice, pixels: pictures[at] ?? null }));
  voices.free();
  return found;
}
