// Where the visitor is in the course: which step of which lesson stands beside the room, and how far each lesson was
// walked. The place is in the address (`?lesson=softmax.6`, before the `#` that is the room's), so that it can be
// shared, reloaded and gone back from; the progress is kept in this browser.
import { remember, remembered } from '../parts/remembered';
import type { Lesson, Step } from './lesson';
import { lessonInAddress } from '../shell/lesson-in-address.svelte';
import { lessons } from './lessons';

const KEY = 'lesson';
const STORED = 'course';

export interface Place {
  lesson: Lesson;
  /** From 0. */
  step: number;
}

class Course {
  place = $state.raw<Place | null>(placeIn(location.search));
  /** By lesson: how many of its steps were walked. */
  walked = $state.raw<Record<string, number>>(stored());
  step = $derived<Step | null>(this.place ? (this.place.lesson.steps[this.place.step] ?? null) : null);
  isLast = $derived(this.place !== null && this.place.step === this.place.lesson.steps.length - 1);

  constructor() {
    addEventListener('popstate', () => (this.place = placeIn(location.search)));
  }

  /** How much of a lesson was walked, 0…1. */
  share(lesson: Lesson): number {
    return Math.min(1, (this.walked[lesson.id] ?? 0) / lesson.steps.length);
  }

  /** The lesson to go on with: the first that was not walked to its end. */
  get next(): Lesson | null {
    return lessons.find((lesson) => this.share(lesson) < 1) ?? null;
  }

  /** Opens a lesson where it was left, or from its beginning once it was walked to its end. */
  open(lesson: Lesson) {
    const walked = this.walked[lesson.id] ?? 0;
    this.goTo(lesson, walked < lesson.steps.length ? walked : 0);
  }

  /** Goes a step on; behind the last one stands the day. */
  forward() {
    if (!this.place) return;
    const { lesson, step } = this.place;
    this.note(lesson, step + 1);
    if (step + 1 < lesson.steps.length) return this.goTo(lesson, step + 1);
    this.leave('#/course');
  }

  back() {
    if (!this.place) return;
    const { lesson, step } = this.place;
    if (step > 0) this.goTo(lesson, step - 1);
  }

  /** The room stays, the lesson goes; its place is kept. */
  leave(hash = location.hash) {
    this.place = null;
    move(null, hash);
  }

  /** Moves the room at the learner's press. */
  show(at: string) {
    move(this.place, at);
  }

  goTo(lesson: Lesson, step: number) {
    const place = { lesson, step };
    this.place = place;
    move(place, beginningOf(place) ?? location.hash);
  }

  private note(lesson: Lesson, steps: number) {
    if ((this.walked[lesson.id] ?? 0) >= steps) return;
    this.walked = { ...this.walked, [lesson.id]: steps };
    remember(STORED, JSON.stringify(this.walked));
  }
}

/** Where a step begins: its own address, or the last one before it that has any. */
export function beginningOf({ lesson, step }: Place): string | null {
  for (let at = step; at >= 0; at--) {
    const now = lesson.steps[at];
    // What an earlier step showed at a press stands there still.
    const shown = at < step && now && 'show' in now ? now.show : undefined;
    const found = shown ?? now?.at;
    if (found !== undefined) return found;
  }
  return null;
}

/** Goes somewhere as a link would, with the lesson's place in the same address. */
function move(place: Place | null, hash: string) {
  const url = new URL(location.href);
  if (place) url.searchParams.set(KEY, `${place.lesson.id}.${place.step + 1}`);
  else url.searchParams.delete(KEY);
  url.hash = hash;
  if (url.href === location.href) return;
  const moves = url.hash !== location.hash;
  history.pushState(null, '', url);
  lessonInAddress.look();
  if (moves) dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The place that an address names; null where there is no such lesson. */
export function placeIn(search: string): Place | null {
  const [, id, number] = /^([a-z-]+)\.(\d{1,2})$/.exec(new URLSearchParams(search).get(KEY) ?? '') ?? [];
  const lesson = lessons.find((each) => each.id === id);
  if (!lesson) return null;
  return { lesson, step: Math.min(Math.max(Number(number), 1), lesson.steps.length) - 1 };
}

function stored(): Record<string, number> {
  try {
    const found: unknown = JSON.parse(remembered(STORED) ?? '{}');
    const pairs = Object.entries(found as Record<string, unknown>);
    return Object.fromEntries(pairs.filter((pair): pair is [string, number] => Number.isInteger(pair[1])));
  } catch {
    return {};
  }
}

export const course = new Course();
