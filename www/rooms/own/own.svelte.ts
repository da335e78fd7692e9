// What the room is at: the class that is drawn for, what is on the pad, and whose variations are looked at.
import { answerOf } from '../../engine/ask';
import { drawings, type Drawing } from '../../engine/drawings.svelte';
import { say } from '../../words/say.svelte';
import { Pad } from '../draw/pad.svelte';

/** After so many drawings of a class in a row another class comes, if it has fewer. */
const ENOUGH = 5;
/** As the engine has it: more of a class is not taken. */
const MOST_OF_CLASS = 50;

class Own {
  readonly pad = new Pad();
  /** The class that is drawn for. */
  private chosen = $state(0);
  readonly label = $derived(Math.min(this.chosen, Math.max(0, drawings.now.classes.length - 1)));
  /** The drawing whose variations are shown. */
  private picked = $state<number | null>(null);
  readonly shown = $derived(drawings.now.drawings.find(({ id }) => id === this.picked) ?? last());
  /** What was said of the last thing that was done. */
  told = $state.raw<{ text: () => string; isRefusal: boolean } | null>(null);
  private isKeeping = false;

  readonly counts = $derived(
    drawings.now.classes.map(
      (_, label) => drawings.now.drawings.filter((drawing) => drawing.label === label).length,
    ),
  );

  choose(label: number) {
    this.chosen = label;
    this.told = null;
  }

  look(drawing: Drawing) {
    this.picked = drawing.id;
  }

  /** Takes what is on the pad as a drawing of the present class. */
  async keep() {
    const { label } = this;
    const name = drawings.now.classes[label];
    if (name === undefined || this.isKeeping) return;
    if ((this.counts[label] ?? 0) >= MOST_OF_CLASS) return this.refuse(() => say.own.classIsFull(name));
    this.isKeeping = true;
    const { points, lengths } = this.pad.flat();
    const prepared = await answerOf('lab', (engine) => engine.collection.prepare(points, lengths));
    this.isKeeping = false;
    if (!prepared) return;
    const { refusal, pixels } = prepared;
    if (refusal) return this.refuse(() => say.own.refusals[refusal]);
    if (drawings.now.drawings.some((drawing) => isSame(drawing.pixels, pixels)))
      return this.refuse(() => say.own.thereAlready);
    // Another tab's file or an undo may have taken the class away meanwhile.
    if (drawings.now.classes[label] !== name) return;
    this.picked = drawings.add(label, pixels).id;
    this.pad.forget();
    const count = this.counts[label] ?? 0;
    this.told = { text: () => say.own.keptOne(name, String(count)), isRefusal: false };
    if (count % ENOUGH === 0) this.chosen = this.fewest(label);
  }

  /** The class after `label` with the fewest drawings; `label` itself where none has fewer. */
  private fewest(label: number): number {
    let best = label;
    for (let step = 1; step < this.counts.length; step++) {
      const other = (label + step) % this.counts.length;
      if ((this.counts[other] ?? 0) < (this.counts[best] ?? 0)) best = other;
    }
    return best;
  }

  refuse(text: () => string) {
    this.told = { text, isRefusal: true };
  }

  tell(text: () => string) {
    this.told = { text, isRefusal: false };
  }
}

const last = () => drawings.now.drawings.at(-1) ?? null;

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((pixel, at) => pixel === other[at]);
}

export const own = new Own();
