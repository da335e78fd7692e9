// A visitor's own files: which is which, and which belong together. The bytes say it, names only help.
import { decompressed } from './decompress';
import { LoadFailure } from './failure';
import { pieces } from './load-idx';

export interface OwnFile {
  file: File;
  kind: 'images' | 'labels';
  /** Items by the header. */
  count: number;
}

/** Reads a file's header. What is neither images nor labels is called images, for the reader to refuse. */
export async function identify(file: File): Promise<OwnFile> {
  const header: number[] = [];
  for await (const chunk of decompressed(pieces(file.stream()), file.name)) {
    header.push(...chunk.subarray(0, 8 - header.length));
    if (header.length >= 8) break;
  }
  const number = (at: number) => header.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
  return { file, kind: number(0) === 2049 ? 'labels' : 'images', count: number(4) };
}

export interface Pair {
  images: File;
  labels: File;
}

/** Training files, and test files if they came along. Throws a `LoadFailure` when they do not pair up. */
export function pairUp(files: OwnFile[]): { train: Pair; test: Pair | null } {
  const images = files.filter((file) => file.kind === 'images');
  const labels = files.filter((file) => file.kind === 'labels');
  const first = files[0];
  if (
    !first ||
    images.length === 0 ||
    labels.length === 0 ||
    images.length !== labels.length ||
    files.length > 4
  ) {
    const names = files.map(({ file }) => file.name).join(', ');
    throw new LoadFailure(names, { kind: 'unpaired', images: images.length, labels: labels.length });
  }
  // The larger set trains; of equal ones the one called so.
  const order = (a: OwnFile, b: OwnFile) => b.count - a.count || testLike(a) - testLike(b);
  images.sort(order);
  labels.sort(order);
  const [train, test] = images.map((file, at): Pair => ({
    images: file.file,
    labels: labels[at]?.file ?? file.file,
  }));
  if (!train) throw new Error('there is a first pair');
  return { train, test: test ?? null };
}

function testLike({ file }: OwnFile): number {
  return /t10k|test/i.test(file.name) ? 1 : 0;
}
