// How each activation is drawn: a colour and a dash, so that no line is told by colour alone.
import type { Activation } from '../../engine/pkg/atelier';

export const LOOKS: Record<Activation, { colour: string; dash: string }> = {
  step: { colour: '--negative', dash: '' },
  sigmoid: { colour: '--positive', dash: '' },
  tanh: { colour: '--good-text', dash: '9 4' },
  relu: { colour: '--ink', dash: '2 4' },
  identity: { colour: '--mute', dash: '10 4 2 4' },
};

/** The smallest of some round heights that holds a value, so that an axis moves seldom and is then told. */
export function heightFor(value: number, heights: readonly number[]): number {
  return heights.find((height) => value <= height) ?? heights[heights.length - 1] ?? 1;
}
