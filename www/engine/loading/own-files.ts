// A visitor's own files: what each of them is, and its bytes. The bytes say it, names do not.
import { IdxReader } from '../pkg/atelier';
import { decompressed } from './decompress';
import { failureOf, LoadFailure } from './failure';
import { kindOf, OPENING_BYTES } from './file-kind';
import { gunzipMembers } from './gunzip-members';
import { feed, pieces, type Reader } from './load-idx';

export interface OwnFile {
  file: File;
  kind: 'images' | 'labels';
  /** Items by the header. */
  count: number;
}

/**
 * Reads a file's header. Throws a `LoadFailure` that says what the file is when it is none of ours, and when
 * its header promises what the engine does not take: before anything else of it is read.
 */
export async function identify(file: File): Promise<OwnFile> {
  const opening = await openingOf(file);
  const found = kindOf(opening);
  switch (found.kind) {
    case 'other':
      throw new LoadFailure(file.name, { kind: 'no-idx', what: found.what });
    case 'gzip':
      throw new LoadFailure(file.name, { kind: 'still-compressed' });
    case 'idx-reversed':
      throw new LoadFailure(file.name, { kind: 'idx-reversed' });
    case 'idx': {
      const { numbers, dimensions, sizes } = found;
      if (numbers !== 'uint8' || (dimensions !== 1 && dimensions !== 3))
        throw new LoadFailure(file.name, { kind: 'idx-of', numbers, sizes });
      const kind = dimensions === 1 ? 'labels' : 'images';
      askEngine(file.name, kind, opening.subarray(0, 4 + 4 * dimensions), sizes.length < dimensions);
      return { file, kind, count: sizes[0] ?? 0 };
    }
  }
}

/** Feeds all of a file to `reader`. */
export async function readOwnFile(file: File, reader: Reader): Promise<void> {
  await feed(bytesOf(file), reader, () => undefined);
}

async function openingOf(file: File): Promise<Uint8Array> {
  const opening = new Uint8Array(OPENING_BYTES);
  let length = 0;
  for await (const chunk of bytesOf(file)) {
    const piece = chunk.subarray(0, OPENING_BYTES - length);
    opening.set(piece, length);
    length += piece.length;
    if (length === OPENING_BYTES) break;
  }
  return opening.subarray(0, length);
}

function bytesOf(file: File): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return decompressed(stored(file), file.name, gunzipMembers);
}

/** What lies on the disk. It may have changed, or gone, since the visitor chose it; a folder has no bytes. */
async function* stored(file: File): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* pieces(file.stream());
  } catch {
    throw new LoadFailure(file.name, { kind: 'unreadable' });
  }
}

function askEngine(name: string, kind: OwnFile['kind'], header: Uint8Array, isCut: boolean) {
  const reader = new IdxReader(name, kind);
  try {
    reader.feed(header);
    if (isCut) reader.finish();
  } catch (error) {
    throw failureOf(error) ?? error;
  } finally {
    reader.free();
  }
}
