// The three losses in the room's order, each with its colour and its line.
import type { Loss } from '../../engine/pkg/atelier';

export const kinds: {
  loss: Loss;
  colour: string;
  dash?: string;
  formula: 'squares' | 'binary' | 'categorical';
}[] = [
  { loss: 'mean-squared-error', colour: '--negative', formula: 'squares' },
  { loss: 'binary-cross-entropy', colour: '--mute', dash: '7 5', formula: 'binary' },
  { loss: 'categorical-cross-entropy', colour: '--positive', formula: 'categorical' },
];
