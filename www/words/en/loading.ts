import type { LoadProblem } from '../../engine/loading/failure';
import { fixed } from '../../parts/write-number';
import type { IdxNumbers, OtherFile } from '../../engine/loading/file-kind';

const count = (value: number) => fixed(value, 0, 'en');

const reads =
  'Atelier reads IDX files of bytes: images (count × 28 × 28) and their labels (count), gzipped or not';

const others: Record<OtherFile, string> = {
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  picture: 'a picture',
  zip: 'a zip archive',
  npz: 'an archive of NumPy arrays (npz)',
  npy: 'a NumPy array (npy)',
  csv: 'a table in text (CSV)',
  text: 'text',
  'web-page': 'a web page',
  hdf5: 'an HDF5 file',
  parquet: 'a Parquet table',
  pdf: 'a PDF',
  archive: 'an archive',
  nothing: 'empty',
  unknown: 'of a kind unknown here',
};

const numbers: Record<IdxNumbers, string> = {
  uint8: 'bytes',
  int8: 'signed bytes',
  int16: '16-bit whole numbers',
  int32: '32-bit whole numbers',
  float32: '32-bit floating-point numbers',
  float64: '64-bit floating-point numbers',
};

function reason(problem: LoadProblem): string {
  switch (problem.kind) {
    case 'missing':
      return 'is not on the server (404)';
    case 'refused':
      return `was refused by the server (${problem.status})`;
    case 'connection-lost':
      return problem.bytesTotal === null
        ? `stopped arriving after ${count(problem.bytesReceived)} bytes: the connection was lost`
        : `stopped arriving after ${count(problem.bytesReceived)} of ${count(problem.bytesTotal)} bytes: the connection was lost`;
    case 'changed':
      return 'changed on the server while it was being fetched';
    case 'truncated-gzip':
      return 'is cut short: its gzip data ends too early';
    case 'damaged-gzip':
      return 'is damaged: its gzip data cannot be decompressed';
    case 'after-gzip':
      return 'has something else after the end of its gzip data';
    case 'unreadable':
      return 'cannot be read: since it was chosen it was changed, moved or removed. Choose it again';
    case 'no-idx':
      return `is ${others[problem.what]}. ${reads}`;
    case 'idx-of':
      return `is an IDX file of ${numbers[problem.numbers]}, ${problem.sizes.map(count).join(' × ')}. ${reads}`;
    case 'idx-reversed':
      return 'is an IDX file with the bytes of its header in reverse order (little-endian): it should begin with 0 0 8 1 for labels, 0 0 8 3 for images';
    case 'unclear-pairs':
      return 'can be paired in two ways. Name the files so that one sees which labels belong to which images, as in a-images and a-labels';
    case 'one-class':
      return `leaves only images with the label ${problem.label} to train on, but a network tells at least two classes apart`;
    case 'unpaired':
      return `make no pair: ${problem.images} of images and ${problem.labels} of labels, but one or two of each are needed`;
    case 'web-page':
      return 'is a web page, not an IDX file';
    case 'still-compressed':
      return 'is compressed twice: after decompression it is still gzip';
    case 'wrong-magic':
      return `starts with the magic number ${problem.actual}, but this IDX file must start with ${problem.expected}`;
    case 'wrong-dimensions':
      return `has ${problem.actual === 1 ? '1 dimension' : `${problem.actual} dimensions`}, but ${problem.expected === 3 ? 'images have 3' : 'labels have 1'}`;
    case 'wrong-size':
      return `holds images of ${problem.rows}×${problem.columns} pixels, but 28×28 are needed`;
    case 'empty':
      return 'holds nothing: its header says 0';
    case 'too-many':
      return `claims ${count(problem.count)} items, but at most ${count(problem.limit)} are read`;
    case 'header-cut':
      return `ends after ${problem.actual} bytes, before its ${problem.expected}-byte header is complete`;
    case 'too-short':
      return `is too short: its header says ${count(problem.expected)}, but only ${count(problem.actual)} arrived whole`;
    case 'too-long':
      return `is too long: bytes follow after the ${count(problem.expected)} its header says`;
    case 'wrong-label':
      return `has the label ${problem.label} at number ${count(problem.index)}, but labels go from 0 to ${problem.largest}`;
    case 'counts-differ':
      return `holds ${count(problem.labels)} labels, but there are ${count(problem.images)} images`;
  }
}

export const loading = {
  failed: (file: string, problem: LoadProblem): string => `${file} ${reason(problem)}.`,
};
