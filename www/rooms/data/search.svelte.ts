// A search in the worker that the visitor starts, watches and can stop.
import * as Comlink from 'comlink';
import type { SearchProgress } from '../../engine/api/data-room';
import { answerOf } from '../../engine/ask';
import type { Engine } from '../../engine/client';

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
    await answerOf('trainer', (engine) => begin(engine, Comlink.proxy(listener)));
    if (id === this.id) this.running = false;
  }

  /** Stops, and keeps what was found. */
  async stop() {
    if (!this.running) return;
    this.id++;
    this.running = false;
    await answerOf('trainer', (engine) => engine.dataRoom.stopSearch(this.which));
  }

  /** Stops and forgets: the data set is another. */
  clear() {
    void this.stop();
    this.progress = null;
  }
}
