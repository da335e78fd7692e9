// Serves the page while one works on it: a change of Svelte or TypeScript shows at once, a change of Rust
// after a quick build without the last optimisations (the same arithmetic, the same bits, only slower).
// usage: node scripts/dev.mjs PORT
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
/** Beside the engine that `make build` makes, so that a quick build is never shipped by mistake. */
const quick = '.make/quick-engine';
/** An editor writes several files at once. */
const SETTLE_MILLISECONDS = 80;

/** Builds the engine; resolves to what the compiler complains of, or to null. */
function build() {
  const words = ['build', '--target', 'web', '--profile', 'quick', '--no-opt', '--no-pack'];
  const compiler = spawn(
    'wasm-pack',
    [...words, '--out-dir', quick, '--out-name', 'atelier', '.', '--', '--locked'],
    { cwd: root, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  let said = '';
  compiler.stderr.on('data', (piece) => {
    said += piece;
    process.stderr.write(piece);
  });
  return new Promise((resolve) => {
    compiler.on('error', (error) => resolve(`wasm-pack did not start: ${error.message}`));
    compiler.on('close', (code) => resolve(code === 0 ? null : said));
  });
}

const first = await build();
if (first !== null) process.exit(1);

const server = await createServer({
  configFile: path.join(root, 'vite.config.ts'),
  resolve: {
    alias: [
      { find: /^(\.{1,2}\/)+(\w+\/)?pkg\/atelier$/, replacement: path.join(root, quick, 'atelier.js') },
    ],
  },
  server: {
    port: Number(process.argv[2] ?? 8080),
    strictPort: true,
    host: '127.0.0.1',
    fs: { allow: [root] },
  },
});
await server.listen();
console.log(
  `Atelier is at http://localhost:${server.config.server.port} and follows your changes (Ctrl-C stops it)`,
);

let isBuilding = false;
let isChanged = false;
async function rebuild() {
  isChanged = true;
  if (isBuilding) return;
  isBuilding = true;
  while (isChanged) {
    isChanged = false;
    const start = performance.now();
    const complaint = await build();
    if (complaint === null) {
      console.log(`engine built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
      server.ws.send({ type: 'full-reload' });
    } else {
      server.ws.send({ type: 'error', err: { message: complaint, stack: '' } });
    }
  }
  isBuilding = false;
}

let timer;
for (const place of ['src', 'Cargo.toml']) {
  watch(path.join(root, place), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, SETTLE_MILLISECONDS);
  });
}
