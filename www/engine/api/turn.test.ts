import { expect, test, vi } from 'vitest';
import { fill, sliced } from './turn';

test('work goes on until it is done, and says how far it is after the first slice and the last', async () => {
  let slices = 0;
  const reports: number[] = [];
  const done = await sliced(() => ++slices === 5, { report: () => reports.push(slices), every: Infinity });
  expect(done).toBe(true);
  expect(reports).toEqual([1, 5]);
});

test('between two slices whatever waits gets its turn', async () => {
  let isHeard = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (isHeard = true);
  port2.postMessage(null);
  // Would never end if it did not let the message in.
  expect(await sliced(() => isHeard)).toBe(true);
  port1.close();
});

test('work that nobody wants any more ends after its slice, without a last word', async () => {
  let isWanted = true;
  let slices = 0;
  const reports: number[] = [];
  const done = await sliced(
    () => {
      isWanted = ++slices < 3;
      return false;
    },
    { isWanted: () => isWanted, report: () => reports.push(slices), every: 0 },
  );
  expect(done).toBe(false);
  expect(slices).toBe(3);
  expect(reports).toEqual([1, 2, 3]);
});

test('a mistake in a slice reaches whoever waits', async () => {
  const broken = sliced(() => {
    throw new Error('planted');
  });
  await expect(broken).rejects.toThrow('planted');
});

test('small pieces fill a slice, and the last ends it', () => {
  vi.useFakeTimers();
  let pieces = 0;
  const piece = () => {
    vi.advanceTimersByTime(4);
    return ++pieces === 5;
  };
  expect(fill(10, piece)).toBe(false);
  expect(pieces).toBe(3);
  expect(fill(10, piece)).toBe(true);
  expect(pieces).toBe(5);
  vi.useRealTimers();
});
