// The visitor's own drawings: classes, drawings, every state before, and their place in the browser's store.
import { dataSets, type DrawnSet } from './data-sets.svelte';
import { failureOf, type Failure } from './store/failure';
import { readDrawings, removeDrawings, VERSION, writeDrawings } from './store/drawings';

export interface Drawing {
  /** Tells it from the others of this tab. */
  id: number;
  label: number;
  /** 784 bytes, 0 is paper. */
  pixels: Uint8Array<ArrayBuffer>;
}

/** Replaced, never changed in place. */
export interface Collection {
  classes: string[];
  drawings: Drawing[];
}

const NONE: Collection = { classes: [], drawings: [] };
/** As far back as one can go. */
const MOST_PAST = 100;

class Drawings {
  now = $state.raw<Collection>(NONE);
  private past = $state.raw<Collection[]>([]);
  /** Why the store is of no use, as far as is known. */
  obstacle = $state<Failure | null>(null);
  /** 'reading' until the store has answered; 'kept' when it has all that is shown. */
  standing = $state<'reading' | 'writing' | 'kept' | 'here-only'>('reading');
  readonly canUndo = $derived(this.past.length > 0);
  private nextId = 0;
  private reading: Promise<void> | null = null;
  private writing: Promise<void> = Promise.resolve();
  private changes = 0;
  /** The collection that the engine has as a data set. */
  private made: Collection | null = null;

  /** Resolves when what the store has is here, or the store has said why not. Never rejects. */
  read(): Promise<void> {
    this.reading ??= this.fetch();
    return this.reading;
  }

  private async fetch() {
    try {
      const kept = await readDrawings();
      // Whoever drew before a slow store answered has something newer.
      if (this.changes > 0) return;
      if (kept) this.now = this.numbered(kept.classes, kept.drawings);
      this.standing = 'kept';
    } catch (error) {
      this.obstacle = failureOf(error);
      this.standing = 'here-only';
    }
  }

  numbered(classes: string[], drawings: Omit<Drawing, 'id'>[]): Collection {
    return {
      classes,
      drawings: drawings.map(({ label, pixels }) => ({ id: this.nextId++, label, pixels })),
    };
  }

  /** Puts another collection in place of this one; `undo` brings this one back. */
  change(next: Collection) {
    this.past = [...this.past, this.now].slice(-MOST_PAST);
    this.put(next);
  }

  undo() {
    const before = this.past.at(-1);
    if (!before) return;
    this.past = this.past.slice(0, -1);
    this.put(before);
  }

  add(label: number, pixels: Uint8Array<ArrayBuffer>): Drawing {
    const drawing = { id: this.nextId++, label, pixels };
    this.change({ ...this.now, drawings: [...this.now.drawings, drawing] });
    return drawing;
  }

  remove(id: number) {
    this.change({ ...this.now, drawings: this.now.drawings.filter((drawing) => drawing.id !== id) });
  }

  addClasses(names: string[]) {
    this.change({ ...this.now, classes: [...this.now.classes, ...names] });
  }

  removeClass(label: number) {
    const { classes, drawings } = this.now;
    this.change({
      classes: classes.filter((_, at) => at !== label),
      drawings: drawings
        .filter((drawing) => drawing.label !== label)
        .map((drawing) => (drawing.label > label ? { ...drawing, label: drawing.label - 1 } : drawing)),
    });
  }

  private put(next: Collection) {
    this.now = next;
    const change = ++this.changes;
    this.standing = 'writing';
    this.writing = this.writing.then(() => this.write(change));
  }

  private async write(change: number) {
    // Of several that wait the newest is enough.
    if (change !== this.changes) return;
    try {
      const { classes, drawings } = this.now;
      if (classes.length === 0) await removeDrawings();
      else {
        const plain = drawings.map(({ label, pixels }) => ({ label, pixels }));
        await writeDrawings({ version: VERSION, classes, drawings: plain });
      }
      this.obstacle = null;
      if (change === this.changes) this.standing = 'kept';
    } catch (error) {
      this.obstacle = failureOf(error);
      if (change === this.changes) this.standing = 'here-only';
    }
  }

  /** Makes the engine's data set of them, where it is not that already; null, or why they make none. */
  async make(): Promise<(() => string) | null> {
    const collection = this.now;
    if (this.made === collection && dataSets.isDrawn) return null;
    const refused = await dataSets.takeDrawings(flat(collection));
    if (!refused) this.made = collection;
    return refused;
  }

  /** Has the kept drawings as a data set, without making it the present one; false where there is none. */
  async bring(): Promise<boolean> {
    await this.read();
    if (this.now.classes.length === 0) return false;
    return (await this.make()) === null;
  }

  /** Makes them what the rooms work on; false where there are none. */
  async choose(): Promise<boolean> {
    if (dataSets.name === 'own' && dataSets.isDrawn) return true;
    if (!(await this.bring())) return false;
    await dataSets.choose('own');
    return true;
  }
}

function flat({ classes, drawings }: Collection): DrawnSet {
  const pixels = new Uint8Array(drawings.length * 784);
  drawings.forEach((drawing, at) => pixels.set(drawing.pixels, at * 784));
  return { pixels, labels: Uint8Array.from(drawings, ({ label }) => label), names: [...classes] };
}

export const drawings = new Drawings();
