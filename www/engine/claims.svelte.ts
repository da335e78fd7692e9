// One writer a run: the tab that has it present holds a lock on it.
//
// Locks are there on secure origins only. Elsewhere two tabs may take up one run; the store then notices, and the
// one that came first goes on under a key of its own (see `api/keeping.ts`).

/** As long as a tab that was closed a moment ago may still hold one. */
const PATIENCE_MILLISECONDS = 500;

const PREFIX = 'atelier run ';

const locks = () => navigator.locks as LockManager | undefined;

class Claims {
  /** Keys of the runs that are present in other tabs. */
  elsewhere = $state.raw<ReadonlySet<string>>(new Set());
  private readonly asked = new Map<string, Promise<boolean>>();
  private readonly letGo = new Map<string, () => void>();
  private isLooking = false;

  /** Makes a run this tab's; false when it is another's. */
  claim(key: string): Promise<boolean> {
    let asked = this.asked.get(key);
    if (!asked) {
      asked = this.ask(key);
      this.asked.set(key, asked);
      void asked.then((isOurs) => isOurs || this.asked.delete(key));
    }
    return asked;
  }

  release(key: string) {
    this.asked.delete(key);
    this.letGo.get(key)?.();
    this.letGo.delete(key);
  }

  /** After an engine has stopped: whatever it was writing, it writes no more. */
  releaseAllBut(key: string) {
    for (const other of [...this.asked.keys()]) if (other !== key) this.release(other);
  }

  private ask(key: string): Promise<boolean> {
    const manager = locks();
    if (!manager) return Promise.resolve(true);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
    return new Promise((resolve) => {
      const hold = () => {
        clearTimeout(timer);
        resolve(true);
        // Released before it was granted: there is nobody to hold it for.
        if (!this.asked.has(key)) return undefined;
        return new Promise<void>((letGo) => this.letGo.set(key, letGo));
      };
      manager.request(PREFIX + key, { signal: patience.signal }, hold).catch(() => {
        resolve(false);
        void this.look();
      });
    });
  }

  /** Looks which runs other tabs have now, and waits for each to be let go. */
  async look(): Promise<void> {
    const manager = locks();
    if (!manager || this.isLooking) return;
    this.isLooking = true;
    try {
      const { held = [] } = await manager.query();
      for (const { name = '', mode } of held) {
        const key = name.slice(PREFIX.length);
        const isAnothers = name.startsWith(PREFIX) && mode === 'exclusive' && !this.asked.has(key);
        if (!isAnothers || this.elsewhere.has(key)) continue;
        this.elsewhere = new Set([...this.elsewhere, key]);
        // Shared: those who wait for the same one do not keep it from each other.
        void manager.request(name, { mode: 'shared' }, () => {
          this.elsewhere = new Set([...this.elsewhere].filter((other) => other !== key));
        });
      }
    } finally {
      this.isLooking = false;
    }
  }
}

export const claims = new Claims();
