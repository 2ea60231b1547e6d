/**
 * Listeners — the counter of the companies, the origin of the software token, the metrics. Each is
 * built from the capabilities that main.ts has made; none of them knows an adapter.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Settings } from '#settings.ts'
import type { Certificates } from '#certificates/index.ts'
import { zenginPage, type ZenginPageNeeds } from '#demo/index.ts'
import { mailsPage, type MailsPageNeeds } from '#notices/index.ts'
import type { Config } from '#platform/config.ts'
import { buildCounter } from '#platform/http/counter.ts'
import { metricsServer } from '#platform/http/house-routes.ts'
import type { Database } from '#platform/database/database.ts'
import type { Routes } from '#platform/http/routes.ts'
import { drain, listen, open } from '#platform/http/lifetime.ts'
import { deviceScreens } from '#platform/http/security-headers.ts'
import type { Sessions } from '#platform/http/sessions.ts'
import { createMetrics, type Metrics } from '#platform/metrics.ts'
import { say } from '#platform/terminal.ts'

const dist = resolve(import.meta.dirname, '../dist')
const webRoot = join(dist, 'company')
const deviceRoot = join(dist, 'device')

/** What is served, of what main.ts has made. */
export interface Bank {
  readonly database: Database
  readonly routes: readonly Routes[]
  readonly identity: { readonly sessions: Sessions }
  readonly certificates: Pick<Certificates, 'extra' | 'openEntryListener'>
  readonly mailDrop: MailsPageNeeds['drop'] | null
  readonly otherBanks: ZenginPageNeeds['banks'] | null // null: real ones
  readonly deviceRoutes: Routes | null // null: no software tokens are taken
  readonly simulators: readonly string[]
}

/** The listener of that bank, not yet on its port. */
export function counterOf(settings: Settings, bank: Bank, metrics: Metrics) {
  const { config, log, clock } = settings
  const { database, routes, identity, certificates, mailDrop, otherBanks } = bank
  // The drop shows every mail to whoever asks: in the demo only.
  const mails = config.demo && mailDrop !== null ? [mailsPage({ drop: mailDrop })] : []
  const { publicOrigin } = config
  const banks =
    config.demo && otherBanks !== null ? [zenginPage({ banks: otherBanks, publicOrigin })] : []
  return buildCounter({
    ...{ config, log, clock, metrics, webRoot, database, routes, sessions: identity.sessions },
    face: faceOf(settings, bank),
    extra: [certificates.extra, ...mails, ...banks],
  })
}

/**
 * The software token's own origin: no session, no cookie, and nothing of the counter.
 * @returns null where the bank takes no software tokens
 */
export async function deviceListenerOf(settings: Settings, bank: Bank, metrics: Metrics) {
  const { config, log, clock } = settings
  const { database, deviceRoutes } = bank
  if (deviceRoutes === null) return null
  return buildCounter({
    ...{ log, clock, metrics, webRoot: deviceRoot, database, sessions: nobody },
    config: {
      ...config,
      publicOrigin: config.deviceOrigin,
      publicOriginIsDefault: config.deviceOriginIsDefault,
    },
    routes: [deviceRoutes],
    face: faceOf(settings, bank),
    screens: deviceScreens,
  })
}

function faceOf({ parameters }: Settings, { simulators }: Bank) {
  const { bankName: name, bankNameEnglish: englishName } = parameters
  return { name, englishName, simulators }
}

const nobody: Sessions = { visitorFor: async () => ({ ended: 'unknown' }) }

export interface OpenListeners {
  readonly address: string
  readonly deviceAddress: string | null // the software token; null: not taken here
  readonly entryAddress: string | null // 電子証明書ログイン; null: this bank has none
  close(): Promise<void>
}

export async function openListeners(settings: Settings, bank: Bank): Promise<OpenListeners> {
  const { config } = settings
  const metrics = createMetrics()
  const counter = await counterOf(settings, bank, metrics)
  const device = await deviceListenerOf(settings, bank, metrics)
  const metricsListener = await openMetrics(config, metrics)
  const { host, port, devicePort } = config
  const opened = await open(counter, { host, port })
  const deviceOpened = device && (await open(device, { host, port: devicePort }, 'DEVICE_PORT'))
  const entry = await bank.certificates.openEntryListener()
  for (const root of [webRoot, deviceRoot]) {
    if (!existsSync(join(root, 'index.html')))
      say(`the screens of ${root} are not built; \`npm start\` builds them.`)
  }
  return {
    address: config.publicOriginIsDefault ? `http://localhost:${opened}` : config.publicOrigin,
    deviceAddress:
      deviceOpened !== null && config.deviceOriginIsDefault
        ? `http://localhost:${deviceOpened}`
        : device && config.deviceOrigin,
    entryAddress: config.certificateEntry.kind === 'off' ? null : config.certificateEntry.origin,
    async close() {
      metricsListener?.close()
      await Promise.all([drain(counter, config), device && drain(device, config), entry?.close()])
    },
  }
}

async function openMetrics({ host, metricsPort, metricsToken }: Config, metrics: Metrics) {
  if (metricsPort === null) return null
  const server = metricsServer(metrics, metricsToken)
  await listen(server, { host, port: metricsPort, variable: 'METRICS_PORT' })
  return server
}
