// Gzip as the format allows it: one member after another (RFC 1952, 2.2), padded with zeros or not. The
// browser's own decompressor takes a single member and nothing after it: enough for the page's files, not for
// a visitor's, which `cat a.gz b.gz`, a tape, or a tool that compresses in blocks may have made.
import { ZStream, Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END } from 'pako';
import { zlibInflate, zlibInflateInit2, zlibInflateReset } from 'pako';
import { LoadFailure } from './failure';

/** zlib's word for gzip and nothing else, with the largest window. */
const GZIP = 16 + 15;
const OUTPUT_BYTES = 65_536;
/** The first byte of a member. */
const MAGIC = 0x1f;

/** Decompresses piece by piece: it never holds more than a piece of each side. */
export async function* gunzipMembers(
  bytes: AsyncIterable<Uint8Array<ArrayBuffer>>,
  file: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP);
  let isOver = false;
  for await (const chunk of bytes) {
    stream.input = chunk;
    stream.next_in = 0;
    stream.avail_in = chunk.length;
    for (;;) {
      if (isOver) {
        while (stream.avail_in > 0 && chunk[stream.next_in] === 0) {
          stream.next_in += 1;
          stream.avail_in -= 1;
        }
        if (stream.avail_in === 0) break;
        if (chunk[stream.next_in] !== MAGIC) throw new LoadFailure(file, { kind: 'after-gzip' });
        zlibInflateReset(stream);
        isOver = false;
      }
      if (stream.avail_out === 0) {
        stream.output = new Uint8Array(OUTPUT_BYTES);
        stream.next_out = 0;
        stream.avail_out = OUTPUT_BYTES;
      }
      const start = stream.next_out;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR)
        throw new LoadFailure(file, { kind: 'damaged-gzip' });
      if (stream.next_out > start) yield stream.output.subarray(start, stream.next_out);
      isOver = status === Z_STREAM_END;
      // All in, and room left in the output: nothing is held back.
      if (!isOver && stream.avail_in === 0 && stream.avail_out > 0) break;
    }
  }
  if (!isOver) throw new LoadFailure(file, { kind: 'truncated-gzip' });
}
