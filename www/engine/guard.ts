// Every call to an engine passes here, so that a panic is noticed once, whoever asked and whatever becomes of the error.

/** The engine stopped by a mistake of ours. That was said when it was noticed: whoever asked has nothing to add. */
export class EngineStopped extends Error {
  /** `isCause`: at this question; else at another's, and a fresh engine may be asked the same. */
  constructor(readonly isCause: boolean) {
    super('the engine stopped');
  }
}

/**
 * What an engine says that is called again after a panic, or whose objects were mixed up, and what a browser says of
 * one that ran out of stack. Its memory is in an unknown state in each case.
 */
const BROKEN = [
  'recursive use of an object detected',
  'null pointer passed to rust',
  'attempted to take ownership of Rust value while it was borrowed',
  // Chromium and WebKit, Firefox.
  'Maximum call stack size exceeded',
  'too much recursion',
];

/** True for what a panic in the engine throws and for what follows from one, false for the engine's own errors. */
export function isPanic(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'RuntimeError' || BROKEN.some((text) => error.message.includes(text));
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
 * hears `EngineStopped`, and so does everybody who waits: an ended worker never answers. `stopped` is called before.
 */
export function guarded<Engine>(remote: object, stopped: () => void): Guarded<Engine> {
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
          if (!isPanic(error)) return reject(error as Error);
          stopped();
          reject(new EngineStopped(true));
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
