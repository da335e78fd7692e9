// One IDX file from an address into the engine, usable while it arrives:
//
//   const reader = new IdxReader('train-images-idx3-ubyte.gz', 'images');
//   await loadIdx('fashion-mnist/train-images-idx3-ubyte.gz', reader, { onProgress: show });
//
// It knows neither page nor worker. What goes wrong is thrown as a `LoadFailure`: the file and a
// record of what is wrong with it. A lost connection is taken up again by itself a few times; after
// that `whenLost` decides (resolve it when the visitor asks to try again). After any other failure a
// new attempt needs a new reader.
import { decompressed } from './decompress';
import { download, fileName, type DownloadOptions } from './download';
import { failureOf } from './failure';

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
  /** Called after each piece; what it returns is waited for before more of the file is read. */
  whenToGoOn?: (progress: FileProgress) => Promise<void> | undefined;
}

/** Fetches a file and feeds it to `reader` as it arrives; resolves when it is whole. */
export async function loadIdx(url: string, reader: Reader, options: LoadOptions = {}): Promise<void> {
  const { onProgress, whenToGoOn, ...rest } = options;
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
  const bytes = decompressed(download(url, { ...rest, onBytes }), progress.file);
  await feed(bytes, reader, () => {
    progress.itemsReceived = reader.received;
    progress.itemsTotal = reader.total ?? null;
    onProgress?.({ ...progress });
    return whenToGoOn?.(progress);
  });
}

/** A stream's chunks, also where streams cannot be iterated. */
export async function* pieces(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
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
