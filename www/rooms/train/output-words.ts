// An output as a visitor reads it: a probability, or the bare number of an identity output.
import { training } from '../../engine/training.svelte';
import { number, percent } from '../../words/say.svelte';

export function outputText(value: number, digits = 0): string {
  return training.settings?.output === 'identity' ? number(value, 2) : percent(value, digits);
}
