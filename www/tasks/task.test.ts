import { expect, it } from 'vitest';
import { LOCKS, MOST_TEXT, read, write, type Task } from './task';

const task: Task = {
  query: 'from=relu&layers=64:tanh,32:relu&epochs=3',
  locks: ['hidden', 'epochs'],
  goal: { kind: 'accuracy', atLeast: 0.85, epochs: 3, isFlat: true },
  text: '은닉층 없이 85%를 넘겨 보세요.\n<b>Only text</b> 👟',
};
/** What `write` makes of anything. */
const writeAny = (parts: Record<string, unknown>) => write({ ...task, ...parts } as Task);

it('comes back as it was written', () => {
  expect(read(write(task))).toEqual(task);
  for (const goal of [{ kind: 'mend' }, { kind: 'sure-and-wrong', above: 0.9 }] as const)
    expect(read(write({ ...task, locks: LOCKS, goal }))).toEqual({ ...task, locks: LOCKS, goal });
});

it('needs no escape in an address', () => {
  expect(write(task)).toMatch(/^[\w.-]+$/);
});

it('is refused for what is wrong with it', () => {
  const code = write(task);
  expect(read('x'.repeat(7000))).toBe('too-long');
  expect(read(code.replace('1.', '2.'))).toBe('other-version');
  for (const bad of ['', '1', '1..', 'x.y.z', `${code}.`, `${code}0`]) expect(read(bad)).toBe('damaged');
  expect(read(writeAny({ query: 7 }))).toBe('no-task');
  expect(read(writeAny({ query: 'a=<script>' }))).toBe('no-task');
  expect(read(writeAny({ query: 'a'.repeat(601) }))).toBe('no-task');
  expect(read(writeAny({ locks: 'epochs' }))).toBe('no-task');
  expect(read(writeAny({ locks: ['epochs', 'play'] }))).toBe('unknown-lock');
  expect(read(writeAny({ locks: ['epochs', 'epochs'] }))).toBe('unknown-lock');
  const accuracy = { kind: 'accuracy', atLeast: 0.8, epochs: null, isFlat: false };
  const goals = [
    null,
    {},
    { kind: 'win' },
    { kind: 'sure-and-wrong', above: 1 },
    { ...accuracy, atLeast: '0.8' },
    { ...accuracy, atLeast: 0 },
    { ...accuracy, epochs: 0 },
    { ...accuracy, epochs: 1.5 },
    { ...accuracy, isFlat: 1 },
  ];
  for (const goal of goals) expect(read(writeAny({ goal })), JSON.stringify(goal)).toBe('unknown-goal');
  for (const text of [null, 'a'.repeat(MOST_TEXT + 1), 'a\u0000', 'a\u202eb'])
    expect(read(writeAny({ text }))).toBe('text');
});

it('is never read from a code that was cut or has one other letter', () => {
  const code = write(task);
  for (let at = 0; at < code.length; at++) {
    expect(typeof read(code.slice(0, at)), `cut at ${at}`).toBe('string');
    const other = code[at] === 'A' ? 'B' : 'A';
    expect(typeof read(code.slice(0, at) + other + code.slice(at + 1)), `letter ${at}`).toBe('string');
  }
});

it('is never read from garbage, and garbage never throws', () => {
  let state = 1;
  const next = (below: number) => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) % below;
  for (let round = 0; round < 2000; round++) {
    const letters = Array.from({ length: next(200) }, () =>
      String.fromCharCode(next(round % 2 ? 128 : 65536)),
    );
    expect(typeof read(letters.join(''))).toBe('string');
    expect(typeof read(`1.${letters.join('')}`)).toBe('string');
  }
});
