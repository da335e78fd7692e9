// Taking up a kept run: from the state that was kept, by the same steps, to where it stood.
import { Trainer } from '../pkg/atelier';
import type { KeptRun } from '../store/runs';
import { drive } from './drive';
import { held } from './held';
import { begin, isThere, present, type Beginning, type Goal, type Listener, type Run } from './run';
import { tell } from './telling';

/** Why a kept run cannot be gone on with, where it is not the engine that says so. */
export type Unfit =
  /** It is not there any more. */
  | 'gone'
  /** Something of it is missing. */
  | 'damaged';

/** The trainer as it was kept; to be driven to where the run stood. Throws the engine's error. */
export function restored({ record, curves, state }: KeptRun): Trainer | Unfit {
  const { train } = held(record.dataSet);
  // A network from a file is nowhere but in the state.
  if ((record.base || record.openedFrom) && !state) return 'damaged';
  const trainer = state ? Trainer.restore(train, state) : new Trainer(train, record.settings);
  try {
    // Records of older pages stand where their state stands.
    if (record.learningRates.length > 0) {
      trainer.followLearningRates(record.learningRates);
      trainer.setEpochs(record.settings.epochs);
    }
    const { step } = trainer.report();
    if (step <= record.step && (step === record.step || curves)) return trainer;
    trainer.free();
    return 'damaged';
  } catch (error) {
    trainer.free();
    throw error;
  }
}

/** Makes that trainer the present run, on its way to where it stood. */
export function takeUp(
  beginning: Beginning,
  listener: Listener,
  kept: KeptRun,
  isStored: boolean,
  trainer: Trainer,
): Run {
  const { record, curves } = kept;
  const { key, dataSet, twinOf, openedFrom = null } = record;
  const run = begin(beginning, listener, trainer, {
    key,
    dataSet,
    twinOf,
    openedFrom,
    from: { record, isStored },
  });
  const goal: Goal = { step: record.step, finishedEpochs: record.epochs.length, isAtOnce: true };
  const report = trainer.report();
  if (isThere(report, goal)) run.keeper.begin(0);
  else {
    let end = () => undefined as void;
    const done = new Promise<void>((resolve) => (end = resolve));
    const losses = curves?.losses.slice(report.step) ?? new Float32Array();
    run.catchingUp = { from: report.step, goal, losses, done, end };
  }
  return run;
}

/** Brings a run that was taken up to where it stood; false when its steps gave other numbers than they had. */
export async function caughtUp(run: Run): Promise<boolean> {
  const { catchingUp } = run;
  if (!catchingUp) return true;
  await drive(run, catchingUp.goal);
  if (present() !== run) return true;
  const { from, losses, end } = catchingUp;
  const again = run.trainer.batchLosses(from);
  // It is left on its way, so that nothing of it is kept.
  if (again.length !== losses.length || !again.every((loss, at) => loss === losses[at])) return false;
  run.catchingUp = null;
  run.keeper.begin(run.workedMilliseconds);
  end();
  tell(run, true);
  return true;
}
