// How long a load will still take, from how fast it has been lately.

const WINDOW_MILLISECONDS = 4000;
const SHORTEST_MILLISECONDS = 400;

export class TimeLeft {
  private readings: { at: number; received: number }[] = [];

  /** Notes that `received` bytes were there at the time `at` (milliseconds). */
  note(at: number, received: number) {
    this.readings.push({ at, received });
    // One reading older than the window stays, so that a slow line has a rate as well.
    while (this.readings.length > 2 && at - (this.readings[1]?.at ?? at) > WINDOW_MILLISECONDS)
      this.readings.shift();
  }

  /** Milliseconds until `total`, or null while there is too little to go by. */
  until(total: number): number | null {
    const first = this.readings[0];
    const last = this.readings.at(-1);
    if (!first || !last || last.at - first.at < SHORTEST_MILLISECONDS) return null;
    const rate = (last.received - first.received) / (last.at - first.at);
    return rate > 0 ? Math.max(0, total - last.received) / rate : null;
  }
}
