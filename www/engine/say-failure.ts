// What a room does with a question that an engine could not answer.
import { say } from '../words/say.svelte';
import { crashed, isPanic, type Role } from './client';
import { messageOf, troubles } from './troubles.svelte';

/** Says what went wrong; an engine that stopped by a mistake of ours is ended, and the next question starts a fresh one. */
export function sayFailure(role: Role): (error: unknown) => void {
  return (error) => {
    if (!isPanic(error)) {
      const sentence = messageOf(error);
      troubles.say(() => sentence);
      return;
    }
    crashed(role);
    // The trainer's own keeper says it for the trainer.
    if (role !== 'trainer') troubles.say(() => say.shell.recovered);
  };
}
