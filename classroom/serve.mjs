// Serves Atelier from this folder: node serve.mjs, or node serve.mjs --everyone for other devices in the room.
// Needs Node 18 and nothing else.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const page = path.join(path.dirname(fileURLToPath(import.meta.url)), 'page');
const FIRST_PORT = 8080;
const LAST_PORT = 8099;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.gz': 'application/gzip',
  '.webmanifest': 'application/manifest+json',
};

/** The file that an address means; null where it is none, or none of the page's. */
function fileOf(address) {
  let name;
  try {
    name = decodeURIComponent(new URL(address, 'http://here').pathname);
  } catch {
    return null;
  }
  const file = path.join(page, name.endsWith('/') ? `${name}index.html` : name);
  if (!file.startsWith(page + path.sep) || name.includes('\0')) return null;
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

const server = createServer((request, response) => {
  const file = fileOf(request.url ?? '/');
  if (!file) return void response.writeHead(404).end();
  response.writeHead(200, {
    'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    // A newer copy of this folder is noticed at once.
    'Cache-Control': 'no-cache',
  });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
});

const given = process.argv.slice(2);
const isForEveryone = given.includes('--everyone');
const chosen = Number(given[given.indexOf('--port') + 1]);
const last = given.includes('--port') ? chosen : LAST_PORT;

if (!existsSync(path.join(page, 'index.html'))) {
  console.error("The folder 'page' is missing beside this file: unpack the whole zip first.");
  process.exit(1);
}
function listen(port) {
  if (!(port <= last)) {
    console.error('No port is free: choose another with --port.');
    process.exit(1);
  }
  server.once('error', () => listen(port + 1));
  server.listen(port, isForEveryone ? '0.0.0.0' : '127.0.0.1');
}
server.on('listening', () => {
  const { port } = server.address();
  console.log(`Atelier is at http://localhost:${port} (Ctrl-C stops it)`);
  if (!isForEveryone) return;
  for (const each of Object.values(networkInterfaces()).flat())
    if (each.family === 'IPv4' && !each.internal)
      console.log(`For other devices in the room: http://${each.address}:${port}`);
});
listen(given.includes('--port') ? chosen : FIRST_PORT);
