// What a file is, by its first bytes: IDX, or something else that has a name.

/** What files that are no IDX can be told to be. */
export type OtherFile =
  | 'png'
  | 'jpeg'
  | 'picture'
  | 'zip'
  | 'npz'
  | 'npy'
  | 'csv'
  | 'text'
  | 'web-page'
  | 'hdf5'
  | 'parquet'
  | 'pdf'
  | 'archive'
  | 'nothing'
  | 'unknown';

/** The types that an IDX file's numbers can have, by the third byte of the file. */
const NUMBERS = {
  0x08: 'uint8',
  0x09: 'int8',
  0x0b: 'int16',
  0x0c: 'int32',
  0x0d: 'float32',
  0x0e: 'float64',
} as const;
export type IdxNumbers = (typeof NUMBERS)[keyof typeof NUMBERS];

export type FileKind =
  /** `sizes` has as many numbers as the header says, fewer where the file ends before. */
  | { kind: 'idx'; numbers: IdxNumbers; dimensions: number; sizes: number[] }
  /** An IDX header with its bytes the wrong way round. */
  | { kind: 'idx-reversed' }
  | { kind: 'gzip' }
  | { kind: 'other'; what: OtherFile };

/** As many of a file's bytes as are looked at: a tar archive says so at 257. */
export const OPENING_BYTES = 512;

const SIGNATURES: [number[] | string, OtherFile][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'png'],
  [[0xff, 0xd8, 0xff], 'jpeg'],
  ['GIF8', 'picture'],
  ['BM', 'picture'],
  [[0x49, 0x49, 0x2a, 0x00], 'picture'],
  [[0x4d, 0x4d, 0x00, 0x2a], 'picture'],
  ['RIFF', 'picture'],
  ['PK', 'zip'],
  ['\x93NUMPY', 'npy'],
  ['\x89HDF', 'hdf5'],
  ['PAR1', 'parquet'],
  ['%PDF', 'pdf'],
  ['BZh', 'archive'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'archive'],
  ['Rar!', 'archive'],
];

/** Tells a file by its opening, decompressed if it was gzip; all of a short one. */
export function kindOf(opening: Uint8Array): FileKind {
  const other = (what: OtherFile): FileKind => ({ kind: 'other', what });
  if (opening.length === 0) return other('nothing');
  const idx = idxOf(opening);
  if (idx) return idx;
  if (startsWith(opening, [0x1f, 0x8b])) return { kind: 'gzip' };
  for (const [signature, what] of SIGNATURES) {
    if (!startsWith(opening, signature)) continue;
    return other(what === 'zip' && holdsArrays(opening) ? 'npz' : what);
  }
  if (startsWith(opening.subarray(257), 'ustar')) return other('archive');
  return other(textOf(opening) ?? 'unknown');
}

function idxOf(opening: Uint8Array): FileKind | null {
  const [a, b, c, d] = opening;
  const numbers = (byte: number | undefined) => NUMBERS[byte as keyof typeof NUMBERS];
  if (a === 0 && b === 0 && numbers(c) && d) {
    const view = new DataView(opening.buffer, opening.byteOffset, opening.byteLength);
    const sizes: number[] = [];
    for (let at = 4; at < 4 + 4 * d && at + 4 <= opening.length; at += 4) sizes.push(view.getUint32(at));
    return { kind: 'idx', numbers: numbers(c), dimensions: d, sizes };
  }
  return a && a <= 4 && numbers(b) && c === 0 && d === 0 ? { kind: 'idx-reversed' } : null;
}

/** NumPy's .npz is a zip whose entries are called *.npy: the first entry's name begins at 30. */
function holdsArrays(opening: Uint8Array): boolean {
  const length = (opening[26] ?? 0) + 256 * (opening[27] ?? 0);
  return latin(opening.subarray(30, 30 + length)).endsWith('.npy');
}

function textOf(opening: Uint8Array): OtherFile | null {
  let text: string;
  try {
    // The opening may end inside a letter: `stream` forgives that.
    text = new TextDecoder('utf-8', { fatal: true }).decode(opening, { stream: true });
  } catch {
    return null;
  }
  // Letters and signs, but no control characters except those that set lines.

  if (/[\x00-\x08\x0e-\x1f]/.test(text)) return null;
  if (text.trimStart().startsWith('<')) return 'web-page';
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => /[,;\t]/.test(line)) ? 'csv' : 'text';
}

function startsWith(bytes: Uint8Array, signature: number[] | string): boolean {
  const codes = typeof signature === 'string' ? [...signature].map((sign) => sign.charCodeAt(0)) : signature;
  return codes.every((code, index) => bytes[index] === code);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
