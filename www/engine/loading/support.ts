// For the tests of this folder: the real engine, made-up files, and servers that misbehave.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { IdxReader, initSync } from '../pkg/atelier';

initSync({ module: readFileSync(new URL('../pkg/atelier_bg.wasm', import.meta.url)) });

export const reader = (name: string, kind: 'images' | 'labels') => new IdxReader(name, kind);

/** An IDX header: the magic number, then the sizes. */
export function header(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, position) => bytes.writeUInt32BE(number, 4 * position));
  return bytes;
}

export function labels(count: number): Buffer {
  return Buffer.concat([
    header(2049, count),
    Buffer.from(Array.from({ length: count }, (_, index) => index % 10)),
  ]);
}

export function images(count: number): Buffer {
  // Noise does not compress, so that gzip has many bytes to break in.
  let state = 1;
  const noise = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const pixels = Buffer.from(Array.from({ length: count * 784 }, noise));
  return Buffer.concat([header(2051, count, 28, 28), pixels]);
}

export const gzip = (bytes: Buffer) => gzipSync(bytes);

export interface Served {
  status?: number;
  headers?: Record<string, string>;
  body: Uint8Array;
  /** The connection breaks after so many bytes of this answer. */
  breaksAfter?: number;
  /** The connection goes silent after so many bytes of this answer. */
  silentAfter?: number;
  /** Bytes a piece. */
  piece?: number;
}

/** A fetch that gives these answers in turn (an Error stands for no answer), and records what it was asked. */
export function server(...answers: (Served | Error | ((headers: Record<string, string>) => Served))[]) {
  const asked: Record<string, string>[] = [];
  const fetchIt = (_url: unknown, init?: RequestInit): Promise<Response> => {
    const headers = { ...(init?.headers as Record<string, string>) };
    const given = answers[asked.length];
    asked.push(headers);
    if (!given) return Promise.reject(new Error('asked too often'));
    if (given instanceof Error) return Promise.reject(given);
    const served = typeof given === 'function' ? given(headers) : given;
    return Promise.resolve(
      new Response(bodyOf(served), { status: served.status ?? 200, headers: served.headers ?? {} }),
    );
  };
  return { fetch: fetchIt as typeof fetch, asked };
}

function bodyOf({ body, breaksAfter, silentAfter, piece = 4096 }: Served): ReadableStream<Uint8Array> {
  let sent = 0;
  const limit = breaksAfter ?? silentAfter ?? body.length;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent < limit) {
        const end = Math.min(sent + piece, limit);
        controller.enqueue(Uint8Array.from(body.subarray(sent, end)));
        sent = end;
      } else if (breaksAfter !== undefined) controller.error(new TypeError('network error'));
      else if (silentAfter === undefined) controller.close();
      else return new Promise<void>(() => undefined);
      return undefined;
    },
  });
}
