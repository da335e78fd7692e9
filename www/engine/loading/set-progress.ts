// The four files of a data set as one load.
import type { FileProgress } from './load-idx';
import { TimeLeft } from './time-left';

export type Part = 'train' | 'test';

export interface LoadProgress {
  /** The file that moved last. */
  file: string;
  bytesReceived: number;
  /** 0 while no server has said. */
  bytesTotal: number;
  /** 0…1, by bytes where these are known, else by images. */
  share: number;
  /** Images that can be looked at already. */
  trainImages: number;
  testImages: number;
  /** Images by the files' headers; 0 until those are there. */
  trainTotal: number;
  testTotal: number;
  millisecondsLeft: number | null;
}

/** Gathers what each file reports. */
export class SetProgress {
  private files = new Map<string, FileProgress>();
  private timeLeft = new TimeLeft();

  /** `images` names the image file of each part. */
  constructor(
    private images: Record<Part, string>,
    private numFiles: number,
  ) {}

  note(progress: FileProgress, at: number) {
    this.files.set(progress.file, progress);
    this.timeLeft.note(
      at,
      this.sum((file) => file.bytesReceived),
    );
  }

  now(): LoadProgress {
    const train = this.files.get(this.images.train);
    const test = this.files.get(this.images.test);
    const bytesReceived = this.sum((file) => file.bytesReceived);
    const allKnown =
      this.files.size === this.numFiles && [...this.files.values()].every((file) => file.bytesTotal);
    const bytesTotal = allKnown ? this.sum((file) => file.bytesTotal ?? 0) : 0;
    const items = this.sum((file) => file.itemsReceived);
    const itemsTotal = this.sum((file) => file.itemsTotal ?? 0);
    const byItems = this.files.size === this.numFiles && itemsTotal > 0 ? items / itemsTotal : 0;
    const share = Math.min(1, bytesTotal > 0 ? bytesReceived / bytesTotal : byItems);
    // Where bytes are not known in advance, the share so far says how many there will be.
    const expected = bytesTotal || (share > 0 ? bytesReceived / share : 0);
    return {
      file: [...this.files.keys()].at(-1) ?? '',
      bytesReceived,
      bytesTotal,
      share,
      trainImages: train?.itemsReceived ?? 0,
      testImages: test?.itemsReceived ?? 0,
      trainTotal: train?.itemsTotal ?? 0,
      testTotal: test?.itemsTotal ?? 0,
      millisecondsLeft: expected > 0 ? this.timeLeft.until(expected) : null,
    };
  }

  private sum(of: (file: FileProgress) => number): number {
    let sum = 0;
    for (const file of this.files.values()) sum += of(file);
    return sum;
  }
}
