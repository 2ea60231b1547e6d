/**
 * Composition root: configuration → database → adapters → capabilities → listener and jobs.
 * The one file that knows which adapter stands behind a port. There are no rules here.
 *
 *   node src/main.ts                    opens the bank
 *   node src/main.ts bank audit verify  the operator's command line (npm run bank -- …)
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createAdministration } from '#administration/index.ts'
import { createBalanceInquiry } from '#balance-inquiry/index.ts'
import { createDemoWorld, loginsTable } from '#demo/index.ts'
import { createHome } from '#home/index.ts'
import { createIdentity } from '#identity/index.ts'
import { createNotices } from '#notices/index.ts'
import {
  audit,
  operationHistory,
  operationHistoryRoutes,
  sealRoots,
} from '#operation-history/index.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Clock } from '#outside/clock/port.ts'
import { systemClock } from '#outside/clock/system.ts'
import { openEmbeddedCoreBanking } from '#outside/core-banking/embedded.ts'
import { openFileVault } from '#outside/key-vault/file.ts'
import { readBankParameters, type BankParameters } from '#platform/bank-parameters.ts'
import {
  exitOfWrongConfiguration,
  mistakesInWords,
  readConfig,
  type Config,
} from '#platform/config.ts'
import { openDatabase } from '#platform/database/open.ts'
import { openServer, type DatabaseServer } from '#platform/database/server.ts'
import { buildCounter } from '#platform/http/counter.ts'
import { metricsServer } from '#platform/http/house-routes.ts'
import { atTheEnd, drain, listen, open, PortTaken } from '#platform/http/lifetime.ts'
import { openJobs, type Jobs } from '#platform/jobs/index.ts'
import { createLog, toFile, type Log } from '#platform/log.ts'
import { createMetrics, type Metrics } from '#platform/metrics.ts'
import { say, welcome } from '#platform/terminal.ts'

const webRoot = resolve(import.meta.dirname, '../dist/company')

export interface Settings {
  readonly config: Config
  readonly parameters: BankParameters
  readonly log: Log
  readonly clock: Clock
}

/** @returns when the bank is open, or when the command is done */
export async function main(words: readonly string[]): Promise<void> {
  const settings = readSettings()
  try {
    if (words[0] === 'bank') await commandLine(settings, words.slice(1))
    else await serve(settings)
  } catch (fault) {
    settings.log.fatal({ err: fault }, 'the bank cannot be opened')
    say(fault instanceof Error ? fault.message : String(fault))
    process.exit(fault instanceof PortTaken ? exitOfWrongConfiguration : 1)
  }
}

function readSettings(): Settings {
  const read = readConfig(process.env)
  const file = 'config' in read ? read.config.bankParametersFile : null
  const bank = readBankParameters(file)
  if ('mistakes' in read || 'mistakes' in bank) {
    const mistakes = [read, bank].flatMap((part) => ('mistakes' in part ? part.mistakes : []))
    process.stderr.write(`${mistakesInWords(mistakes)}\n`)
    return process.exit(exitOfWrongConfiguration)
  }
  const { config } = read
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const log = createLog(config, config.logFile === null ? undefined : toFile(config.logFile))
  return { config, parameters: bank.parameters, log, clock: systemClock }
}

async function serve(settings: Settings): Promise<void> {
  const { config, log } = settings
  let ending = false
  const closing: (() => Promise<unknown>)[] = []
  // From the first moment: a start that is told to leave must not leave its server behind.
  atTheEnd(async (signal) => {
    ending = true
    say(`closing the bank (${signal}) …`)
    // oxlint-disable-next-line no-await-in-loop -- in this order
    for (const close of closing.toReversed()) await close()
  })
  try {
    const opening = openServer({ config, log, say })
    closing.push(async () => (await opening.catch(() => null))?.stop())
    await openAll(settings, await opening, closing)
  } catch (fault) {
    if (!ending) throw fault // else what was still being opened found its server gone
  }
}

/** @param closing gets what is to be done at the end, last thing first */
async function openAll(
  settings: Settings,
  server: DatabaseServer,
  closing: (() => Promise<unknown>)[],
): Promise<void> {
  const { config, log } = settings
  // A process that cannot keep its database has nothing left to serve.
  void server.failed.then((fault) => {
    log.fatal({ err: fault }, 'the database cannot be kept running')
    process.exit(1)
  })
  const bank = await openBank(settings, server)
  closing.push(bank.close)
  const logins = config.demo && config.role !== 'web' ? await bank.demoWorld.make(say) : null
  const jobs = config.role === 'web' ? null : await startJobs(settings, server, bank)
  if (jobs) closing.push(jobs.stop)
  const counter = config.role === 'worker' ? null : await openCounter(settings, bank)
  if (counter) closing.push(counter.close)
  welcome({ config, address: counter?.address ?? null, logins: logins && loginsTable(logins) })
}

/** The capabilities, each given what it needs of the others' doors. */
export async function openBank(
  { config, parameters, log, clock }: Settings,
  server: Pick<DatabaseServer, 'address'>,
) {
  const tell = (message: string, fault?: unknown) => log.warn({ err: fault }, message)
  const database = await openDatabase({ address: server.address, log: tell })
  const keyVault = await openFileVault(join(config.dataDir, 'keys'))
  log.warn('the core system is the built-in simulator: no real money moves')
  const coreBanking = openEmbeddedCoreBanking({
    ...{ address: server.address, database, clock, log: tell },
  })

  const administration = createAdministration()
  const notices = createNotices({ database, operationHistory })
  const identity = createIdentity({
    ...{ database, administration, history: operationHistory, vault: keyVault },
    loginNotices: notices.loginNotices,
    parameters: {
      passwordProfile: config.passwordProfile,
      loginLock: parameters.loginLock,
      confirmationLock: parameters.confirmationLock,
      serviceHours: parameters.serviceHours,
      session: {
        idleMinutes: config.sessionIdleMinutes,
        warningMinutes: parameters.sessionWarningMinutes,
        absoluteHours: config.sessionAbsoluteHours,
      },
    },
    log: (message, facts) => log.warn(facts, message),
  })
  await identity.assertSamePepper()
  const inquiry = createBalanceInquiry({
    ...{ coreBanking, administration, operationHistory, database, keyVault },
    parameters,
  })
  const home = createHome({
    ...{ database, operationHistory, notices, logins: identity, balances: inquiry },
    unapprovedOrders: [], // the kinds of order join here as their capabilities are built
    reportFault: (block, fault) => log.error({ err: fault, block }, 'a block cannot be told'),
  })
  const history = operationHistoryRoutes({ database, administration, operationHistory, parameters })
  return {
    ...{ database, keyVault, coreBanking, identity, administration },
    routes: [identity.routes, home.routes, notices.routes, inquiry.routes, history],
    demoWorld: createDemoWorld({
      ...{ database, administration, notices, coreBanking, clock },
      credentials: identity.credentials,
      passwordProfile: config.passwordProfile,
      dataDir: config.dataDir,
    }),
    seal: () => sealRoots({ database, keyVault, clock, rootsPath: rootsPath(config) }),
    close: async () => {
      await coreBanking.close()
      await database.close()
    },
  }
}
type Bank = Awaited<ReturnType<typeof openBank>>

/** An outsider keeps copies of this file; see docs/operating/audit.md. */
function rootsPath({ dataDir }: Config): string {
  return join(dataDir, 'operation-history', 'roots.jsonl')
}

async function startJobs(
  { log, clock }: Settings,
  server: DatabaseServer,
  bank: Bank,
): Promise<Pick<Jobs, 'stop'>> {
  const jobs = await openJobs({
    address: server.address,
    log: (message, fault) => log.warn({ err: fault }, message),
  })
  const { books } = bank.coreBanking
  await jobs.every('seal-operation-history', '*/5 * * * *', async () => void (await bank.seal()))
  await jobs.every('expire-holds', '* * * * *', async () => {
    await books.expireHolds()
  })
  // 日締め; idempotent, and a night that was missed is closed with the next.
  await jobs.every('close-day', '30 0 * * *', async () => {
    await books.closeDay(dayInJapan(clock.now()).subtract({ days: 1 }))
  })
  await jobs.every('forget-ended-sessions', '20 3 * * *', () =>
    bank.database.asBank((tx) => bank.identity.purge(tx, clock.now())),
  )
  return {
    async stop() {
      await jobs.stop()
      await bank.seal()
    },
  }
}

/** The listener of that bank, not yet on its port. */
export function counterOf(settings: Settings, bank: Bank, metrics: Metrics) {
  const { config, parameters, log, clock } = settings
  const { database, routes, identity } = bank
  return buildCounter({
    ...{ config, log, clock, metrics, webRoot, database, routes, sessions: identity.sessions },
    face: {
      name: parameters.bankName,
      englishName: parameters.bankNameEnglish,
      simulators: ['core-banking'], // of the adapters above, those that only stand in
    },
  })
}

async function openCounter(settings: Settings, bank: Bank) {
  const { config } = settings
  const metrics = createMetrics()
  const app = await counterOf(settings, bank, metrics)
  const metricsListener = await openMetrics(config, metrics)
  const port = await open(app, config)
  if (!existsSync(join(webRoot, 'index.html')))
    say('the screens are not built; `npm start` builds them.')
  const address = config.publicOriginIsDefault ? `http://localhost:${port}` : config.publicOrigin
  return {
    address,
    async close() {
      metricsListener?.close()
      await drain(app, config)
    },
  }
}

async function openMetrics({ host, metricsPort, metricsToken }: Config, metrics: Metrics) {
  if (metricsPort === null) return null
  const server = metricsServer(metrics, metricsToken)
  await listen(server, { host, port: metricsPort, variable: 'METRICS_PORT' })
  return server
}

/** `npm run bank -- …`. Works beside a running bank. */
async function commandLine(settings: Settings, words: readonly string[]): Promise<void> {
  const { config, log, clock } = settings
  const [topic, ...rest] = words
  if (topic !== 'audit') {
    process.stdout.write('usage: npm run bank -- audit verify | audit export FOLDER\n')
    process.exitCode = 2
    return
  }
  const server = await openServer({ config, log, say, beside: true })
  const database = await openDatabase({ address: server.address, migrate: false })
  const keyVault = await openFileVault(join(config.dataDir, 'keys'))
  try {
    const print = (line: string) => void process.stdout.write(`${line}\n`)
    const needs = { database, keyVault, clock, rootsPath: rootsPath(config) }
    process.exitCode = await audit(needs, rest, print)
  } finally {
    await database.close()
    await server.stop()
  }
}

if (import.meta.main) await main(process.argv.slice(2))
