import { expect, test } from 'vitest';
import { EngineMissing, EngineStopped, isPanic } from './errors';
import { guarded } from './guard';

interface Engine {
  subject: { ask(what: string): Promise<string> };
}

/** An engine whose answers are given by hand. */
function desk() {
  const questions = new Map<string, { answer: (text: string) => void; fail: (error: unknown) => void }>();
  const remote = {
    subject: {
      ask: (what: string) =>
        new Promise<string>((answer, fail) => {
          questions.set(what, { answer, fail });
        }),
    },
  };
  const stops: string[] = [];
  const guard = guarded<Engine>(remote, () => stops.push('stopped'));
  return { ...guard, questions, stops };
}

const panic = Object.assign(new Error('unreachable'), { name: 'RuntimeError' });
const caught = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test('answers and the engine’s own errors pass as they are', async () => {
  const { engine, questions, stops } = desk();
  const answers = [engine.subject.ask('a'), engine.subject.ask('b')];
  questions.get('a')?.answer('A');
  const refusal = Object.assign(new Error('classes is 1'), { name: 'EngineError' });
  questions.get('b')?.fail(refusal);
  expect(await answers[0]).toBe('A');
  expect(await caught(answers[1] as Promise<string>)).toBe(refusal);
  expect(stops).toEqual([]);
});

test('a panic is noticed once, and nobody is left waiting', async () => {
  const { engine, questions, stops } = desk();
  const [cause, other, swallowed] = ['a', 'b', 'c'].map((what) => caught(engine.subject.ask(what)));
  void engine.subject.ask('d').catch(() => undefined);
  questions.get('a')?.fail(panic);
  expect(await cause).toMatchObject({ isCause: true });
  // An ended worker never answers.
  expect(await other).toMatchObject({ isCause: false });
  expect(await swallowed).toBeInstanceOf(EngineStopped);
  questions.get('b')?.fail(panic);
  questions.get('c')?.answer('too late');
  const later = await caught(engine.subject.ask('e'));
  expect((later as EngineStopped).isCause).toBe(false);
  expect(questions.has('e'), 'a broken engine is called again').toBe(false);
  expect(stops).toEqual(['stopped']);
});

test('what follows from a panic is known for one, wherever it comes from', () => {
  for (const text of [
    'recursive use of an object detected which would lead to unsafe aliasing in rust',
    'null pointer passed to rust',
    'attempted to take ownership of Rust value while it was borrowed',
    'Maximum call stack size exceeded',
    'too much recursion',
  ]) {
    expect(isPanic(new Error(text)), text).toBe(true);
  }
  expect(isPanic(panic)).toBe(true);
  expect(isPanic(new Error('mnist has not arrived yet'))).toBe(false);
  expect(isPanic('recursive use of an object detected')).toBe(false);
});

test('a function of this thread that throws at once is caught like any other', async () => {
  const guard = guarded<Engine>(
    {
      subject: {
        ask() {
          throw panic;
        },
      },
    },
    () => undefined,
  );
  expect(await caught(guard.engine.subject.ask('a'))).toMatchObject({ isCause: true });
});

test('a worker that misses a part of its script is as good as none: a fresh one is needed', async () => {
  const { engine, questions } = desk();
  const [asked, other] = ['a', 'b'].map((what) => caught(engine.subject.ask(what)));
  questions.get('a')?.fail(Object.assign(new Error('layout'), { name: 'PartMissing' }));
  expect(await asked).toBeInstanceOf(EngineMissing);
  expect(await other).toMatchObject({ isCause: false });
});
