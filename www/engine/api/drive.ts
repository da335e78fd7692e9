// Training in short slices, so that whatever the visitor does is heard between two of them.
import type { Report, Trainer } from '../pkg/atelier';
import type { Metronome } from './metronome';
import { isThere, present, type Goal, type Run } from './run';
import { tell } from './telling';
import { SLICE_MILLISECONDS, sliced } from './turn';

/** At a pace that leaves the machine idle, what is due is looked at about once a frame. */
const PACED_MILLISECONDS = 16;

/** More than any run has: the engine counts in 32 bits. */
export const EVER = 0xffff_ffff;

/** Trains until `goal`, the run's end, or a pause. */
export async function drive(now: Run, goal: Goal): Promise<void> {
  now.goal = goal;
  now.playing = true;
  // The loop that is there already goes on to the new goal.
  if (now.isDriven) return;
  now.isDriven = true;
  const isPaced = () => now.metronome !== null && !now.goal.isAtOnce;
  const work = () => {
    const report = now.metronome && isPaced() ? walk(now, now.metronome) : slice(now);
    if (isThere(report, now.goal)) now.playing = false;
    tell(now, !now.playing);
    return !now.playing;
  };
  await sliced(work, {
    // `pause`, `create` and the rest run in the gaps; a replaced run is no longer present.
    isWanted: () => present() === now && now.playing,
    rest: () => (isPaced() ? PACED_MILLISECONDS : 0),
  });
  now.isDriven = false;
}

/** As much as fits, but never beyond an epoch's end, so that its scores can be read before the next batch. */
function slice(now: Run): Report {
  const { finishedEpochs, batchesPerEpoch } = now.trainer.report();
  const { goal } = now;
  const step = Math.min(goal.step, (finishedEpochs + 1) * batchesPerEpoch);
  const epochs = Math.min(goal.finishedEpochs, finishedEpochs + 1);
  return timed(now, (trainer) => trainer.runTowards(step, epochs, SLICE_MILLISECONDS));
}

/** The batches that are due, as far as they fit in a slice; at an epoch's end a slice of its validation. */
function walk(now: Run, metronome: Metronome): Report {
  const start = performance.now();
  let report = now.trainer.report();
  let due = metronome.count(start);
  if (report.phase === 'validating') return slice(now);
  if (due === 0) return report;
  return timed(now, (trainer) => {
    do {
      report = trainer.runSteps(1);
      metronome.done();
    } while (--due > 0 && report.phase === 'training' && performance.now() - start < SLICE_MILLISECONDS);
    return report;
  });
}

function timed(now: Run, work: (trainer: Trainer) => Report): Report {
  const before = now.trainer.report().step;
  const start = performance.now();
  const report = work(now.trainer);
  const took = performance.now() - start;
  now.workedMilliseconds += took;
  // What is made again was counted when it was made first.
  if (now.catchingUp) return report;
  now.trainedMilliseconds += took;
  now.trainedSteps += report.step - before;
  now.epochClock.note(report, now.trainedMilliseconds);
  return report;
}
