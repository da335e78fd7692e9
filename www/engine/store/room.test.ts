import { describe, expect, test } from 'vitest';
import { MOST_BYTES, MOST_KEPT, leaving, type Sized } from './room';

const run = (age: number, bytes = 0, name: string | null = null): Sized => ({
  key: `run ${age}`,
  name,
  changedAt: -age,
  base: bytes > 0 ? { step: 1, bytes } : null,
});
const many = (count: number, bytes = 0) => Array.from({ length: count }, (_, age) => run(age, bytes));

describe('room for one more run', () => {
  test('is there below both limits', () => {
    expect(leaving(many(MOST_KEPT - 1), 0)).toEqual([]);
    expect(leaving(many(3, MOST_BYTES / 4), MOST_BYTES / 4)).toEqual([]);
  });

  test('is made by the oldest', () => {
    expect(leaving(many(MOST_KEPT), 0)).toEqual([`run ${MOST_KEPT - 1}`]);
    expect(leaving(many(MOST_KEPT + 1), 0)).toEqual([`run ${MOST_KEPT}`, `run ${MOST_KEPT - 1}`]);
  });

  test('is never made by one with a name, nor by one that is spared', () => {
    const all = many(MOST_KEPT).map((one, age) => (age > 2 ? { ...one, name: 'mine' } : one));
    expect(leaving(all, 0)).toEqual(['run 2']);
    expect(leaving(all, 0, ['run 2'])).toEqual(['run 1']);
    expect(
      leaving(
        all.map((one) => ({ ...one, name: 'mine' })),
        0,
      ),
    ).toEqual([]);
  });

  test('for bytes is made by those that have some', () => {
    const all = [run(9), run(8, MOST_BYTES / 2), run(7, MOST_BYTES / 2), run(6)];
    expect(leaving(all, 1)).toEqual(['run 8']);
    expect(leaving(all, MOST_BYTES)).toEqual(['run 8', 'run 7']);
  });
});
