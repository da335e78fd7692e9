// A run as a script, and the same as a notebook. The Python stands in `run.py`, with places for the run's own numbers.
import type { Facts } from './facts';
import python from './run.py?raw';

/** As many batches as the script compares one by one, and some more. */
const BATCHES = 100;

/**
 * The script of a run. `firstWeights` is what it began with, `scaling` the 784 factors and 784 summands where they are
 * not what the settings make of the images, `batchLosses` its batches' losses.
 */
export function scriptOf(
  facts: Facts,
  firstWeights: Float32Array,
  scaling: Float32Array | null,
  batchLosses: Float32Array,
): string {
  const { fingerprint, step, settings, learningRates, epochs, dataSet, imagesId, classes, openedFrom } =
    facts;
  const run = {
    fingerprint,
    step,
    settings,
    learningRates,
    epochs,
    dataSet,
    imagesId,
    classes,
    openedFrom,
    scaling: scaling && base64(scaling),
    batchLosses: [...batchLosses.subarray(0, BATCHES)],
  };
  // Within Python's r'''…''' JSON means the same, as long as no quote ends it.
  const json = JSON.stringify(run).replaceAll("'", '\\u0027');
  return python.replace('@RUN@', () => json).replace('@WEIGHTS@', () => base64(firstWeights));
}

/** The bytes of numbers, little-endian, as text. */
function base64(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let letters = '';
  // As many at once as a call takes arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}

/** The same as a notebook: a cell begins with `# %%`, and one of text with `# %% [markdown]`. */
export function notebookOf(script: string): string {
  const cells = script.split(/^# %%/m).slice(1);
  const notebook = {
    cells: cells.map((cell, at) => {
      const isText = cell.startsWith(' [markdown]');
      const body = cell.slice(cell.indexOf('\n') + 1).trim();
      const source = isText ? body.replaceAll(/^# ?/gm, '') : body;
      const lines = source.split(/(?<=\n)/);
      const id = `cell-${at + 1}`;
      return isText
        ? { cell_type: 'markdown', id, metadata: {}, source: lines }
        : { cell_type: 'code', execution_count: null, id, metadata: {}, outputs: [], source: lines };
    }),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
