// Why a file did not load: a record, for the page to put into the visitor's words.
import { recordOf, type Failure } from '../failure-record';
import type { FileProblem } from '../pkg/atelier';
import type { IdxNumbers, OtherFile } from './file-kind';

/** What the network can do to a file; what can be wrong inside it is the engine's `FileProblem`. */
export type TransferProblem =
  | { kind: 'missing' }
  | { kind: 'refused'; status: number }
  | { kind: 'connection-lost'; bytesReceived: number; bytesTotal: number | null }
  | { kind: 'changed' }
  | { kind: 'truncated-gzip' }
  | { kind: 'damaged-gzip' }
  /** Bytes that are neither padding nor another member. */
  | { kind: 'after-gzip' }
  /** A visitor's own file that was there when it was chosen. */
  | { kind: 'unreadable' }
  | { kind: 'no-idx'; what: OtherFile }
  /** IDX, but not of bytes, or neither images nor labels by its dimensions. */
  | { kind: 'idx-of'; numbers: IdxNumbers; sizes: number[] }
  | { kind: 'idx-reversed' }
  /** A visitor's own files do not make one or two pairs of images and labels. */
  | { kind: 'unpaired'; images: number; labels: number }
  /** They make two, in two ways. */
  | { kind: 'unclear-pairs' };

export type LoadProblem = TransferProblem | FileProblem;

/** One file, and what is wrong with it. The message is the same in English, for logs and tests. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure';
  /** What crosses threads, as for every failure. */
  readonly record: Failure;

  constructor(
    readonly file: string,
    readonly problem: LoadProblem,
    message?: string,
  ) {
    super(message ?? `${file} ${sentence(problem)}.`);
    this.record = { kind: 'file', file, problem };
  }
}

/** The engine's error about a file as a `LoadFailure`; null for any other error. */
export function failureOf(error: unknown): LoadFailure | null {
  if (error instanceof LoadFailure) return error;
  const record = recordOf(error);
  if (record?.kind !== 'file') return null;
  return new LoadFailure(record.file, record.problem, error instanceof Error ? error.message : undefined);
}

function sentence(problem: LoadProblem): string {
  switch (problem.kind) {
    case 'missing':
      return 'is not there (404)';
    case 'refused':
      return `was refused by the server (${problem.status})`;
    case 'connection-lost':
      return problem.bytesTotal === null
        ? `stopped arriving after ${problem.bytesReceived} bytes: the connection was lost`
        : `stopped arriving after ${problem.bytesReceived} of ${problem.bytesTotal} bytes: the connection was lost`;
    case 'changed':
      return 'changed on the server while it was being fetched';
    case 'truncated-gzip':
      return 'is cut short: its gzip data ends too early';
    case 'damaged-gzip':
      return 'is damaged: its gzip data cannot be decompressed';
    case 'unpaired':
      return `make no pair: ${problem.images} of images and ${problem.labels} of labels, but one or two of each are needed`;
    default:
      return `cannot be used (${problem.kind})`;
  }
}
