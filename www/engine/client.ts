// The page's side of the workers. Rooms call what a worker offers as plain
// asynchronous functions, typed from the worker's own; they never see a worker.
import * as Comlink from 'comlink';
import type { Subjects } from './worker';

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
  worker: Worker;
  engine: Promise<Engine>;
}

const running = new Map<Role, Running>();
const crashListeners = new Set<(role: Role) => void>();

/** A new worker of nobody's role: whoever makes it ends it. For pools. */
export function startEngine(name: string): Running {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
  const remote = Comlink.wrap(worker) as unknown as Engine;
  const engine = new Promise<Engine>((resolve, reject) => {
    // A script that cannot be fetched or parsed never answers: it fires this instead.
    worker.addEventListener('error', () => reject(new EngineMissing(false, 'no worker')), { once: true });
    // The remote is a proxy that answers to `then` as well: it must not be awaited itself.
    remote.engine.ready().then(
      () => resolve(guarded(remote)),
      (error: unknown) => reject(notStarted(error)),
    );
  });
  engine.catch(() => undefined);
  return { worker, engine };
}

/** An engine that did not start. */
export class EngineMissing extends Error {
  /** `isUnable`: this browser cannot run it; else it could not be fetched. */
  constructor(
    readonly isUnable: boolean,
    reason: string,
  ) {
    super(reason);
  }
}

/** What a browser throws that has no WebAssembly, or cannot compile this one. */
const UNABLE = ['ReferenceError', 'CompileError', 'LinkError'];

function notStarted(error: unknown): EngineMissing {
  if (!(error instanceof Error)) return new EngineMissing(false, String(error));
  return new EngineMissing(UNABLE.includes(error.name), error.message);
}

/** The engine of a role, started at first use, and again at the next one when it did not start. */
export function engineOf(role: Role): Promise<Engine> {
  let found = running.get(role);
  if (!found) {
    const starting = startEngine(role);
    starting.engine.catch(() => {
      starting.worker.terminate();
      if (running.get(role) === starting) running.delete(role);
    });
    running.set(role, starting);
    found = starting;
  }
  return found.engine;
}

/** Calls `listener` after an engine stopped by a mistake of ours; the next `engineOf` starts a fresh one. */
export function onCrash(listener: (role: Role) => void): () => void {
  crashListeners.add(listener);
  return () => crashListeners.delete(listener);
}

/** Ends a crashed engine. A panic leaves its memory in an unknown state: it is never called again. */
export function crashed(role: Role) {
  const found = running.get(role);
  if (!found) return;
  found.worker.terminate();
  running.delete(role);
  for (const listener of crashListeners) listener(role);
}

/** True for what a panic in the engine throws, false for the engine's own errors. */
export function isPanic(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}

/** Plain objects instead of Comlink's proxies, so that an engine can be resolved from a promise. */
function guarded(remote: Engine): Engine {
  const subject = (name: keyof Engine) =>
    new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : Reflect.get(remote[name], key)) });
  return new Proxy({} as Engine, {
    get: (_, key) => (key === 'then' ? undefined : subject(key as keyof Engine)),
  });
}
