// Files that were fetched whole stay in this browser: a reload asks no host for them again, whatever it says of caching,
// and without a line they are here.
import type { Bytes } from './decompress';

/** What of the browser's own store is used here. */
export interface FileStore {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
  delete(url: string): Promise<boolean>;
}

/** A file of earlier, to be read instead of being fetched. */
export interface KeptFile {
  bytes: ReadableStream<Bytes>;
  /** Null where the host never said: it had the browser decompress the file on the way. */
  bytesTotal: number | null;
}

/** Its number changes where kept files may no longer be read as they are. */
export const STORE = 'atelier-data-1';

/** A store that does not answer for so long is not waited for: the host is asked instead. */
const PATIENCE_MILLISECONDS = 1500;

/** Keeps whole files, and never stands in the way of one: where the browser has no such store, nothing is kept. */
export class KeptFiles {
  private readonly store: Promise<FileStore | null>;
  /** Copies that are being written. */
  private readonly writing = new Map<string, Promise<void>>();

  constructor(
    open: () => Promise<FileStore> | null = openStore,
    private patience = PATIENCE_MILLISECONDS,
  ) {
    // Without https a browser has no store; a private window may refuse it.
    this.store = this.soon(
      Promise.resolve()
        .then(open)
        .catch(() => null),
    );
  }

  async find(url: string): Promise<KeptFile | null> {
    const store = await this.store;
    const found = store && (await this.soon(store.match(url).catch(() => null)));
    if (!found?.body) return null;
    const length = found.headers.get('content-length');
    return { bytes: found.body, bytesTotal: length === null ? null : Number(length) };
  }

  /** Resolves once a file's copy is written, or was given up. */
  async written(url: string): Promise<void> {
    await this.writing.get(url);
  }

  /** A copy of what cannot be read is none. */
  async forget(url: string): Promise<void> {
    const store = await this.store;
    await this.soon(
      (async () => {
        await this.writing.get(url);
        await store?.delete(url).catch(() => false);
        return null;
      })(),
    );
  }

  /**
   * Passes a file's bytes on and keeps a copy of them: the whole file, or nothing. `total` is asked when the first
   * bytes are there.
   */
  async *keeping(
    url: string,
    bytes: AsyncIterable<Bytes>,
    total: () => number | null,
  ): AsyncGenerator<Bytes> {
    const store = await this.store;
    const copy = new Copy();
    try {
      let isFirst = true;
      for await (const chunk of bytes) {
        if (store && isFirst) {
          const size = total();
          const headers: HeadersInit = size === null ? {} : { 'Content-Length': String(size) };
          // A full store ends the copy, never the file.
          const written = store.put(url, new Response(copy.stream, { headers })).catch(() => copy.stop());
          this.writing.set(
            url,
            written.finally(() => this.writing.delete(url)),
          );
        }
        if (store) copy.add(chunk);
        isFirst = false;
        yield chunk;
      }
      copy.close();
    } finally {
      // Reached first where the file broke off, or is wanted no more.
      copy.breakOff();
    }
  }

  private soon<T>(answer: Promise<T>): Promise<T | null> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), this.patience));
    return Promise.race([answer, late]);
  }
}

/** What the store reads while the file is read elsewhere. */
class Copy {
  private controller: ReadableStreamDefaultController<Bytes> | null = null;
  readonly stream = new ReadableStream<Bytes>({
    start: (controller) => void (this.controller = controller),
    cancel: () => this.stop(),
  });

  add(chunk: Bytes) {
    // Whoever reads the file may give the chunk away.
    this.controller?.enqueue(chunk.slice());
  }
  close() {
    this.controller?.close();
    this.stop();
  }
  breakOff() {
    this.controller?.error(new Error('the file is not whole'));
    this.stop();
  }
  stop() {
    this.controller = null;
  }
}

function openStore(): Promise<FileStore> | null {
  return 'caches' in globalThis ? caches.open(STORE) : null;
}
