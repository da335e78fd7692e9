// Which of the pointers on the pad is the pen. A hand that writes rests on what it writes on, so:
//
// · a pen, and a mouse, win over fingers: a finger's stroke gives way, and fingers beside them are no pens;
// · of several fingers the first to move, or to be lifted, is the pen: the others are a hand at rest;
// · where two fingers differ much in size, the larger is the ball of a hand;
// · what the system takes away (a cancelled pointer) was never meant: its stroke goes.
//
// It knows no browser: places are in units of the pad's side, sizes in CSS pixels.

export interface Contact {
  id: number;
  kind: 'pen' | 'mouse' | 'touch';
  x: number;
  y: number;
  pressure: number;
  /** The larger side of what touches; 0 where nobody says. */
  size: number;
  /** The pen's other end. */
  erases: boolean;
  /** When it was told of, in milliseconds: the points of one telling have one time. */
  at: number;
}

/** What the pen does on the paper. */
export interface Paper {
  begin(x: number, y: number, pressure: number): void;
  beginErasing(x: number, y: number): void;
  /** True when it changed something. */
  move(x: number, y: number, pressure: number): boolean;
  end(): void;
  /** As if the pen had not been set down. */
  takeBack(): void;
}

/** A finger that has gone less than this, in units of the pad's side, rests. */
const REST = 0.03;
/** A finger is at most about so wide; a hand's ball is more, and so many times the finger's width. */
const FINGER_PIXELS = 60;
const BALL_TIMES = 2.5;
/** A finger that comes so soon after a pen is the hand that holds it. */
const AFTER_PEN_MILLISECONDS = 500;

interface Held {
  /** Its points since it came, the first first. */
  points: Contact[];
  size: number;
  /** How far it got from where it came. */
  reach: number;
}

export class Hand {
  private writing: (Held & { id: number; kind: Contact['kind'] }) | null = null;
  /** Fingers that came while the one that writes rests: one of them may be the pen. */
  private waiting = new Map<number, Held>();
  private penSeenAt = -Infinity;

  constructor(private paper: Paper) {}

  get isWriting(): boolean {
    return this.writing !== null;
  }

  /** Whether this pointer is the pen, or may still be it. */
  holds(id: number): boolean {
    return id === this.writing?.id || this.waiting.has(id);
  }

  /** True when the pad changed. */
  down(contact: Contact): boolean {
    this.see(contact);
    const now = this.writing;
    const isFinger = contact.kind === 'touch';
    if (isFinger && now?.kind !== 'touch' && contact.at - this.penSeenAt < AFTER_PEN_MILLISECONDS)
      return false;
    if (!now) return this.write([contact]);
    if (now.kind !== 'touch') return false;
    if (!isFinger || isBall(now.size, contact.size)) {
      this.paper.takeBack();
      return this.write([contact]);
    }
    const rests = now.reach < REST && !isBall(contact.size, now.size);
    if (rests) this.waiting.set(contact.id, { points: [contact], size: contact.size, reach: 0 });
    return false;
  }

  /** True when the pad changed. A pen that hovers is seen, too. */
  move(contact: Contact): boolean {
    this.see(contact);
    const { writing } = this;
    if (contact.id === writing?.id) {
      note(writing, contact);
      if (writing.reach >= REST) this.waiting.clear();
      return this.paper.move(contact.x, contact.y, contact.pressure);
    }
    const finger = this.waiting.get(contact.id);
    if (!finger) return false;
    // Fingers that move together are told of one after the other, in any order: what it did before this
    // moment decides.
    const { at } = finger.points[finger.points.length - 1] ?? contact;
    const isPen = contact.at > at && finger.reach >= REST && finger.reach > 2 * (writing?.reach ?? 0);
    note(finger, contact);
    finger.points.push(contact);
    if (isPen) this.promote(finger);
    return isPen;
  }

  /** True when the pad changed by the last point. */
  up(contact: Contact): boolean {
    this.see(contact);
    if (this.waiting.has(contact.id)) {
      // A tap beside a hand that is still there.
      this.promote(this.waiting.get(contact.id));
      this.finish();
      return true;
    }
    if (contact.id !== this.writing?.id) return false;
    const changed = this.paper.move(contact.x, contact.y, contact.pressure);
    this.finish();
    return changed;
  }

  /** The pen is lifted where it was: the pointer was lost. */
  lose(id: number) {
    this.waiting.delete(id);
    if (id === this.writing?.id) this.finish();
  }

  /** The system took the pointer. True when the pad changed. */
  cancel(id: number): boolean {
    this.waiting.delete(id);
    if (id !== this.writing?.id) return false;
    const [next] = this.waiting.values();
    if (next) this.promote(next);
    else {
      this.paper.takeBack();
      this.finish();
    }
    return true;
  }

  private see(contact: Contact) {
    if (contact.kind === 'pen') this.penSeenAt = contact.at;
  }

  private write(points: Contact[]): true {
    const [first, ...rest] = points;
    this.waiting.clear();
    if (!first) return true;
    this.writing = { id: first.id, kind: first.kind, points: [first], size: first.size, reach: 0 };
    if (first.erases) this.paper.beginErasing(first.x, first.y);
    else this.paper.begin(first.x, first.y, first.pressure);
    for (const point of rest) {
      note(this.writing, point);
      this.paper.move(point.x, point.y, point.pressure);
    }
    return true;
  }

  /** The finger that waited is the pen, and the one that wrote was none. */
  private promote(finger: Held | undefined) {
    this.paper.takeBack();
    this.write(finger?.points ?? []);
  }

  private finish() {
    this.writing = null;
    this.waiting.clear();
    this.paper.end();
  }
}

function note(held: Held, contact: Contact) {
  const [first] = held.points;
  held.size = Math.max(held.size, contact.size);
  const reach = Math.hypot(contact.x - (first?.x ?? 0), contact.y - (first?.y ?? 0));
  held.reach = Math.max(held.reach, reach);
}

/** Whether a touch of `size` pixels is a hand beside one of `other`. */
function isBall(size: number, other: number): boolean {
  return other > 0 && size > FINGER_PIXELS && size > BALL_TIMES * other;
}
