// The page without a line: everything it is made of, kept in this browser as it was built.
//
// - At its installation a version fetches its own files, those that an earlier version kept excepted: their names, or
//   their digests, say that they are the same. If one of them is not to be had, there is no new version.
// - A new version waits until no tab shows the old one, or until the visitor asks for it: nothing is exchanged under a
//   run, and nothing here reloads a page.
// - Data sets are no part of it: they are kept when they have been fetched once (engine/loading/kept-files.ts).
//
// Built as a script of its own beside index.html; `__FILES__` becomes the list of files (scripts/offline-plugin.ts).
/** Path below the page's folder to a digest of its bytes. */
declare const __FILES__: Record<string, string>;
declare const __VERSION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const files = __FILES__;
const PREFIX = 'atelier-page-';
const STORE = `${PREFIX}${__VERSION__}`;
const PAGE = 'index.html';
/** Under which name a kept file's digest stands in its headers. */
const DIGEST = 'X-Atelier-Digest';

const addressOf = (path: string) => new URL(path, worker.registration.scope).href;

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => {
  // A page of the first visit is served from here too: else a newer version would not know that somebody shows this one.
  event.waitUntil(tidy().then(() => worker.clients.claim()));
});
worker.addEventListener('message', (event) => {
  // Only the page's own tabs can speak to it.
  if (event.data === 'take-over') event.waitUntil(takeOver(event.ports[0]));
});
worker.addEventListener('fetch', (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(path, event.request));
  if (event.request.mode === 'navigate') event.waitUntil(tidy());
});

async function install(): Promise<void> {
  const store = await caches.open(STORE);
  for (const [path, digest] of Object.entries(files)) {
    if (await store.match(addressOf(path))) continue;
    const response = (await keptBefore(path, digest)) ?? (await fetched(path));
    const headers = new Headers(response.headers);
    // What is kept is decompressed already.
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
    headers.set(DIGEST, digest);
    await store.put(addressOf(path), new Response(response.body, { headers }));
  }
}

async function fetched(path: string): Promise<Response> {
  // A file whose name stays is asked for anew; one whose name changes with its bytes may come from the browser's cache.
  const response = await fetch(addressOf(path), { cache: path.startsWith('page/') ? 'default' : 'no-cache' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/** The same file as an earlier version kept it. */
async function keptBefore(path: string, digest: string): Promise<Response | null> {
  const found = await caches.match(addressOf(path));
  return found?.headers.get(DIGEST) === digest ? found : null;
}

/** Removes what earlier versions kept, once no tab can ask for it any more. */
async function tidy(): Promise<void> {
  if (worker.registration.waiting || worker.registration.installing) return;
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (tabs.length > 1) return;
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== STORE).map((name) => caches.delete(name)),
  );
}

/** Takes the old version's place at the visitor's wish, unless another tab shows it still. */
async function takeOver(reply: MessagePort | undefined): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const isAlone = tabs.length <= 1;
  reply?.postMessage(isAlone);
  if (isAlone) await worker.skipWaiting();
}

/** The file that a request is for; null where it is none of the page's, or only a part of one is asked for. */
function pathOf(request: Request): string | null {
  if (request.method !== 'GET' || request.headers.has('range')) return null;
  const { scope } = worker.registration;
  const url = request.url.split(/[?#]/)[0] ?? '';
  if (!url.startsWith(scope)) return null;
  const path = url.slice(scope.length) || PAGE;
  // Files of an earlier version are asked for by tabs that show it still.
  return path in files || path.startsWith('page/') ? path : null;
}

async function answer(path: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(STORE)).match(addressOf(path));
  return kept ?? (await caches.match(addressOf(path))) ?? fetch(request);
}
