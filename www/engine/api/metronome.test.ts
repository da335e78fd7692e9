import { expect, it } from 'vitest';
import { Metronome } from './metronome';

/** Batches made in a time, looked at every `every` milliseconds. */
function made(batchesPerSecond: number, milliseconds: number, every: number): number {
  const metronome = new Metronome(batchesPerSecond, 0);
  let batches = 0;
  for (let now = every; now <= milliseconds; now += every) {
    for (let due = metronome.count(now); due > 0; due--) {
      metronome.done();
      batches++;
    }
  }
  return batches;
}

it('keeps the pace, slower or faster than it is looked at', () => {
  expect(made(5, 10_000, 16)).toBeGreaterThanOrEqual(49);
  expect(made(5, 10_000, 16)).toBeLessThanOrEqual(50);
  expect(made(150, 10_000, 16)).toBeGreaterThan(1496);
  expect(made(150, 10_000, 16)).toBeLessThanOrEqual(1500);
});

it('does not catch up after a long wait', () => {
  const metronome = new Metronome(150, 0);
  expect(metronome.count(60_000)).toBe(16);
  expect(new Metronome(5, 0).count(60_000)).toBe(1);
});
