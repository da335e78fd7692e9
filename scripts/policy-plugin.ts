// The page carries its own Content-Security-Policy: static hosts send no headers.
import type { Plugin } from 'vite';

/**
 * What the built page may do: its own scripts, styles, pictures and files, the engine, and nothing else.
 * Each exception has a reason:
 *
 * - `wasm-unsafe-eval`: the engine is WebAssembly.
 * - trusted types: Svelte makes its templates under the first name; ours are formulas and the addresses of workers.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html atelier',
].join('; ');

export function policy(): Plugin {
  return {
    name: 'atelier-policy',
    // In development Vite writes scripts and styles into the page.
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
          // Before anything that it is about.
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
