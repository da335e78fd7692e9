// The engine on the page's own thread, for work that is shorter than a message to a worker and back.
//
// Reading one drawing takes a fraction of a millisecond; waiting for another thread to wake takes several, and
// a frame may be missed for it. Anything that takes longer belongs to a worker: see `client.ts`.
import * as reading from './api/reading';
import { engineOf, engineStopped, type Engine } from './client';
import { notStarted } from './errors';
import { guarded } from './guard';
import { engineModule } from './module';
import init from './pkg/atelier';

export type Here = Engine['reading'];
export { prefetch } from './api/reading';

let started: Promise<Here> | null = null;
/** Stopped by a mistake of ours. A page has one engine of its own: from then on the lab's does its work. */
let isStopped = false;

/** Whether it is the lab's engine that works in place of the page's. */
export const hereIsLab = () => isStopped;

/** The page's engine, started at first use; after a failure the next call tries again. */
export async function engineHere(): Promise<Here> {
  if (isStopped) return (await engineOf('lab')).reading;
  started ??= start();
  return started;
}

async function start(): Promise<Here> {
  try {
    await init({ module_or_path: await engineModule() });
  } catch (error) {
    started = null;
    throw notStarted(error);
  }
  const { engine } = guarded<{ reading: Here }>({ reading }, () => {
    isStopped = true;
    engineStopped('here');
  });
  return engine.reading;
}
