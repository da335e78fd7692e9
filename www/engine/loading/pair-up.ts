// Which of a visitor's files belong together: by their names where these tell, else by their numbers of items,
// and by neither the files are given back with the question.
import { LoadFailure } from './failure';
import type { OwnFile } from './own-files';

export interface Pair {
  images: File;
  labels: File;
}

/** Training files, and test files if they came along. Throws a `LoadFailure` when it is not clear which. */
export function pairUp(files: OwnFile[]): { train: Pair; test: Pair | null } {
  const images = files.filter((file) => file.kind === 'images');
  const labels = files.filter((file) => file.kind === 'labels');
  const [a, b] = images;
  const [c, d] = labels;
  const names = files.map(({ file }) => file.name).join(', ');
  if (!a || !c || images.length !== labels.length || files.length > 4)
    throw new LoadFailure(names, { kind: 'unpaired', images: images.length, labels: labels.length });
  if (!b || !d) return { train: pair(a, c), test: null };
  const crossed = isCrossed([a, b], [c, d]);
  if (crossed === null) throw new LoadFailure(names, { kind: 'unclear-pairs' });
  const [first, second] = crossed ? [d, c] : [c, d];
  const [train, test] = [pair(a, first), pair(b, second)];
  return isTest(a, b) ? { train: test, test: train } : { train, test };
}

function pair(images: OwnFile, labels: OwnFile): Pair {
  return { images: images.file, labels: labels.file };
}

type Two = [OwnFile, OwnFile];

/** Whether the first images go with the second labels; null when nothing tells. */
function isCrossed([a, b]: Two, [c, d]: Two): boolean | null {
  const byName = likeness(a, d) + likeness(b, c) - likeness(a, c) - likeness(b, d);
  if (byName !== 0) return byName > 0;
  const fits = (one: OwnFile, other: OwnFile) => one.count === other.count;
  const [straight, crossed] = [fits(a, c) && fits(b, d), fits(a, d) && fits(b, c)];
  return straight === crossed ? null : crossed;
}

/** How many words two names share, apart from what says that they are images, labels, or files. */
function likeness(one: OwnFile, other: OwnFile): number {
  const words = wordsOf(other.file.name);
  return wordsOf(one.file.name).filter((word) => {
    const at = words.indexOf(word);
    if (at >= 0) words.splice(at, 1);
    return at >= 0;
  }).length;
}

function wordsOf(name: string): string[] {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/images?|labels?|이미지|레이블|라벨/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => !/^(idx\d?|ubyte|gz|gzip|bin|dat|)$/.test(word));
}

/** Whether the first is to be tested on and the second trained on: their names say so, else their sizes. */
function isTest(first: OwnFile, second: OwnFile): boolean {
  const says = ({ file }: OwnFile) => {
    const words = wordsOf(file.name);
    if (words.some((word) => /^(t10k|test|val|시험|테스트|검증)/.test(word))) return 1;
    return words.some((word) => /^(train|훈련|학습)/.test(word)) ? -1 : 0;
  };
  return (says(first) - says(second) || second.count - first.count) > 0;
}
