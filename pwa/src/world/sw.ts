/**
 * The service worker: keeps the page whole for use without network. Every file is named with its SHA-256 in a list that is
 * built in; a file whose hash differs is refused and the old version stays. Nothing but these files is ever cached. A page of
 * the old version that stands in another tab goes on with the old files until none stands any more.
 */
/// <reference lib="webworker" />
export {}; // taken out by the build: the worker is a classic script

interface Precached {
  readonly path: string;
  readonly sha256: string;
}
declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: readonly Precached[];
declare const __PAGE__: string;
declare const __VERSION__: string;

const LIST: readonly Precached[] = __PRECACHE__;
const PREFIX = `puente-${__PAGE__}-`;
const CACHE = PREFIX + __VERSION__;
const ROOT = new URL("./", self.location.href).pathname;
const PAGE = new URL("index.html", self.location.href).pathname;
/** Files whose names are made from what they hold: one of another version is never taken for one of ours. */
const NAMED = `${ROOT}assets/`;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(answer(event)));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  const path = address.pathname === ROOT ? PAGE : address.pathname;
  if (event.request.mode === "navigate") event.waitUntil(sweep());
  const file = LIST.find((each) => ROOT + each.path === path);
  if (file !== undefined) event.respondWith(kept(path, file));
  else if (path.startsWith(NAMED)) event.respondWith(former(path, event.request));
});

/**
 * All files or none: one that does not come, or comes changed, leaves the old version as it stands, also where that is of
 * the same list: another worker over the same files keeps them under the same name.
 */
async function install(): Promise<void> {
  const isKept = await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(LIST.map((file) => keep(cache, file)));
  } catch (error) {
    if (!isKept) await caches.delete(CACHE);
    if (error instanceof ChangedFile) await tell("refused");
    throw error;
  }
}

class ChangedFile extends Error {}

async function keep(cache: Cache, file: Precached): Promise<void> {
  const path = ROOT + file.path;
  const answer = await fetch(path, { cache: "no-cache", credentials: "omit", redirect: "error" });
  if (answer.status !== 200) throw new Error(`answer ${answer.status}`);
  const body = await answer.arrayBuffer();
  const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hash !== file.sha256) throw new ChangedFile(file.path);
  await cache.put(path, new Response(body, { headers: answer.headers }));
}

async function activate(): Promise<void> {
  await sweep();
  await self.clients.claim();
}

/** The files of old versions go when no page stands that could still ask for one; those of a coming version are not old. */
async function sweep(): Promise<void> {
  const old = await formers(); // looked up first: what begins to come after this is not among them
  const { installing, waiting } = self.registration;
  const standing = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (installing !== null || waiting !== null || standing.some(({ url }) => new URL(url).pathname.startsWith(ROOT))) return;
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function formers(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

/** What a page of an old version asks for: its hash was checked when it was kept. */
async function former(path: string, request: Request): Promise<Response> {
  for (const name of await formers()) {
    const found = await (await caches.open(name)).match(path);
    if (found !== undefined) return found;
  }
  return fetch(request);
}

/** From the cache; a file that fell out of it comes back only with its hash. */
async function kept(path: string, file: Precached): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(path);
  if (found !== undefined) return found;
  await keep(cache, file);
  return (await cache.match(path)) ?? Response.error();
}

/** `load`: the user asked for the new version. `version`: what "Acerca de" shows. */
async function answer(event: ExtendableMessageEvent): Promise<void> {
  if (event.data === "load") await self.skipWaiting();
  if (event.data === "version") event.ports[0]?.postMessage({ version: __VERSION__, files: LIST.length });
}

async function tell(what: string): Promise<void> {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage(what);
}
