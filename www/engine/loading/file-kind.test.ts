import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { kindOf, OPENING_BYTES, type OtherFile } from './file-kind';

const latin = (text: string) => Buffer.from(text, 'latin1');
/** A zip's first local header, with the name of its first entry. */
const zip = (name: string) =>
  Buffer.concat([latin('PK\x03\x04'), Buffer.alloc(22), Buffer.from([name.length, 0, 0, 0]), latin(name)]);
const tar = Buffer.concat([latin('a.txt'), Buffer.alloc(252), latin('ustar\x0000')]);

describe('a file that is no IDX is called by its name', () => {
  const cases: [OtherFile, Buffer][] = [
    ['png', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64')],
    ['jpeg', latin('\xff\xd8\xff\xe0\x00\x10JFIF')],
    ['picture', latin('GIF89a')],
    ['picture', latin('RIFF\x24\x00\x00\x00WEBPVP8 ')],
    ['zip', zip('images/1.png')],
    ['npz', zip('x_train.npy')],
    ['npy', latin("\x93NUMPY\x01\x00v\x00{'descr': '|u1'")],
    ['csv', latin('label,pixel1,pixel2\n5,0,0\n0,0,12')],
    ['csv', latin('5\t0\t0\r\n0\t0\t12\r\n')],
    ['text', latin('These are my images.\nHave fun.')],
    ['text', Buffer.from('제 그림입니다.')],
    ['web-page', latin('\n <!DOCTYPE html><p>404')],
    ['web-page', Buffer.from('\ufeff<html>')],
    ['hdf5', latin('\x89HDF\r\n\x1a\n')],
    ['parquet', latin('PAR1\x15\x04')],
    ['pdf', latin('%PDF-1.7')],
    ['archive', tar],
    ['archive', latin('7z\xbc\xaf\x27\x1c')],
    ['nothing', Buffer.alloc(0)],
    ['unknown', latin('\x00\x01\x02\x03\xff\xfe')],
  ];
  it.each(cases)('%s', (what, opening) => {
    expect(kindOf(opening)).toEqual({ kind: 'other', what });
  });

  it('a text that the opening cuts in the middle of a letter', () => {
    const text = Buffer.from('가'.repeat(OPENING_BYTES)).subarray(0, OPENING_BYTES);
    expect(kindOf(text)).toEqual({ kind: 'other', what: 'text' });
  });
});

describe('an IDX file is told with its numbers', () => {
  const idx = (opening: number[], ...sizes: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    bytes.set(opening);
    sizes.forEach((size, at) => bytes.writeUInt32BE(size, 4 + 4 * at));
    return kindOf(bytes);
  };

  it('of bytes and of other types', () => {
    expect(idx([0, 0, 8, 1], 60_000)).toEqual({
      ...{ kind: 'idx', numbers: 'uint8', dimensions: 1, sizes: [60_000] },
    });
    expect(idx([0, 0, 8, 3], 10, 28, 28)).toMatchObject({ dimensions: 3, sizes: [10, 28, 28] });
    // QMNIST's labels: int32, ten thousand rows of eight.
    expect(idx([0, 0, 0x0c, 2], 10_000, 8)).toMatchObject({ numbers: 'int32', sizes: [10_000, 8] });
    expect(idx([0, 0, 0x0d, 4], 1, 2, 3, 4)).toMatchObject({ numbers: 'float32', dimensions: 4 });
  });

  it('that ends within its header', () => {
    expect(idx([0, 0, 8, 3], 10)).toMatchObject({ kind: 'idx', dimensions: 3, sizes: [10] });
  });

  it('written the wrong way round', () => {
    expect(idx([1, 8, 0, 0], 10)).toEqual({ kind: 'idx-reversed' });
    expect(idx([3, 8, 0, 0], 10)).toEqual({ kind: 'idx-reversed' });
  });

  it('the real ones', () => {
    const folder = new URL('../../../assets/mnist/', import.meta.url);
    const opening = gunzipSync(readFileSync(new URL('t10k-labels-idx1-ubyte.gz', folder)));
    expect(kindOf(opening.subarray(0, OPENING_BYTES))).toMatchObject({ kind: 'idx', sizes: [10_000] });
  });
});
