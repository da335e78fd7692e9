import { expect, test } from 'vitest';
import { newest } from './newest';

test('asks for the first and the last of many wishes, and goes on after a failure', async () => {
  const asked: number[] = [];
  const answers: number[] = [];
  const failures: unknown[] = [];
  const ask = newest(
    async (wish: number) => {
      asked.push(wish);
      await Promise.resolve();
      if (wish === 3) throw new Error('three');
      return wish * 10;
    },
    (answer) => answers.push(answer),
    (error) => failures.push(error),
  );
  for (const wish of [1, 2, 3]) ask(wish);
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked).toEqual([1, 3]);
  expect(answers).toEqual([10]);
  expect(failures).toHaveLength(1);
  ask(4);
  await new Promise((resolve) => setTimeout(resolve));
  expect(answers).toEqual([10, 40]);
});
