// What went wrong, as a record that crosses threads and is worded where it is shown.
import type { LoadProblem } from './loading/failure';
import type { EngineError } from './pkg/atelier';

/** What the engine refuses, and what the network does to a file. */
export type Failure =
  Exclude<EngineError, { kind: 'file' }> | { kind: 'file'; file: string; problem: LoadProblem };

/** An error's record; null for one of JavaScript's own. */
export function recordOf(error: unknown): Failure | null {
  return error instanceof Error && 'record' in error ? (error.record as Failure) : null;
}
