// A visitor's own files: the first images of Fashion-MNIST of classes 0 to 2, as IDX.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const asset = (name: string) =>
  gunzipSync(readFileSync(path.resolve(import.meta.dirname, '../../assets/fashion-mnist', name)));

function header(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
  return bytes;
}

export function ownFiles(count: number) {
  const [images, labels] = [asset('train-images-idx3-ubyte.gz'), asset('train-labels-idx1-ubyte.gz')];
  const chosen = Array.from({ length: 60_000 }, (_, index) => index)
    .filter((index) => (labels[8 + index] ?? 9) < 3)
    .slice(0, count);
  const pixels = chosen.map((index) => images.subarray(16 + 784 * index, 16 + 784 * (index + 1)));
  const classes = Buffer.from(chosen.map((index) => labels[8 + index] ?? 0));
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  return {
    images: file('my-images.gz', gzipSync(Buffer.concat([header(2051, count, 28, 28), ...pixels]))),
    labels: file('my-labels', Buffer.concat([header(2049, count), classes])),
  };
}
