import * as Comlink from 'comlink';
import { expect, it } from 'vitest';
import { recordOf, type Failure } from './failure-record';
import { LoadFailure } from './loading/failure';
import { sendRecords } from './thrown';

sendRecords();

/** What a caller on another thread gets for what is thrown. */
async function caught(thrown: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(
    {
      fail: () => {
        throw thrown;
      },
    },
    port1,
  );
  const remote = Comlink.wrap<{ fail: () => void }>(port2);
  const error = await remote.fail().then(
    () => null,
    (error: unknown) => error,
  );
  port1.close();
  return error;
}

it('brings an error over with its record', async () => {
  const record: Failure = {
    kind: 'setting',
    name: 'batchSize',
    value: 4096,
    rule: { kind: 'range', min: 1, max: 2048 },
  };
  const thrown = Object.assign(new Error('batchSize is 4096'), { name: 'EngineError', record });
  const error = await caught(thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'EngineError', message: 'batchSize is 4096' });
  expect(recordOf(error)).toEqual(record);
  const lost = await caught(new LoadFailure('labels.gz', { kind: 'missing' }));
  expect(recordOf(lost)).toEqual({ kind: 'file', file: 'labels.gz', problem: { kind: 'missing' } });
});

it('leaves other errors, and what is no error, as they are', async () => {
  const error = await caught(new TypeError('ours'));
  expect(error).toMatchObject({ name: 'TypeError', message: 'ours' });
  expect(recordOf(error)).toBeNull();
  expect(await caught('a word')).toBe('a word');
});
