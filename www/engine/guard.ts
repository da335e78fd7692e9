// Every call to an engine passes here, so that a panic is noticed once, whoever asked and whatever becomes of the error.

import { EngineMissing, EngineStopped, isPanic, PART_MISSING } from './errors';

/** What an error means for the engine that threw it; null for its own refusals. */
function reasonToEnd(error: unknown): EngineStopped | EngineMissing | null {
  if (isPanic(error)) return new EngineStopped(true);
  if (error instanceof Error && error.name === PART_MISSING)
    return new EngineMissing('unreachable', error.message);
  return null;
}

type Calls = Record<string, Record<string, (...given: unknown[]) => unknown>>;

/** A remote whose every function is asynchronous. */
export interface Guarded<Engine> {
  engine: Engine;
  /** From now on nobody is answered: what is under way is rejected, and so is what comes. */
  end(): void;
}

/**
 * The subjects of `remote`, a worker's by Comlink or modules of this thread. At the first panic whoever caused it
 * hears `EngineStopped`, and so does everybody who waits: an ended worker never answers. The same holds for a part
 * of the worker's script that did not arrive: only a fresh worker can try again. `ended` is called before, with why.
 */
export function guarded<Engine>(
  remote: object,
  ended: (why: EngineStopped | EngineMissing) => void,
): Guarded<Engine> {
  const waiting = new Set<(error: EngineStopped) => void>();
  let isOver = false;

  function end() {
    isOver = true;
    for (const reject of waiting) reject(new EngineStopped(false));
    waiting.clear();
  }

  function call(subject: string, name: string, given: unknown[]): Promise<unknown> {
    if (isOver) return Promise.reject(new EngineStopped(false));
    return new Promise((resolve, reject) => {
      waiting.add(reject);
      // A function of this thread may throw at once.
      new Promise((answered) => answered((remote as Calls)[subject]?.[name]?.(...given))).then(
        (answer) => {
          waiting.delete(reject);
          resolve(answer);
        },
        (error: unknown) => {
          // False when it was ended meanwhile.
          if (!waiting.delete(reject)) return;
          const why = reasonToEnd(error);
          if (!why) return reject(error as Error);
          ended(why);
          reject(why);
          end();
        },
      );
    });
  }

  // Plain objects in place of Comlink's proxies, which answer to `then` as well: these can be resolved from a promise.
  const subjectOf = (subject: string) =>
    new Proxy(
      {},
      {
        get: (_, name) =>
          name === 'then' ? undefined : (...given: unknown[]) => call(subject, String(name), given),
      },
    );
  const engine = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : subjectOf(String(name))) });
  return { engine: engine as Engine, end };
}
