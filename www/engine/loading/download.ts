// The bytes of one file, through lost connections.
import { LoadFailure } from './failure';

export interface DownloadOptions {
  fetch?: typeof fetch;
  /** Called after each piece. `bytesTotal` is null where the server does not say. */
  onBytes?: (bytesReceived: number, bytesTotal: number | null) => void;
  /** Milliseconds to wait before each new attempt after the connection was lost. */
  waits?: number[];
  /** A connection that brings nothing for so long counts as lost. */
  stallMilliseconds?: number;
  /**
   * Called when the connection was lost and all waits are used up. The download stays as it is;
   * resolve to go on from there, reject to give up. Without it the failure is thrown at once.
   */
  whenLost?: (failure: LoadFailure) => Promise<void>;
}

/** The last part of an address, as a person would call the file. */
export function fileName(url: string): string {
  const path = url.split(/[?#]/)[0] ?? url;
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) || url;
}

/**
 * Yields a file's bytes in order. When the connection breaks it asks for the rest (HTTP Range, only
 * if the file is unchanged); from a server that sends the whole file again, what is already here is
 * skipped. Throws a `LoadFailure`.
 */
export async function* download(
  url: string,
  options: DownloadOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { onBytes, whenLost, waits = [500, 2000, 5000], stallMilliseconds = 20_000 } = options;
  const file = fileName(url);
  const request = options.fetch ?? fetch;
  let received = 0;
  let known: Version | null = null;
  let attempt = 0;

  for (;;) {
    const stall = new Stall(stallMilliseconds);
    try {
      const headers = received > 0 && known && !known.encoded ? rangeFrom(received, known) : {};
      const response = await stall.guard(request(url, { headers, signal: stall.signal }));
      const now = versionOf(response);
      if (known && differs(known, now)) throw new LoadFailure(file, { kind: 'changed' });
      let skip = placeToGoOn(response, received, file);
      known = now;
      if (!response.body) return;
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await stall.guard(reader.read());
        if (done) break;
        const fresh = skip > 0 ? value.subarray(Math.min(skip, value.length)) : value;
        skip -= value.length - fresh.length;
        if (fresh.length === 0) continue;
        received += fresh.length;
        attempt = 0;
        onBytes?.(received, known.total);
        yield fresh;
      }
      // A body shorter than promised is a lost connection that the browser did not notice.
      if (known.total === null || received >= known.total) return;
    } catch (error) {
      if (error instanceof LoadFailure) throw error;
    } finally {
      stall.end();
    }
    const wait = waits[attempt++];
    if (wait !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      continue;
    }
    const lost = new LoadFailure(file, {
      kind: 'connection-lost',
      bytesReceived: received,
      bytesTotal: known?.total ?? null,
    });
    if (!whenLost) throw lost;
    await whenLost(lost);
    attempt = 0;
  }
}

/** What tells one version of a file from another. */
interface Version {
  /** Bytes of the whole file as they come out of `body`. */
  total: number | null;
  etag: string | null;
  modified: string | null;
  /** The browser decompresses on the way: byte counts in headers are not those of `body`. */
  encoded: boolean;
}

function versionOf(response: Response): Version {
  const encoding = response.headers.get('content-encoding');
  const encoded = encoding !== null && encoding !== 'identity';
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const length = response.status === 206 ? range?.[1] : response.headers.get('content-length');
  return {
    total: encoded || !length ? null : Number(length),
    etag: response.headers.get('etag'),
    modified: response.headers.get('last-modified'),
    encoded,
  };
}

function differs(a: Version, b: Version): boolean {
  const conflict = <T>(one: T | null, two: T | null) => one !== null && two !== null && one !== two;
  return a.encoded !== b.encoded || conflict(a.etag, b.etag) || (!a.encoded && conflict(a.total, b.total));
}

function rangeFrom(start: number, version: Version): Record<string, string> {
  // Only a strong tag may stand in If-Range; a date may stand in for it.
  const condition = version.etag && !version.etag.startsWith('W/') ? version.etag : version.modified;
  const range = { range: `bytes=${start}-` };
  return condition ? { ...range, 'if-range': condition } : range;
}

/** How many bytes of this answer are here already; throws when the answer is of no use. */
function placeToGoOn(response: Response, received: number, file: string): number {
  if (response.status === 404 || response.status === 410) throw new LoadFailure(file, { kind: 'missing' });
  // These pass by themselves: treated as a lost connection.
  if ([429, 502, 503, 504].includes(response.status)) throw new Error('try later');
  if (response.status === 416) throw new LoadFailure(file, { kind: 'changed' });
  if (!response.ok) throw new LoadFailure(file, { kind: 'refused', status: response.status });
  if (response.status !== 206) return received;
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (start === undefined || Number(start) > received) throw new LoadFailure(file, { kind: 'changed' });
  return received - Number(start);
}

/** Aborts a request that has brought nothing for some time. */
class Stall {
  private controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal = this.controller.signal;

  constructor(private milliseconds: number) {}

  /** The promise, or a rejection when it takes too long. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.controller.abort();
        reject(new Error('nothing arrived'));
      }, this.milliseconds);
      promise.then(resolve, reject).finally(() => clearTimeout(this.timer));
    });
  }

  /** Lets go of the connection. */
  end() {
    clearTimeout(this.timer);
    this.controller.abort();
  }
}
