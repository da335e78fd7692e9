// One IDX file from an address into the engine, usable while it arrives:
//
//   const reader = new IdxReader('train-images-idx3-ubyte.gz', 'images');
//   await loadIdx('fashion-mnist/train-images-idx3-ubyte.gz', reader, { onProgress: show });
//
// It knows neither page nor worker. What goes wrong is thrown as a `LoadFailure`: the file and a
// record of what is wrong with it. A lost connection is taken up again by itself a few times; after
// that `whenLost` decides (resolve it when the visitor asks to try again). After any other failure a
// new attempt needs a new reader.
import { decompressed, type Bytes } from './decompress';
import { download, fileName, type DownloadOptions } from './download';
import { failureOf } from './failure';
import type { KeptFile, KeptFiles } from './kept-files';

/** What `loadIdx` needs of the engine's `IdxReader`. */
export interface Reader {
  feed(chunk: Uint8Array): void;
  finish(): void;
  readonly received: number;
  readonly total: number | undefined;
}

export interface FileProgress {
  file: string;
  bytesReceived: number;
  /** Null until it is known. */
  bytesTotal: number | null;
  /** Images, or labels. */
  itemsReceived: number;
  itemsTotal: number | null;
}

export interface LoadOptions extends Omit<DownloadOptions, 'onBytes'> {
  onProgress?: (progress: FileProgress) => void;
  /** Where the file is kept once it was fetched. */
  keep?: KeptFiles | undefined;
  /** The file as it was kept: nothing is fetched then. */
  kept?: KeptFile | null;
  /** Called after each piece; what it returns is waited for before more of the file is read. */
  whenToGoOn?: (progress: FileProgress) => Promise<void> | undefined;
}

/** Fetches a file and feeds it to `reader` as it arrives; resolves when it is whole. */
export async function loadIdx(url: string, reader: Reader, options: LoadOptions = {}): Promise<void> {
  const { onProgress, whenToGoOn, keep, kept, ...rest } = options;
  const progress: FileProgress = {
    file: fileName(url),
    bytesReceived: 0,
    bytesTotal: null,
    itemsReceived: 0,
    itemsTotal: null,
  };
  const onBytes = (bytesReceived: number, bytesTotal: number | null) => {
    progress.bytesReceived = bytesReceived;
    progress.bytesTotal = bytesTotal;
  };
  const fetched = () => {
    const bytes = download(url, { ...rest, onBytes });
    return keep ? keep.keeping(url, bytes, () => progress.bytesTotal) : bytes;
  };
  const source = kept ? counted(kept, onBytes) : fetched();
  await feed(decompressed(source, progress.file), reader, () => {
    progress.itemsReceived = reader.received;
    progress.itemsTotal = reader.total ?? null;
    onProgress?.({ ...progress });
    return whenToGoOn?.(progress);
  });
}

async function* counted(
  { bytes, bytesTotal }: KeptFile,
  onBytes: (bytesReceived: number, bytesTotal: number | null) => void,
): AsyncGenerator<Bytes> {
  let received = 0;
  for await (const chunk of pieces(bytes)) {
    received += chunk.length;
    onBytes(received, bytesTotal);
    yield chunk;
  }
}

/** A stream's chunks, also where streams cannot be iterated. */
export async function* pieces(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** Feeds decompressed bytes to `reader`; resolves when it is whole. */
export async function feed(
  bytes: AsyncIterable<Uint8Array>,
  reader: Reader,
  onPiece: () => Promise<void> | void,
): Promise<void> {
  try {
    for await (const chunk of bytes) {
      reader.feed(chunk);
      await onPiece();
    }
    reader.finish();
  } catch (error) {
    throw failureOf(error) ?? error;
  }
}
