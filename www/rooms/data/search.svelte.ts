// A search in the worker that the visitor starts, watches and can stop.
import * as Comlink from 'comlink';
import type { SearchProgress } from '../../engine/api/data-room';
import { engineOf, type Engine } from '../../engine/client';
import { messageOf, troubles } from '../../engine/troubles.svelte';

type Begin<Found> = (engine: Engine, listener: (progress: SearchProgress<Found>) => void) => Promise<void>;

export class Search<Found> {
  progress = $state.raw<SearchProgress<Found> | null>(null);
  running = $state(false);
  private id = 0;

  constructor(private which: 'pairs' | 'doubts') {}

  async start(begin: Begin<Found>) {
    const id = ++this.id;
    this.running = true;
    this.progress = null;
    const listener = (progress: SearchProgress<Found>) => {
      if (id === this.id) this.progress = progress;
    };
    try {
      await begin(await engineOf('trainer'), Comlink.proxy(listener));
    } catch (error) {
      const sentence = messageOf(error);
      if (id === this.id) troubles.say(() => sentence);
    }
    if (id === this.id) this.running = false;
  }

  /** Stops, and keeps what was found. */
  async stop() {
    if (!this.running) return;
    this.id++;
    this.running = false;
    const engine = await engineOf('trainer');
    await engine.dataRoom.stopSearch(this.which);
  }

  /** Stops and forgets: the data set is another. */
  clear() {
    void this.stop();
    this.progress = null;
  }
}
