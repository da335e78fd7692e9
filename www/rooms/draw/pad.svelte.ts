// What has been drawn: strokes as points, with undo and redo. Knows no canvas and no network.
import { touches, type Place } from './eraser';

/** x, y, pressure of one point after another, in units of the pad's side. */
export type Stroke = number[];

/** Points nearer than this to the last one show nowhere: a thousandth of the pad. */
const STILL = 0.001;

export class Pad {
  /** Replaced, never changed in place, except the stroke that is being drawn. */
  strokes = $state.raw<Stroke[]>([]);
  /** Grows with every change; readers follow it. */
  version = $state(0);
  private past = $state.raw<Stroke[][]>([]);
  private future = $state.raw<Stroke[][]>([]);
  private open: Stroke | null = null;
  /** Where the eraser is, and how near a stroke has to be to go. */
  private erasing: (Place & { reach: number }) | null = null;
  /** All of it as it was when the pen came down. */
  private before: { strokes: Stroke[]; past: Stroke[][]; future: Stroke[][] } | null = null;

  readonly canUndo = $derived(this.past.length > 0);
  readonly canRedo = $derived(this.future.length > 0);
  readonly isEmpty = $derived(this.strokes.length === 0);

  /** Sets the pen down. */
  begin(x: number, y: number, pressure = 0.5) {
    this.remember();
    this.keep();
    this.open = [x, y, pressure];
    this.strokes = [...this.strokes, this.open];
    this.version++;
  }

  /** Sets the pen's other end down: it takes away every stroke that it comes within `reach` of. */
  beginErasing(x: number, y: number, reach: number) {
    this.remember();
    this.erasing = { x, y, reach };
    this.erase(x, y);
  }

  /** Moves the pen; nothing when it is up. True when that changed something: the point was far enough to count. */
  move(x: number, y: number, pressure = 0.5): boolean {
    if (this.erasing) return this.erase(x, y);
    const stroke = this.open;
    if (!stroke) return false;
    const dx = x - (stroke[stroke.length - 3] ?? x);
    const dy = y - (stroke[stroke.length - 2] ?? y);
    if (Math.abs(dx) < STILL && Math.abs(dy) < STILL) return false;
    stroke.push(x, y, pressure);
    this.version++;
    return true;
  }

  /** Lifts the pen. */
  end() {
    this.open = this.erasing = this.before = null;
  }

  /** Makes what the pen did since it came down undone, as if it had not come down. */
  takeBack() {
    const { before } = this;
    this.end();
    if (!before) return;
    ({ strokes: this.strokes, past: this.past, future: this.future } = before);
    this.version++;
  }

  get penIsDown(): boolean {
    return this.open !== null;
  }

  clear() {
    this.replace([]);
  }

  /** Puts another drawing in place of this one; `undo` brings this one back. */
  replace(strokes: Stroke[]) {
    if (strokes.length === 0 && this.strokes.length === 0) return;
    this.keep();
    this.end();
    this.strokes = strokes;
    this.version++;
  }

  /** Empty, as if nothing had been drawn. */
  forget() {
    this.end();
    this.strokes = this.past = this.future = [];
    this.version++;
  }

  undo() {
    this.step(this.past, (past, future) => ((this.past = past), (this.future = future)), this.future);
  }

  redo() {
    this.step(this.future, (future, past) => ((this.future = future), (this.past = past)), this.past);
  }

  private remember() {
    this.before = { strokes: this.strokes, past: this.past, future: this.future };
  }

  private erase(x: number, y: number): boolean {
    const { erasing } = this;
    if (!erasing) return false;
    const left = this.strokes.filter((stroke) => !touches(stroke, erasing, { x, y }, erasing.reach));
    this.erasing = { ...erasing, x, y };
    if (left.length === this.strokes.length) return false;
    // However many strokes go while the eraser is down: one step back brings all of them back.
    if (this.strokes === this.before?.strokes) this.keep();
    this.strokes = left;
    this.version++;
    return true;
  }

  private keep() {
    this.past = [...this.past, this.strokes];
    this.future = [];
  }

  private step(from: Stroke[][], set: (from: Stroke[][], to: Stroke[][]) => void, to: Stroke[][]) {
    const strokes = from[from.length - 1];
    if (!strokes) return;
    set(from.slice(0, -1), [...to, this.strokes]);
    this.end();
    this.strokes = strokes;
    this.version++;
  }

  /** Points of all strokes. */
  get numPoints(): number {
    return this.strokes.reduce((sum, stroke) => sum + stroke.length / 3, 0);
  }

  /** All points in one array, and how many each stroke has: as the engine takes them. */
  flat(): { points: Float32Array; lengths: Uint32Array } {
    const lengths = Uint32Array.from(this.strokes, (stroke) => stroke.length / 3);
    const points = new Float32Array(this.strokes.reduce((sum, stroke) => sum + stroke.length, 0));
    let at = 0;
    for (const stroke of this.strokes) {
      points.set(stroke, at);
      at += stroke.length;
    }
    return { points, lengths };
  }
}

/** One pad for the room: what was drawn is still there when the visitor comes back. */
export const pad = new Pad();
