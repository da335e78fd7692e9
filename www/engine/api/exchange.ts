// Networks out of the Train room and into it: files of the present run, and runs from files.
import * as Comlink from 'comlink';
import { PART_MISSING } from '../errors';
import { recordOf } from '../failure-record';
import { fileName, factsOf, notesOf, type Facts } from '../exchange/facts';
import {
  NetworkFile,
  defaultTrainingSettings,
  type DataSet,
  type NetworkShape,
  type Trainer,
} from '../pkg/atelier';
import { areSettings, type OpenedFrom } from '../store/records';
import { held, type DataSetName } from './held';
import { runOf, type Run } from './run';
import type { Settings } from './training';

export type { Facts, NetworkShape };

export type Format = 'safetensors' | 'onnx' | 'keras' | 'notebook' | 'script';

/** A file to be saved. */
export interface MadeFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A network from a file, as the page keeps it while runs begin with it. */
export interface Opened {
  from: OpenedFrom;
  shape: NetworkShape;
  /** What was chosen with it: with other pixels or other first weights a run does not begin with it any more. */
  settings: Pick<Settings, 'pixels' | 'initializer'>;
  /** safetensors or ONNX. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** Run `id`, once it stands where it stood when it was kept. */
function standing(id: number): Run | null {
  const run = runOf(id);
  return run && !run.catchingUp ? run : null;
}

/** What there is to know of run `id`; null when it is not there. */
export function facts(id: number): Facts | null {
  const run = standing(id);
  return run && factsOf(run);
}

/** The network of run `id` as it is now, as a file; null when the run is not there. */
export async function file(id: number, format: Format): Promise<MadeFile | null> {
  const texts = format === 'safetensors' || format === 'onnx' ? null : await parts();
  // The run may have gone meanwhile.
  const run = standing(id);
  if (!run) return null;
  const { trainer } = run;
  const known = factsOf(run);
  const named = (ending: string, bytes: Uint8Array): MadeFile => {
    const made = { name: `${fileName(known)}.${ending}`, bytes: bytes as Uint8Array<ArrayBuffer> };
    return Comlink.transfer(made, [made.bytes.buffer]);
  };
  if (format === 'onnx') return named('onnx', trainer.onnx(notesOf(known, 'onnx')));
  if (!texts) return named('safetensors', trainer.safetensors(notesOf(known, 'safetensors')));
  if (format === 'keras') {
    const { config, metadata } = texts.kerasTexts(known, trainer.scaling());
    return named('keras', trainer.keras(config, metadata));
  }
  const scaling = trainer.hasOwnScaling ? trainer.scaling() : null;
  const script = texts.scriptOf(known, trainer.firstWeights(), scaling, trainer.batchLosses(0));
  const text = format === 'script' ? script : texts.notebookOf(script);
  return named(format === 'script' ? 'py' : 'ipynb', new TextEncoder().encode(text));
}

/** The texts that files are made of: fetched when somebody wants one. */
async function parts() {
  try {
    return await import('../exchange/texts');
  } catch (error) {
    throw Object.assign(new Error(String(error)), { name: PART_MISSING });
  }
}

/**
 * Looks into a file: the network in it, and settings to go on with, the file's own where it has them, else the
 * `present` ones. Throws the engine's error when it holds none, or none that fits the data set; no run changes.
 */
export function open(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  dataSet: DataSetName,
  present: Settings,
): { opened: Opened; settings: Settings } {
  const network = NetworkFile.read(bytes);
  try {
    const shape = network.shape();
    const { trainer, settings } = begun(network, shape, held(dataSet).train, present);
    trainer.free();
    const opened = { from: { name, fingerprint: shape.fingerprint }, shape, settings, bytes };
    return Comlink.transfer({ opened, settings }, [bytes.buffer]);
  } finally {
    network.free();
  }
}

/** A trainer that begins with the network, by the first settings that will do. */
function begun(network: NetworkFile, shape: NetworkShape, images: DataSet, present: Settings) {
  const usual = defaultTrainingSettings() as Settings;
  const own = settingsIn(network.note('settings'), usual, images.length);
  const candidates = own ? [own] : [];
  // A file that says nothing of its pixels is of pixels 0…1.
  candidates.push({ ...present, pixels: 'min-max' }, usual);
  let refused: unknown = null;
  for (const candidate of candidates) {
    const settings: Settings = {
      ...candidate,
      hidden: shape.hidden,
      output: shape.output,
      loss: lossFor(candidate.loss, shape.output),
    };
    try {
      return { trainer: network.trainer(images, settings), settings };
    } catch (error) {
      if (recordOf(error)?.kind === 'network') throw error;
      refused ??= error;
    }
  }
  throw refused;
}

/** The settings that a file says; null where it says none. The engine checks them. */
function settingsIn(note: string | undefined, usual: Settings, images: number): Settings | null {
  if (note === undefined) return null;
  try {
    const said = JSON.parse(note) as Partial<Settings> | null;
    if (!areSettings(said)) return null;
    const settings = { ...usual, ...said };
    return settings.trainingImages > images ? { ...settings, trainingImages: 0 } : settings;
  } catch {
    return null;
  }
}

/** A loss that the output has. */
function lossFor(wanted: Settings['loss'], output: Settings['output']): Settings['loss'] {
  if (wanted === 'mean-squared-error') return wanted;
  if (output === 'identity') return 'mean-squared-error';
  return output === 'softmax' ? 'categorical-cross-entropy' : 'binary-cross-entropy';
}

/** A trainer that begins with an opened network. Throws the engine's error when a setting is out of range. */
export function trainerFrom({ bytes }: Opened, images: DataSet, settings: Settings): Trainer {
  const network = NetworkFile.read(bytes);
  try {
    return network.trainer(images, settings);
  } finally {
    network.free();
  }
}

/** What run's trainer began with, so that runs can begin with it again; null where that was drawn. */
export function openedOf({ trainer, openedFrom }: Run): Opened | null {
  if (!trainer.hasOwnStart || !openedFrom) return null;
  const bytes = trainer.firstSafetensors() as Uint8Array<ArrayBuffer>;
  const network = NetworkFile.read(bytes);
  const shape = network.shape();
  network.free();
  return { from: openedFrom, shape, settings: trainer.settings() as Settings, bytes };
}
