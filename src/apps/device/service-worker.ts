/**
 * The service worker — keeps the whole device in the browser, so that it needs no network after
 * the first visit. Every build is another worker with another cache; what is kept is never asked
 * for again. `self.build` is written in front of this file by vite.device.config.ts.
 */
const { build } = self as unknown as { readonly build: { name: string; paths: readonly string[] } }
const worker = self as unknown as WorkerScope
const cacheName = `device-${build.name}`

worker.addEventListener('install', (event) => event.waitUntil(keepAll()))
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()))
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting() // the person asked for the newer version
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate' && !pathname.startsWith('/api')) {
    return event.respondWith(kept('/', request))
  }
  if (build.paths.includes(pathname)) event.respondWith(kept(pathname, request))
})

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.addAll(build.paths.map((path) => new Request(path, { cache: 'reload' })))
}

async function takeOver(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}

/** What TypeScript's `dom` does not know of a service worker. */
interface WorkerScope {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}
interface Extendable {
  waitUntil(done: Promise<unknown>): void
}
interface Fetching {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
