// Why a run is not kept, as a record: the page words it.

export type Failure =
  /** This browser has no store for this page, or forbids it. */
  | 'unavailable'
  /** Another tab has an older version of this page, which does not let go of the store. */
  | 'older-page'
  /** A newer version of this page has been here: the store is the newer one's now. */
  | 'newer-page'
  /** No room. */
  | 'full'
  /** Asked, it does not answer. */
  | 'silent'
  /** Anything else. */
  | 'broken';

export class StoreError extends Error {
  constructor(
    readonly failure: Failure,
    reason: string,
  ) {
    super(reason);
    this.name = 'StoreError';
  }
}

/** What an error of the store, or of its opening, comes down to. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StoreError) return error.failure;
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'broken';
}
