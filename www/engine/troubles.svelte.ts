// What went wrong, in a sentence each, with what can be done about it.

import { say } from '../words/say.svelte';
import { askAgain, onCrash, onMissing, whenWorthAsking } from './client';
import { EngineMissing, EngineStopped } from './errors';
import { recordOf } from './failure-record';

export interface Trouble {
  id: number;
  /** A sentence in the visitor's language. */
  text: () => string;
  retry?: () => void;
}

class Troubles {
  list = $state.raw<Trouble[]>([]);
  private next = 1;

  constructor() {
    onCrash((_, isStartedAgain) => isStartedAgain && this.say(() => say.shell.recovered));
    onMissing((error) => {
      const text = () => messageOf(error);
      const retry = error.kind === 'unable' ? undefined : askAgain;
      whenWorthAsking(this.say(text, retry));
    });
  }

  /** Shows a sentence; the same sentence is shown once. Returns a function that takes it back. */
  say(text: () => string, retry?: () => void): () => void {
    const sentence = text();
    const others = this.list.filter((other) => other.text() !== sentence);
    const trouble: Trouble = retry ? { id: this.next++, text, retry } : { id: this.next++, text };
    this.list = [...others, trouble];
    return () => this.dismiss(trouble.id);
  }

  /** Says what an error says, unless that was said already. */
  sayError(error: unknown) {
    if (!isSaid(error)) this.say(() => messageOf(error));
  }

  dismiss(id: number) {
    this.list = this.list.filter((trouble) => trouble.id !== id);
  }
}

/** Whether it is said for everybody who asks, once: an engine stopped, or did not start. */
export function isSaid(error: unknown): boolean {
  return error instanceof EngineStopped || error instanceof EngineMissing;
}

export const troubles = new Troubles();

/** What an error says to a visitor, in the language chosen now: to be called where it is shown. */
export function messageOf(error: unknown): string {
  if (error instanceof EngineMissing) {
    if (error.kind === 'unable') return say.shell.engineFailed(error.message);
    return error.kind === 'stopping' ? say.shell.engineStopping : say.shell.engineUnreachable;
  }
  if (error instanceof EngineStopped) return say.shell.engineStopped;
  const record = recordOf(error);
  if (record) return say.refusal(record);
  return error instanceof Error ? error.message : String(error);
}
