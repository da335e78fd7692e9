// Gzip or not: the bytes say it, not the name.
import { LoadFailure } from './failure';

export type Bytes = Uint8Array<ArrayBuffer>;
/** Decompresses gzip as it comes; `file` is for messages. */
export type Gunzip = (bytes: AsyncIterable<Bytes>, file: string) => AsyncGenerator<Bytes>;

/**
 * Passes bytes on, decompressed where they begin as gzip does (1f 8b). A host that serves `.gz` files
 * with Content-Encoding has them decompressed by the browser already, and the same code reads both.
 */
export async function* decompressed(
  bytes: AsyncIterable<Bytes>,
  file: string,
  gunzip: Gunzip = gunzipped,
): AsyncGenerator<Bytes> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Bytes[] = [];
  let opening: number[] = [];
  let ended = false;
  while (opening.length < 2 && !ended) {
    const { done, value } = await iterator.next();
    if (done) ended = true;
    else {
      first.push(value);
      opening = [...opening, ...value.subarray(0, 2)];
    }
  }
  const next = async (): Promise<IteratorResult<Bytes>> => {
    const value = first.shift();
    if (value) return { done: false, value };
    return ended ? { done: true, value: undefined } : iterator.next();
  };
  const all = { [Symbol.asyncIterator]: () => ({ next }) };
  try {
    if (opening[0] === 0x1f && opening[1] === 0x8b) yield* gunzip(all, file);
    else yield* all;
  } finally {
    await iterator.return?.();
  }
}

async function* gunzipped(bytes: AsyncIterable<Bytes>, file: string): AsyncGenerator<Bytes> {
  const gunzip = new DecompressionStream('gzip');
  const writer = gunzip.writable.getWriter();
  let sourceFailure: unknown = null;
  let closing = false;
  const pump = (async () => {
    try {
      for await (const chunk of bytes) await writer.write(chunk);
    } catch (error) {
      // Either the download's failure, or the decompressor's, which the readable side throws as well.
      sourceFailure = error;
      await writer.abort(error).catch(() => undefined);
      return;
    }
    closing = true;
    await writer.close().catch(() => undefined);
  })();
  const reader = gunzip.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value as Bytes;
    }
  } catch (error) {
    const endsTooEarly = truncated(error, closing);
    await pump;
    if (sourceFailure instanceof LoadFailure) throw sourceFailure;
    throw new LoadFailure(file, { kind: endsTooEarly ? 'truncated-gzip' : 'damaged-gzip' });
  } finally {
    // When the engine refuses the file, nothing more of it is fetched.
    reader.cancel().catch(() => undefined);
  }
}

/**
 * Browsers resolve a write only once its bytes are decompressed, so what fails after all were written
 * is the end. Node resolves it sooner, but names zlib's own code.
 */
function truncated(error: unknown, allWritten: boolean): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code === 'Z_BUF_ERROR' : allWritten;
}
