// The engine on the page's own thread, for work that is shorter than a message to a worker and back.
//
// Reading one drawing takes a fraction of a millisecond; waiting for another thread to wake takes several, and
// a frame may be missed for it. Anything that takes longer belongs to a worker: see `client.ts`.
import * as reading from './api/reading';
import init from './pkg/atelier';

export type Here = typeof reading;
export { prefetch } from './api/reading';

let started: Promise<Here> | null = null;

/** The page's engine, started at first use; after a failure the next call tries again. */
export function engineHere(): Promise<Here> {
  started ??= init().then(
    () => reading,
    (error: unknown) => {
      started = null;
      throw error;
    },
  );
  return started;
}
