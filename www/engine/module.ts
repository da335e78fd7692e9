// The engine's module, fetched and compiled once for all threads: they are handed what was compiled.
const address = new URL('./pkg/atelier_bg.wasm', import.meta.url);

let compiled: Promise<WebAssembly.Module> | null = null;

/** Rejects where it cannot be fetched or this browser cannot compile it; the next call tries again. */
export function engineModule(): Promise<WebAssembly.Module> {
  if (!compiled) {
    compiled = compile();
    compiled.catch(() => (compiled = null));
  }
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
  // A host may not know the type that compiling on the way asks for.
  const isTyped = answer.headers.get('Content-Type')?.split(';')[0]?.trim() === 'application/wasm';
  if (isTyped) return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(await answer.arrayBuffer());
}
