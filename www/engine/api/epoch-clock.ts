// How long each epoch took, for those that were seen whole.

/** Of a report: where the run stands. */
export interface Standing {
  step: number;
  finishedEpochs: number;
  batchesPerEpoch: number;
}

export class EpochClock {
  /** Milliseconds of each finished epoch, by its number − 1; null where it was not seen from its first batch on. */
  milliseconds: (number | null)[] = [];
  /** Milliseconds of training at the present epoch's first batch; null where that was not seen. */
  private start: number | null = null;

  /** For a run at its start, or one that goes on from where it was kept. */
  constructor({ step, finishedEpochs, batchesPerEpoch }: Standing) {
    this.milliseconds = new Array<null>(finishedEpochs).fill(null);
    this.start = step === finishedEpochs * batchesPerEpoch ? 0 : null;
  }

  /** The run moved on, or back; `trainedMilliseconds` since the clock was made. */
  note({ finishedEpochs }: Standing, trainedMilliseconds: number) {
    const known = this.milliseconds;
    if (finishedEpochs > known.length) {
      const missed = new Array<null>(finishedEpochs - known.length - 1).fill(null);
      const took = this.start === null || missed.length > 0 ? null : trainedMilliseconds - this.start;
      this.milliseconds = [...known, ...missed, took];
      this.start = trainedMilliseconds;
    } else if (finishedEpochs < known.length) {
      this.milliseconds = known.slice(0, finishedEpochs);
      this.start = null;
    }
  }
}
