// A run's settings in a few words.
import type { Settings } from '../../engine/api/training';
import type { RunRecord } from '../../engine/store/records';
import { training } from '../../engine/training.svelte';
import { exact, number, say } from '../../words/say.svelte';

/** `784-128-10 ReLU · Adam 0.001 · batch 32 · seed 42`. */
export function summaryOf({
  classes,
  settings,
  learningRates,
}: Pick<RunRecord, 'classes' | 'settings' | 'learningRates'>): string {
  const units = ['784', ...settings.hidden.map((layer) => String(layer.units)), String(classes)].join('-');
  const kinds = [...new Set(settings.hidden.map((layer) => say.train.activations[layer.activation]))].join(
    ', ',
  );
  const last = learningRates.at(-1)?.learningRate ?? settings.learningRate;
  const first = exact(settings.learningRate);
  const rates = learningRates.length > 1 ? say.runs.rates(first, exact(last)) : first;
  const parts = [
    kinds ? `${units} ${kinds}` : units,
    `${say.train.optimizers[settings.optimizer.kind]} ${rates}`,
    say.train.batchOf(exact(settings.batchSize)),
    say.train.seedOf(exact(settings.seed)),
    ...unusual(settings),
  ];
  return parts.join(' · ');
}

/** What else is not as usual, so that two runs in a list can be told apart. */
function unusual(settings: Settings): string[] {
  const { usual } = training;
  if (!usual) return [];
  const { numbers, initializers, losses, scalings, settingNames } = say.train;
  const isUsual = (key: keyof Settings) => JSON.stringify(settings[key]) === JSON.stringify(usual[key]);
  const words: Partial<Record<keyof Settings, string>> = {
    trainingImages: say.train.imagesUsed(number(settings.trainingImages)),
    pixels: scalings[settings.pixels],
    loss: losses[settings.loss],
    initializer: `${settingNames.initializer}: ${initializers[settings.initializer.kind]}`,
    validationFraction: `${numbers.validationFraction.name} ${exact(settings.validationFraction)}`,
    l2: `L2 ${exact(settings.l2)}`,
    patience: `${numbers.patience.name} ${settings.patience ?? 0}`,
  };
  return (Object.keys(words) as (keyof Settings)[])
    .filter((key) => !isUsual(key))
    .map((key) => words[key] ?? '');
}

/** The visitor's name for a run, or what it is made of. */
export const nameOf = (run: RunRecord): string => (run.name === null ? summaryOf(run) : short(run.name));

/** As many letters as its field takes; the store may hold more. */
const MOST_LETTERS = 60;
function short(name: string): string {
  const letters = [...name];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('')}…` : name;
}

/** Where a run stands that was left: `Left unfinished: …, in epoch 3 of 10 after 700 batches.` */
export function leftAt(run: RunRecord): string {
  const { step, batchesPerEpoch, epochs, settings } = run;
  const epoch = epochs.length + 1;
  // Its last batch is made, its validation not ended.
  const sentence = step === epoch * batchesPerEpoch ? say.runs.atValidation : say.runs.inEpoch;
  return sentence(nameOf(run), number(epoch), number(settings.epochs), number(step));
}

/** Names of the settings in which two runs differ; how long they run does not count. */
export function differences(one: Settings, other: Settings): string[] {
  const names: Partial<Record<keyof Settings, string>> = say.train.settingNames;
  return (Object.keys(names) as (keyof Settings)[])
    .filter((key) => key !== 'epochs' && JSON.stringify(one[key]) !== JSON.stringify(other[key]))
    .map((key) => names[key] ?? key);
}
