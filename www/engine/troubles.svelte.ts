// What went wrong, in a sentence each, with what can be done about it.

import { say } from '../words/say.svelte';
import { EngineMissing } from './client';

export interface Trouble {
  id: number;
  /** A sentence in the visitor's language. */
  text: () => string;
  retry?: () => void;
}

class Troubles {
  list = $state.raw<Trouble[]>([]);
  private next = 1;

  /** Shows a sentence; the same sentence is shown once. Returns a function that takes it back. */
  say(text: () => string, retry?: () => void): () => void {
    const sentence = text();
    const others = this.list.filter((other) => other.text() !== sentence);
    const trouble: Trouble = retry ? { id: this.next++, text, retry } : { id: this.next++, text };
    this.list = [...others, trouble];
    return () => this.dismiss(trouble.id);
  }

  dismiss(id: number) {
    this.list = this.list.filter((trouble) => trouble.id !== id);
  }
}

export const troubles = new Troubles();

/** What an error says to a visitor. */
export function messageOf(error: unknown): string {
  if (error instanceof EngineMissing)
    return error.isUnable ? say.shell.engineFailed(error.message) : say.shell.engineUnreachable;
  if (!(error instanceof Error)) return String(error);
  return error.name === 'EngineError' ? say.shell.refusal(error.message) : error.message;
}
