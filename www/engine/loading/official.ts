// The data sets that come with the page: which files they are made of, and what each weighs.
import { root } from './root';
import type { SetFile } from './set-load';
import type { Part } from './set-progress';

export type OfficialName = 'fashion-mnist' | 'mnist';
export const OFFICIAL: OfficialName[] = ['fashion-mnist', 'mnist'];

/** Bytes of a set's four files as they are served; official.test.ts compares. */
export const BYTES: Record<OfficialName, number> = { 'fashion-mnist': 30_878_551, mnist: 11_369_320 };

/** Test images that come at once: a network is asked about them while the training images arrive. */
const TEST_AT_ONCE = 100;

/** The small files first, so that an image has its label when it arrives. */
export function filesOf(name: string): SetFile[] {
  const file = (part: Part, kind: 'images' | 'labels'): SetFile => {
    const official = `${part === 'train' ? 'train' : 't10k'}-${kind}-idx${kind === 'images' ? 3 : 1}-ubyte.gz`;
    return { part, kind, url: new URL(`${name}/${official}`, root()).href };
  };
  const testImages = { ...file('test', 'images'), atOnce: TEST_AT_ONCE };
  return [file('train', 'labels'), file('test', 'labels'), testImages, file('train', 'images')];
}
