import { describe, expect, it } from 'vitest';
import type { OwnFile } from './own-files';
import { pairUp } from './pair-up';

/** `name:count`; what is called l or labels has labels. */
function files(...told: string[]): OwnFile[] {
  return told.map((one) => {
    const [name = '', count = '300'] = one.split(':');
    const kind = /(^|-)l\d*$|labels|^y_|레이블/.test(name) ? 'labels' : 'images';
    return { file: new File([], name), kind, count: Number(count) };
  });
}

/** `images+labels` of the training pair, then of the test pair. */
function pairs(...told: string[]): string[] {
  const { train, test } = pairUp(files(...told));
  return [train, ...(test ? [test] : [])].map(({ images, labels }) => `${images.name}+${labels.name}`);
}

/** The same for every order of choosing. */
function inAnyOrder(told: string[]): string[] {
  const orders = told.length < 2 ? [told] : permutations(told);
  const found = orders.map((order) => pairs(...order).join('|'));
  expect(new Set(found).size).toBe(1);
  return found[0]?.split('|') ?? [];
}

function permutations(list: string[]): string[][] {
  if (list.length < 2) return [list];
  return list.flatMap((first, at) =>
    permutations([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}

describe('names tell which belong together, in whatever order they were chosen', () => {
  it('two sets of one size', () => {
    expect(pairs('a-images', 'b-images', 'b-labels', 'a-labels').sort()).toEqual([
      'a-images+a-labels',
      'b-images+b-labels',
    ]);
    // The first chosen is trained on where nothing else tells.
    expect(pairs('b-images', 'a-images', 'a-labels', 'b-labels')[0]).toBe('b-images+b-labels');
  });

  it.each([
    [
      [
        'train-images-idx3-ubyte.gz',
        'train-labels-idx1-ubyte.gz',
        't10k-images-idx3-ubyte.gz',
        't10k-labels-idx1-ubyte.gz',
      ],
    ],
    [['train_images', 'train_labels', 'test_images', 'test_labels']],
    [['X_train.idx', 'y_train.idx', 'X_test.idx', 'y_test.idx']],
    [['훈련 이미지.gz', '훈련 레이블.gz', '시험 이미지.gz', '시험 레이블.gz']],
    [['images1', 'labels1', 'test-images2', 'test-labels2']],
  ])('%s', (told) => {
    expect(inAnyOrder(told)).toEqual([`${told[0]}+${told[1]}`, `${told[2]}+${told[3]}`]);
  });

  it('above the numbers of items, so that a file of wrong length is told by the engine', () => {
    expect(inAnyOrder(['a-images:400', 'a-labels:300', 'b-images:300', 'b-labels:400'])).toEqual([
      'a-images:400+a-labels:300'.replace(/:\d+/g, ''),
      'b-images+b-labels',
    ]);
  });
});

describe('numbers of items tell where names do not', () => {
  it('which belong together, and the larger set is trained on', () => {
    expect(inAnyOrder(['i1:600', 'l1:600', 'i2:100', 'l2:100'])).toEqual(['i1+l1', 'i2+l2']);
    expect(inAnyOrder(['x:100', 'l:100', 'y:600', 'l6:600'])).toEqual(['y+l6', 'x+l']);
  });
});

it('the name says which is the test, even where it is the larger', () => {
  expect(inAnyOrder(['test-images:900', 'test-labels:900', 'train-images:300', 'train-labels:300'])[0]).toBe(
    'train-images+train-labels',
  );
});

it('one pair is a pair whatever it is called', () => {
  expect(pairs('one', 'another-labels')).toEqual(['one+another-labels']);
});

describe('what is not clear is asked', () => {
  it.each([
    ['two ways', ['i', 'x', 'l', 'l2'], 'unclear-pairs'],
    ['two ways, by names that fit both', ['a-images', 'a-images2', 'b-labels', 'b-labels3'], 'unclear-pairs'],
    ['no labels', ['i'], 'unpaired'],
    ['nothing', [], 'unpaired'],
    ['three pairs', ['i', 'i2', 'i3', 'l', 'l2', 'l3'], 'unpaired'],
    ['labels missing', ['i', 'i2', 'l'], 'unpaired'],
  ])('%s', (_, told, kind) => {
    expect(() => pairUp(files(...told))).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ kind }) }),
    );
  });
});
