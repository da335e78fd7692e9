// Says how many batches are due by the clock, at a pace slower than the machine's own.

/** Of what a slow machine could not keep up with, more than this time's worth is let go. */
const MOST_SECONDS = 0.1;

export class Metronome {
  /** A part of a batch included. */
  private due = 0;

  /** `now` in milliseconds, as everywhere here. */
  constructor(
    private readonly batchesPerSecond: number,
    private now: number,
  ) {}

  /** Whole batches that are due. */
  count(now: number): number {
    const { batchesPerSecond } = this;
    const most = 1 + batchesPerSecond * MOST_SECONDS;
    this.due = Math.min(this.due + ((now - this.now) / 1000) * batchesPerSecond, most);
    this.now = now;
    return Math.floor(this.due);
  }

  /** One of them was made. */
  done() {
    this.due -= 1;
  }
}
