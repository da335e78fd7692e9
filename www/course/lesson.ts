// What a lesson is: a list of steps beside live rooms. A lesson is data; it knows rooms by their addresses and by what
// they publish (seen.svelte.ts), never by their components. Its texts are in words/<language>/lessons/.
import type { Seen } from './seen.svelte';

interface Any {
  /** Under this name its text is found. */
  id: string;
  /** The room's whole state, where this step begins: `#/softmax?z=1_2`. Without one everything stays as it is. */
  at?: string;
  /** What is lit: the `data-light` name of a place in the room. */
  light?: string;
}

/** A text, and at most one movement at the learner's press. */
export interface Read extends Any {
  kind: 'read';
  /** Where the press leads. */
  show?: string;
}

/** The learner does something in the room, and the room's state says that it is done. */
export interface Do extends Any {
  kind: 'do';
  isDone: (seen: Seen) => boolean;
}

/** One choice before the room moves; then what was said stands beside what is. */
export interface Bet extends Any {
  kind: 'bet';
  options: readonly string[];
  /** Where it is found out. */
  show: string;
  /** Which of the options the room shows now; null while it shows none of them. */
  outcome: (seen: Seen) => string | null;
}

/** One number of the room is covered; the learner works it out. */
export interface Compute extends Any {
  kind: 'compute';
  light: string;
  /** The number that is covered, as the room has it. */
  answer: (seen: Seen) => number | null;
  /** So many decimals are asked for, as many as the room shows. */
  decimals: number;
  /** Numbers that one comes to by a mistake that can be foreseen. */
  slips: readonly { id: string; value: (seen: Seen) => number | null }[];
}

export type Step = Read | Do | Bet | Compute;

export interface Lesson {
  id: string;
  /** Its place in the day. */
  number: number;
  minutes: number;
  steps: readonly Step[];
}

/** A text may name numbers of the room: it takes them from there. */
export type Text = string | ((seen: Seen) => string);

/** What a step says. */
export interface StepText {
  text: Text;
  /** On the button that moves the room; for steps that have one. */
  show?: string;
  /** For a step that is done in the room: said when it is. */
  done?: Text;
  options?: Record<string, string>;
  /** For a bet: said beside what was chosen and what came of it. */
  paid?: Text;
  /** For a number that is worked out: what stands before the field, and what is said of a right or a wrong one. */
  label?: string;
  right?: Text;
  slips?: Record<string, string>;
}

export interface LessonText {
  /** The question that it begins with. */
  title: string;
  /** What it is about, in a line, for the map of the day. */
  about: string;
  steps: Record<string, StepText>;
}

export const textOf = (text: Text, seen: Seen): string => (typeof text === 'string' ? text : text(seen));

/** Whether what was typed is the number, in the decimals that are asked for. */
export function isSame(typed: number, value: number, decimals: number): boolean {
  // Half a unit of the last place, and what doubles lose on the way there.
  return Math.abs(typed - value) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
}
