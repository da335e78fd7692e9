// How the curves are looked at: smoothing, scale, zoom, and where they are read.
import type { Span } from './lines';

export const memories = ['1', '10', '25', '100'] as const;
export type Memory = (typeof memories)[number];

class Looking {
  memory = $state<Memory>('25');
  /** Of the loss; an accuracy has no use for another. */
  scale = $state<'linear' | 'log'>('linear');
  /** Null for all epochs. */
  zoom = $state.raw<Span | null>(null);
  /** The epoch that the curves are read at; null while nobody points. */
  at = $state<number | null>(null);

  /** Shows half as much, or twice as much, round `centre`. */
  zoomBy(factor: number, whole: Span, centre: number) {
    const [from, to] = this.zoom ?? whole;
    const width = (to - from) * factor;
    if (width >= whole[1] - whole[0]) {
      this.zoom = null;
      return;
    }
    const start = Math.min(Math.max(whole[0], centre - width / 2), whole[1] - width);
    this.zoom = [start, start + width];
  }
}

export const looking = new Looking();
