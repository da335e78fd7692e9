// Training: one run at a time, begun, driven, changed, and taken up again at the page's word.
import {
  Trainer,
  bytesOfRun,
  defaultTrainingSettings,
  settingsTable,
  type Palette,
  type SettingsTable,
  type TrainingSettings,
} from '../pkg/atelier';
import { readRun, type KeptRun } from '../store/runs';
import { batchesPerSecond, type Pace } from '../pace';
import { EVER, drive } from './drive';
import { openedOf, trainerFrom, type Opened } from './exchange';
import { held, type DataSetName } from './held';
import { Metronome } from './metronome';
import { begin, leave, runOf, type Beginning, type Listener, type Run } from './run';
import { caughtUp, restored, takeUp, type Unfit } from './taking-up';
import { tell } from './telling';

export { current, lastValidation, running, type Beginning, type Listener, type Told } from './run';
export type { Pictures, Progress, Validation } from './telling';
export type { Unfit };

/** Settings with none left out; `patience` alone may be missing, for never. */
export type Settings = Required<Omit<TrainingSettings, 'patience'>> & Pick<TrainingSettings, 'patience'>;

/** What a run costs, told when it is begun. */
export interface Cost {
  parameters: number;
  /** Of one training step on a full mini-batch. */
  multiplyAdds: number;
  /** What it will hold in memory at its end, the images aside. */
  bytes: number;
}

/** What each setting may be and usually is, for a run on a data set that is there. */
export function table(dataSet: DataSetName): SettingsTable {
  return settingsTable(held(dataSet).train);
}

/** The course's settings. */
export function defaults(): Settings {
  return defaultTrainingSettings() as Settings;
}

/** The run that was asked for last: what is read back for an older wish is not taken up any more. */
let wanted = 0;

/**
 * Starts a run at its first weights, or with an opened network, in place of the present one, of which what is worth
 * keeping is kept. Throws the engine's error when a setting is out of range.
 */
export function create(
  beginning: Beginning,
  listener: Listener,
  dataSet: DataSetName,
  settings: Settings,
  key: string,
  twinOf: string | null,
  opened: Opened | null,
): Cost {
  wanted = beginning.id;
  leave();
  const { train } = held(dataSet);
  const trainer = opened ? trainerFrom(opened, train, settings) : new Trainer(train, settings);
  const openedFrom = opened && opened.from;
  const run = begin(beginning, listener, trainer, { key, dataSet, twinOf, openedFrom, from: null });
  run.keeper.begin(0);
  tell(run, true);
  return costOf(run);
}

/**
 * Goes on with a kept run, to the bit: `here` is what only this tab has of it. Resolves with null when another run
 * was asked for meanwhile. Throws the engine's error when it cannot read it.
 */
export async function resume(
  beginning: Beginning,
  listener: Listener,
  key: string,
  here: KeptRun | null,
): Promise<{ cost: Cost; settings: Settings; opened: Opened | null } | Unfit | null> {
  wanted = beginning.id;
  leave();
  const kept = here ?? (await readRun(key));
  if (wanted !== beginning.id) return null;
  if (!kept) return 'gone';
  const trainer = restored(kept);
  if (typeof trainer === 'string') return trainer;
  const run = takeUp(beginning, listener, kept, here === null, trainer);
  tell(run, true);
  return { cost: costOf(run), settings: settingsOf(run), opened: openedOf(run) };
}

/** Brings it to where it stood; false when the same steps gave other numbers than they had, null when it was left. */
export async function catchUp(id: number): Promise<boolean | null> {
  const run = runOf(id);
  return run && caughtUp(run);
}

/** Ends the present run without another in its place. */
export function end(): void {
  wanted = 0;
  leave();
}

/** The settings as they are now: the learning rate may have been changed on the way. */
function settingsOf({ trainer }: Run): Settings {
  return { ...(trainer.settings() as Settings), learningRate: trainer.report().learningRate };
}

function costOf({ trainer, set }: Run): Cost {
  const { numParameters, numMultiplyAddsOfStep } = trainer;
  // A network from a file is kept beside the one that is trained.
  const own = trainer.hasOwnStart ? 4 * numParameters : 0;
  const bytes = bytesOfRun(set.train, trainer.settings()) + own;
  return { parameters: numParameters, multiplyAdds: numMultiplyAddsOfStep, bytes };
}

/** Run `id`, once it stands where it stood when it was kept; null when it does not. */
function ready(id: number): Run | null {
  const run = runOf(id);
  return run && !run.catchingUp ? run : null;
}

/** Trains until all epochs are done or `pause`. */
export async function play(id: number, pace: Pace): Promise<void> {
  setPace(id, pace);
  const run = ready(id);
  if (run) await drive(run, { step: 0, finishedEpochs: EVER, isAtOnce: false });
}

/** Trains to the end of the present epoch. */
export async function playEpoch(id: number, pace: Pace): Promise<void> {
  setPace(id, pace);
  const run = ready(id);
  if (!run) return;
  const { finishedEpochs } = run.trainer.report();
  // One more than planned when all are done.
  if (finishedEpochs >= settingsOf(run).epochs) run.trainer.setEpochs(finishedEpochs + 1);
  await drive(run, { step: 0, finishedEpochs: finishedEpochs + 1, isAtOnce: false });
}

/** Acts at once. The numbers are the same at any pace. */
export function setPace(id: number, pace: Pace): void {
  const run = runOf(id);
  if (!run) return;
  const perSecond = batchesPerSecond(pace, run.trainer.report().batchesPerEpoch);
  run.metronome = perSecond === null ? null : new Metronome(perSecond, performance.now());
}

/** One mini-batch: before it what is left of a validation, after it the validation when it was an epoch's last. */
export async function stepBatch(id: number): Promise<void> {
  const run = ready(id);
  if (!run) return;
  const { step, batchesPerEpoch } = run.trainer.report();
  // Asked for while an earlier one is under way it is one more.
  const next = 1 + (run.playing && run.goal.isAtOnce ? Math.max(step, run.goal.step) : step);
  await drive(run, { step: next, finishedEpochs: Math.floor(next / batchesPerEpoch), isAtOnce: true });
}

/** Takes back the last mini-batch, to the bit; false when there is none. */
export function backOneStep(id: number): boolean {
  const run = ready(id);
  if (!run) return false;
  run.playing = false;
  const done = run.trainer.backOneStep();
  const report = run.trainer.report();
  run.keeper.rewound(report.step);
  run.epochClock.note(report, run.trainedMilliseconds);
  run.sentSteps = Math.min(run.sentSteps, report.step);
  run.sentEpochs = run.validatedEpochs = -1;
  tell(run, true);
  return done;
}

export function pause(id: number): void {
  const run = ready(id);
  if (!run) return;
  run.playing = false;
  tell(run, true);
}

/** Changes that act at once; nothing restarts. */
export async function change(
  id: number,
  changes: Partial<Pick<Settings, 'learningRate' | 'epochs'>>,
): Promise<void> {
  await runOf(id)?.catchingUp?.done;
  const run = ready(id);
  if (!run) return;
  run.changes++;
  try {
    if (changes.learningRate !== undefined) run.trainer.setLearningRate(changes.learningRate);
    if (changes.epochs !== undefined) run.trainer.setEpochs(changes.epochs);
  } finally {
    tell(run, true);
  }
}

/** The theme changed: paint anew. */
export function setPalette(id: number, palette: Palette): void {
  const run = runOf(id);
  if (!run) return;
  run.palette = palette;
  tell(run, true);
}

/** The page is put away, and may never come back. */
export async function keep(id: number): Promise<void> {
  await ready(id)?.keeper.keep();
}
