// The same engine where there is no page: Node reads its bytes from beside this file.
import { readFileSync } from 'node:fs';
import { initSync } from './atelier.js';

export * from './atelier.js';

/** As in a browser: to be awaited once, before anything else. */
export default async function init() {
  return initSync({ module: readFileSync(new URL('./atelier_bg.wasm', import.meta.url)) });
}
