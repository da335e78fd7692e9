// The tests' own hand on the page's engines: put before the worker's script, it keeps the engine's memory in reach and
// can have any of its functions panic. The page knows nothing of it.
import type { Page } from 'playwright-core';

/** A module whose one function does what a panic ends in: `unreachable`. */
const TRAP = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 0x74, 0x72, 0x61, 0x70, 0, 0,
  0x0a, 5, 1, 3, 0, 0, 0x0b,
];

/** What an engine's thread has at hand. */
export interface Hand {
  memory: WebAssembly.Memory;
  /** The engine's function that panics at its next call; calls that it has survived before. */
  armed: string | null;
}

const preamble = (armed: string | null) => `{
  const { compileStreaming, instantiate, Instance, Module } = WebAssembly;
  const { trap } = new Instance(new Module(new Uint8Array([${TRAP.join()}]))).exports;
  globalThis.armed = ${JSON.stringify(armed)};
  WebAssembly.instantiate = async (module, imports) => {
    const made = await instantiate(module, imports);
    const { exports } = made.instance ?? made;
    globalThis.memory = exports.memory;
    const watched = (name, work) => (...given) => {
      if (globalThis.armed !== name) return work(...given);
      globalThis.armed = null;
      return trap();
    };
    const all = Object.entries(exports).map(([name, value]) =>
      [name, typeof value === 'function' ? watched(name, value) : value]);
    return { instance: { exports: Object.fromEntries(all) }, module };
  };
  WebAssembly.instantiateStreaming = async (source, imports) =>
    WebAssembly.instantiate(await compileStreaming(source), imports);
}
`;

/** Lays the hand on every engine of a page that is about to open. */
export class EngineHand {
  /** What the engines of workers yet to come are armed with. */
  next: string | null = null;

  async lay(page: Page): Promise<void> {
    await page.addInitScript(preamble(null));
    await page.route('**/page/worker-*.js', async (route) => {
      try {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: preamble(this.next) + (await answer.text()) });
      } catch (error) {
        // A page that was closed meanwhile wants no answer.
        if (!page.isClosed()) throw error;
      }
    });
  }

  /** Has a function of the engine panic at its next call, on whatever thread that is. */
  async arm(page: Page, name: string): Promise<void> {
    const set = (name: string) => void ((globalThis as unknown as Hand).armed = name);
    await page.evaluate(set, name);
    await Promise.all(page.workers().map((worker) => worker.evaluate(set, name)));
  }
}
