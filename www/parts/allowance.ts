// How often something may be done that a browser counts.

/** So many at once, and one more whenever `each` milliseconds have passed. */
export class Allowance {
  private left: number;
  private at: number;

  constructor(
    private readonly most: number,
    private readonly each: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.left = most;
    this.at = now();
  }

  /** Takes one, where there is one. */
  take(): boolean {
    const now = this.now();
    this.left = Math.min(this.most, this.left + (now - this.at) / this.each);
    this.at = now;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}
