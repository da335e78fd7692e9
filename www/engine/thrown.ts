// What a worker throws reaches the page with its record, which Comlink alone would leave behind.
import * as Comlink from 'comlink';
import { recordOf } from './failure-record';

interface Thrown {
  value: unknown;
}
interface Sent {
  isError: boolean;
  value: object;
}

/** To be called once in a worker, before it exposes anything. */
export function sendRecords() {
  const plain = Comlink.transferHandlers.get('throw') as Comlink.TransferHandler<Thrown, Sent>;
  Comlink.transferHandlers.set('throw', {
    ...plain,
    serialize(thrown: Thrown): [Sent, Transferable[]] {
      const [sent, transferables] = plain.serialize(thrown);
      const record = recordOf(thrown.value);
      // The other side gives every property of `value` to the error that it throws.
      if (!record) return [sent, transferables];
      return [{ ...sent, value: { ...sent.value, record } }, transferables];
    },
  });
}
