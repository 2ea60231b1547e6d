/** Without a network: the service worker, and which build of the device this is. */

export type Offline = 'ready' | 'not-yet' | 'never'

/** The digest of the build, as vite.device.config.ts wrote it into the page. */
export function buildName(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="build"]')
  return meta?.content || '-'
}

interface Hears {
  readonly ready: () => void
  /** A newer build is there and waits; calling `update` opens it. */
  readonly newer: (update: () => void) => void
}

export function mayWorkOffline(): boolean {
  return 'serviceWorker' in navigator
}

/** @throws when the browser refuses a service worker: then the device works online only */
export async function keepForOffline({ ready, newer }: Hears): Promise<void> {
  const { serviceWorker } = navigator
  const hadOne = serviceWorker.controller !== null
  const registration = await serviceWorker.register(trustedAddress(), { updateViaCache: 'none' })
  void serviceWorker.ready.then(ready)

  const tell = (waiting: ServiceWorker) => {
    if (!hadOne) return // the first one takes over by itself
    newer(() => {
      serviceWorker.addEventListener('controllerchange', () => window.location.reload())
      waiting.postMessage('take-over')
    })
  }
  if (registration.waiting) tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') tell(coming)
    })
  })
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string }
}

const workerAddress = '/sw.js'

/** The policy's one purpose: no other address ever becomes a script (frontend.md §8). */
function trustedAddress(): string {
  const { trustedTypes } = globalThis as unknown as { trustedTypes?: TrustedTypes }
  if (trustedTypes === undefined) return workerAddress
  const policy = trustedTypes.createPolicy('device-worker', {
    createScriptURL(address) {
      if (address !== workerAddress) throw new TypeError(`no script is loaded from ${address}`)
      return address
    },
  })
  return policy.createScriptURL(workerAddress)
}
