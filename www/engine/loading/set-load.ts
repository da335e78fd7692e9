// Loads the files of a data set together, and lets what failed be tried again
// without touching what has arrived.
import { loadIdx, type LoadOptions, type Reader } from './load-idx';
import { failureOf } from './failure';
import { SetProgress, type LoadProgress, type Part } from './set-progress';

export interface SetFile {
  part: Part;
  kind: 'images' | 'labels';
  url: string;
  /** So many of its items come at once, the rest after the files that are wanted whole: they share one line. */
  atOnce?: number;
}

export interface DisposableReader extends Reader {
  free(): void;
}

/** The page hears of progress at most so often. */
const REPORT_MILLISECONDS = 80;

export class SetLoad<R extends DisposableReader> {
  /** The reader of each file now; it may still be filling. */
  readonly readers = new Map<SetFile, R>();
  readonly progress: SetProgress;
  private outcome: Promise<R[]> | null = null;
  private resumes: (() => void)[] = [];
  private reject: (failure: unknown) => void = () => undefined;
  private reportedAt = -Infinity;
  private release: () => void = () => undefined;
  /** Resolves when the files that are wanted whole are here, or when one of them is not to be had. */
  private readonly released = new Promise<void>((release) => (this.release = release));
  private readonly wantedWhole = new Set<SetFile>();
  private listener: (progress: LoadProgress) => void = () => undefined;

  constructor(
    private files: SetFile[],
    private makeReader: (file: SetFile, name: string) => R,
    private options: LoadOptions = {},
  ) {
    const imageFile = (part: Part) => {
      const file = files.find((file) => file.part === part && file.kind === 'images');
      return file ? nameOf(file.url) : '';
    };
    for (const file of files) if (file.atOnce === undefined) this.wantedWhole.add(file);
    this.progress = new SetProgress({ train: imageFile('train'), test: imageFile('test') }, files.length);
  }

  /**
   * Starts the load, or goes on with it after a failure; resolves with the finished readers in the
   * order of the files. Rejects with the first `LoadFailure`; the other files go on arriving.
   */
  run(listener: (progress: LoadProgress) => void): Promise<R[]> {
    this.listener = listener;
    const interrupted = new Promise<never>((_, reject) => (this.reject = reject));
    this.outcome ??= Promise.all(this.files.map((file) => this.keepLoading(file)));
    for (const resume of this.resumes.splice(0)) resume();
    return Promise.race([this.outcome, interrupted]);
  }

  private async keepLoading(file: SetFile): Promise<R> {
    for (;;) {
      const reader = this.makeReader(file, nameOf(file.url));
      this.readers.set(file, reader);
      try {
        await loadIdx(file.url, reader, {
          ...this.options,
          onProgress: (progress) => this.report(() => this.progress.note(progress, performance.now())),
          whenToGoOn: ({ itemsReceived }) =>
            itemsReceived < (file.atOnce ?? Infinity) ? undefined : this.released,
          whenLost: (failure) => this.pause(failure),
        });
        this.wantedWhole.delete(file);
        if (this.wantedWhole.size === 0) this.release();
        this.reportedAt = -Infinity;
        this.report(() => undefined);
        return reader;
      } catch (error) {
        // A mistake of ours is no reason to fetch again.
        if (!failureOf(error)) throw error;
        this.readers.delete(file);
        reader.free();
        await this.pause(error);
      }
    }
  }

  private pause(failure: unknown): Promise<void> {
    this.release();
    return new Promise((resume) => {
      this.resumes.push(resume);
      this.reject(failure);
    });
  }

  private report(note: () => void) {
    note();
    const now = performance.now();
    if (now - this.reportedAt < REPORT_MILLISECONDS) return;
    this.reportedAt = now;
    this.listener(this.progress.now());
  }
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
