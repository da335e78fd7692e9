// Which data sets are kept in this browser, and fetching one only to keep it: for a room without a line.
import { download } from './loading/download';
import { KeptFiles } from './loading/kept-files';
import { BYTES, filesOf, OFFICIAL, type OfficialName } from './loading/official';

export type Keeping =
  | { state: 'unknown' | 'kept' | 'absent' }
  /** Bytes so far. */
  | { state: 'fetching'; bytes: number }
  /** It could not be fetched, or not be kept. */
  | { state: 'failed' };

class KeptSets {
  /** Null where this browser keeps nothing: without https, or in some private windows. */
  sets = $state.raw<Record<OfficialName, Keeping> | null>({
    'fashion-mnist': { state: 'unknown' },
    mnist: { state: 'unknown' },
  });
  private readonly files = new KeptFiles();

  /** Looks what is kept. */
  async look(): Promise<void> {
    if (!('caches' in globalThis)) return void (this.sets = null);
    // Nothing below belongs to whoever called it.
    await Promise.resolve();
    for (const name of OFFICIAL) {
      if (this.sets?.[name].state === 'fetching') continue;
      const found = await Promise.all(filesOf(name).map(({ url }) => this.files.find(url)));
      for (const file of found) void file?.bytes.cancel();
      this.note(name, { state: found.every((file) => file) ? 'kept' : 'absent' });
    }
  }

  /** Fetches what is missing of a set. */
  async keep(name: OfficialName): Promise<void> {
    if (this.sets?.[name].state === 'fetching') return;
    let bytes = 0;
    this.note(name, { state: 'fetching', bytes });
    try {
      for (const { url } of filesOf(name)) {
        const kept = await this.files.find(url);
        void kept?.bytes.cancel();
        if (kept) {
          bytes += kept.bytesTotal ?? 0;
          continue;
        }
        let total: number | null = null;
        const whole = download(url, { onBytes: (_, bytesTotal) => (total = bytesTotal) });
        for await (const piece of this.files.keeping(url, whole, () => total)) {
          bytes += piece.length;
          this.note(name, { state: 'fetching', bytes: Math.min(bytes, BYTES[name]) });
        }
        await this.files.written(url);
        if (!(await this.files.find(url))) throw new Error(`${url} was not kept`);
      }
      this.note(name, { state: 'kept' });
    } catch {
      this.note(name, { state: 'failed' });
    }
  }

  async remove(name: OfficialName): Promise<void> {
    await Promise.all(filesOf(name).map(({ url }) => this.files.forget(url)));
    await this.look();
  }

  private note(name: OfficialName, keeping: Keeping) {
    if (this.sets) this.sets = { ...this.sets, [name]: keeping };
  }
}

export const keptSets = new KeptSets();
