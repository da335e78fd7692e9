// The page's side of the workers. Rooms call what a worker offers as plain
// asynchronous functions, typed from the worker's own; they never see a worker.
import * as Comlink from 'comlink';
import { EngineMissing, notStarted, type EngineStopped } from './errors';
import { guarded } from './guard';
import { engineModule } from './module';
import { trustedScript } from '../parts/trusted';
import type { Subjects } from './worker';
import workerScript from './worker.ts?worker&url';

/** `trainer` holds the data set and trains; `lab` answers quickly while it does. */
export type Role = 'trainer' | 'lab';

type Asynchronous<F> = F extends (...given: infer Given) => infer Result
  ? (...given: Given) => Promise<Awaited<Result>>
  : never;

/** The worker's subjects with every function made asynchronous. */
export type Engine = {
  [Subject in keyof Subjects]: { [Name in keyof Subjects[Subject]]: Asynchronous<Subjects[Subject][Name]> };
};

interface Running {
  engine: Promise<Engine>;
  /** Ends its thread; what it has not answered is rejected. */
  end(): void;
}

/** A new worker of nobody's role: whoever makes it ends it. For pools. */
export function startEngine(
  name: string,
  ended: (why: EngineStopped | EngineMissing) => void = () => undefined,
): Running {
  const worker = new Worker(trustedScript(workerScript), { type: 'module', name });
  const remote = Comlink.wrap(worker) as unknown as Engine;
  const guard = guarded<Engine>(remote, (why) => {
    worker.terminate();
    ended(why);
  });
  const engine = new Promise<Engine>((resolve, reject) => {
    // A script that cannot be fetched or parsed never answers: it fires this instead.
    worker.addEventListener('error', () => reject(new EngineMissing('unreachable', 'no worker')), {
      once: true,
    });
    engineModule()
      .then((module) => remote.engine.start(module))
      .then(
        () => resolve(guard.engine),
        (error: unknown) => reject(notStarted(error)),
      );
  });
  engine.catch(() => undefined);
  const end = () => {
    worker.terminate();
    guard.end();
  };
  return { engine, end };
}

const running = new Map<Role, Running & { isAskedFor: boolean }>();

/** The engine of a role, started at first use, and again at the next one when it did not start or has stopped. */
export function engineOf(role: Role): Promise<Engine> {
  if (stops.areTooMany(role)) return Promise.reject(new EngineMissing('stopping', role));
  const found = running.get(role) ?? start(role);
  found.isAskedFor = true;
  return found.engine;
}

function start(role: Role): Running & { isAskedFor: boolean } {
  const starting = {
    ...startEngine(role, (why) => {
      running.delete(role);
      if (why instanceof EngineMissing) engineMissing(why);
      else engineStopped(role);
    }),
    isAskedFor: false,
  };
  starting.engine.then(wake, (error: EngineMissing) => {
    starting.end();
    if (running.get(role) === starting) running.delete(role);
    if (starting.isAskedFor) engineMissing(error);
  });
  running.set(role, starting);
  return starting;
}

/** Starts the lab, and loads what it loads on demand, before anybody asks: nothing is said if it cannot be had. */
export async function prepareLab(): Promise<void> {
  // One that stops again and again is started at the visitor's wish only.
  if (stops.areTooMany('lab')) return;
  const lab = running.get('lab') ?? start('lab');
  await (await lab.engine).graph.prepare();
}

/** An engine that stops at what it is asked first would be started for ever. */
const MOST_STOPS = 3;
const STOPS_MILLISECONDS = 60_000;

class Stops {
  private times = new Map<string, number[]>();

  private recent(of: string): number[] {
    const since = performance.now() - STOPS_MILLISECONDS;
    return (this.times.get(of) ?? []).filter((time) => time > since);
  }
  note(of: string) {
    this.times.set(of, [...this.recent(of), performance.now()]);
  }
  areTooMany(of: string): boolean {
    return this.recent(of).length >= MOST_STOPS;
  }
  forget() {
    this.times.clear();
  }
}
const stops = new Stops();

/** Which engine stopped: a role's, or the one on the page's own thread. */
export type Stopped = Role | 'here';

const crashListeners = new Set<(stopped: Stopped, isStartedAgain: boolean) => void>();
const missingListeners = new Set<(error: EngineMissing) => void>();

/**
 * Calls `listener` after an engine stopped by a mistake of ours; the next `engineOf` starts a fresh one, unless it
 * stopped too often.
 */
export function onCrash(listener: (stopped: Stopped, isStartedAgain: boolean) => void): () => void {
  crashListeners.add(listener);
  return () => crashListeners.delete(listener);
}

/** Calls `listener` whenever an engine did not start. */
export function onMissing(listener: (error: EngineMissing) => void): () => void {
  missingListeners.add(listener);
  return () => missingListeners.delete(listener);
}

/** An engine panicked and is never called again: its memory is in an unknown state. */
export function engineStopped(which: Stopped) {
  stops.note(which);
  const areTooMany = stops.areTooMany(which);
  for (const listener of crashListeners) listener(which, !areTooMany);
  if (areTooMany) engineMissing(new EngineMissing('stopping', which));
}

function engineMissing(error: EngineMissing) {
  for (const listener of missingListeners) listener(error);
}

/** What waits for an engine that is missing. */
const waiting = new Set<() => void>();

/** Calls `again` once it is worth asking again: at the visitor's wish, or because an engine has started. */
export function whenWorthAsking(again: () => void) {
  waiting.add(again);
}

function wake() {
  const all = [...waiting];
  waiting.clear();
  for (const again of all) again();
}

/** The visitor wants missing engines to be asked for again. */
export function askAgain() {
  stops.forget();
  wake();
}
