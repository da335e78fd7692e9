// What can be wrong with an engine itself. Each is said once, where it is noticed; whoever asked has nothing to add.

/** It stopped by a mistake of ours. */
export class EngineStopped extends Error {
  /** `isCause`: at this question; else at another's, and a fresh engine may be asked the same. */
  constructor(readonly isCause: boolean) {
    super('the engine stopped');
  }
}

/** It did not start. */
export class EngineMissing extends Error {
  constructor(
    /** This browser cannot run it, it could not be fetched, or it stopped too often to be started once more. */
    readonly kind: 'unable' | 'unreachable' | 'stopping',
    reason: string,
  ) {
    super(reason);
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

/** What a worker throws when a part of its script, loaded on demand, did not arrive. */
export const PART_MISSING = 'PartMissing';

/** What a browser throws that has no WebAssembly, or cannot compile this one. */
const UNABLE = ['ReferenceError', 'CompileError', 'LinkError'];

/** Why an engine did not start. */
export function notStarted(error: unknown): EngineMissing {
  if (!(error instanceof Error)) return new EngineMissing('unreachable', String(error));
  return new EngineMissing(UNABLE.includes(error.name) ? 'unable' : 'unreachable', error.message);
}
