// How the worker's longer jobs share it: a slice, then whatever waits.

/** A slice is shorter than a frame: what a visitor does meanwhile is heard after one, far below 50 ms. */
export const SLICE_MILLISECONDS = 10;

const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();

/** Lets waiting messages in; a timer would wait 4 ms for nothing. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });
}

export interface Slices {
  /** Says how far it is: after the first slice, the last, and between them once in `every` milliseconds. */
  report?: () => void;
  every?: number;
  /** Whether anybody waits for it still: another job took its place, the visitor left. */
  isWanted?: () => boolean;
  /** Milliseconds to leave the machine idle before the next slice. */
  rest?: () => number;
}

/**
 * Does `work` slice by slice, each of about so many milliseconds, until it says that all is done: true then, and false
 * when it was no longer wanted.
 */
export async function sliced(
  work: (milliseconds: number) => boolean,
  { report, every = 100, isWanted, rest }: Slices = {},
): Promise<boolean> {
  let reportedAt = -Infinity;
  for (;;) {
    const isDone = work(SLICE_MILLISECONDS);
    const now = performance.now();
    if (report && (isDone || now - reportedAt >= every)) {
      reportedAt = now;
      report();
    }
    if (isDone) return true;
    const milliseconds = rest?.() ?? 0;
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    else await nextTurn();
    if (isWanted && !isWanted()) return false;
  }
}

/** For work in small pieces: as many as fit into a slice; true when a piece was the last. */
export function fill(milliseconds: number, piece: () => boolean): boolean {
  const start = performance.now();
  for (;;) {
    if (piece()) return true;
    if (performance.now() - start >= milliseconds) return false;
  }
}
