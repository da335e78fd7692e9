import { expect, it } from 'vitest';
import { EpochClock } from './epoch-clock';

const at = (step: number, finishedEpochs: number) => ({ step, finishedEpochs, batchesPerEpoch: 10 });

it('times the epochs that it saw whole', () => {
  const clock = new EpochClock(at(0, 0));
  clock.note(at(5, 0), 50);
  clock.note(at(10, 1), 100);
  clock.note(at(20, 2), 220);
  expect(clock.milliseconds).toEqual([100, 120]);
});

it('does not guess: of a run taken up in mid-epoch, one stepped back, two epochs in one report', () => {
  const clock = new EpochClock(at(15, 1));
  clock.note(at(20, 2), 60);
  expect(clock.milliseconds).toEqual([null, null]);
  clock.note(at(30, 3), 160);
  expect(clock.milliseconds).toEqual([null, null, 100]);
  clock.note(at(29, 2), 170);
  clock.note(at(30, 3), 180);
  expect(clock.milliseconds).toEqual([null, null, null]);
  clock.note(at(50, 5), 400);
  expect(clock.milliseconds).toEqual([null, null, null, null, null]);
});
