// Serves a folder as any plain static host would, on loopback. The page brings its own policy along.
// usage: node scripts/serve.mjs FOLDER PORT
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';

/** A file of the build whose name changes with its bytes. */
const HASHED = /^\/page\/[^/]+-[\w-]{8}\.\w+$/;

/**
 * A request handler for `folder`; files are sent as they are, ranges included. sirv would declare a
 * `.gz` file as encoded, and the browser would decompress it on the way: then no byte count is true
 * and a broken download cannot be taken up where it stopped.
 */
export function handler(folder) {
  const send = sirv(folder, {
    etag: true,
    // Files of a build may change under a running server: look again each time.
    dev: true,
    setHeaders(response, file) {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader(
        'Cache-Control',
        HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response, next) => {
    if (!isPlainRange(request.headers.range)) delete request.headers.range;
    const writeHead = response.writeHead.bind(response);
    response.writeHead = (status, headers) => {
      const asItIs = { ...headers };
      delete asItIs['Content-Encoding'];
      // For such a file sirv sends the type of what is inside, which has none.
      if (asItIs['Content-Type'] === '') asItIs['Content-Type'] = 'application/gzip';
      return writeHead(status, asItIs);
    };
    // A file that is there and cannot be read, or is gone a moment later: this answer breaks off, the next one comes.
    response.once('pipe', (file) => file.once('error', () => response.destroy()));
    return send(request, response, next);
  };
}

/**
 * Whether sirv understands a Range header: `bytes=a-` or `bytes=a-b`, a ≤ b. It throws at some others, which would end
 * the server, and misreads the rest; a host may pass over a Range and send the whole file (RFC 9110, 14.2).
 */
function isPlainRange(range) {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined) return false;
  const end = last === '' ? Number.MAX_SAFE_INTEGER : Number(last);
  // It takes a last byte of 0 for none.
  return Number(first) <= end && end > 0 && Number.isSafeInteger(end);
}

/** Starts serving; resolves to the server once it listens. Port 0 takes a free one. */
export function serve(folder, port, host = '127.0.0.1') {
  const server = createServer(handler(folder));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function main([folder = 'dist', port = '8080']) {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    return `PORT is ${port}, but must be a whole number from 1 to 65535.`;
  }
  if (!existsSync(path.join(folder, 'index.html'))) {
    return `There is no page in ${folder}: run make build first.`;
  }
  try {
    await serve(folder, number);
    // `localhost` is either of two addresses; a machine without the second does not need it.
    await serve(folder, number, '::1').catch((error) => {
      if (error.code === 'EADDRINUSE') throw error;
    });
  } catch (error) {
    return error.code === 'EADDRINUSE'
      ? `Port ${number} is taken: stop what uses it, or choose another, for example make run PORT=${number + 1}.`
      : `The page cannot be served: ${error.message}`;
  }
  console.log(`Atelier is at http://localhost:${number} (Ctrl-C stops it)`);
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problem = await main(process.argv.slice(2));
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
}
