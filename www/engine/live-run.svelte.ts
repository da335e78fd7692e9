// The present run as its worker tells of it: where it stands, its curves and pictures.
import type { Cost, Pictures, Progress } from './api/training';
import { Curves } from './curves';
import type { EpochRecord, Report } from './pkg/atelier';

export class LiveRun {
  report = $state.raw<Report | null>(null);
  epochs = $state.raw<EpochRecord[]>([]);
  pictures = $state.raw<Pictures | null>(null);
  playing = $state(false);
  /** While steps that were made before are made again: from which, to which. */
  catchingUp = $state.raw<{ from: number; to: number } | null>(null);
  /** Time spent on training since the run was begun or taken up here, and the updates made in it. */
  trainedMilliseconds = $state(0);
  trainedSteps = $state(0);
  /** Milliseconds of each finished epoch; null where it was not seen whole. */
  epochMilliseconds = $state.raw<(number | null)[]>([]);
  /** Accuracy on the test images, each time the final exam was taken in this run. */
  exams = $state.raw<number[]>([]);
  /** Size of the network, the work of a step, and the memory it will take. */
  cost = $state.raw<Cost | null>(null);
  /** A hash of every weight's bits; null while they change. */
  hash = $state<string | null>(null);
  /** Counts up when `curves` has new numbers. */
  drawn = $state(0);
  readonly curves = new Curves();

  protected take(progress: Progress) {
    this.report = progress.report;
    this.catchingUp = progress.catchingUp;
    this.playing = progress.playing && !progress.catchingUp;
    this.trainedMilliseconds = progress.trainedMilliseconds;
    this.trainedSteps = progress.trainedSteps;
    this.hash = progress.hash;
    if (progress.exams.length !== this.exams.length) this.exams = progress.exams;
    if (progress.epochs) {
      this.epochs = progress.epochs;
      this.epochMilliseconds = progress.epochMilliseconds;
    }
    if (progress.pictures) this.pictures = progress.pictures;
    this.curves.take(progress);
    this.drawn++;
  }

  protected forget() {
    this.report = null;
    this.epochs = [];
    this.pictures = null;
    this.playing = false;
    this.catchingUp = null;
    this.trainedMilliseconds = 0;
    this.trainedSteps = 0;
    this.epochMilliseconds = [];
    this.exams = [];
    this.cost = null;
    this.hash = null;
    this.curves.clear();
    this.drawn++;
  }
}
