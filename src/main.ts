/**
 * Composition root: configuration → database → adapters → capabilities → listener and jobs.
 * The one file that knows which adapter stands behind a port. There are no rules here.
 *
 *   node src/main.ts                    opens the bank
 *   node src/main.ts bank audit verify  the operator's command line (npm run bank -- …)
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAdministration } from '#administration/index.ts'
import { createBalanceInquiry } from '#balance-inquiry/index.ts'
import { createDemoWorld, demoPlaces, loginsTable } from '#demo/index.ts'
import { createHome } from '#home/index.ts'
import { createIdentity } from '#identity/index.ts'
import { createCertificates } from '#certificates/index.ts'
import { createMails, createMessages, createNotices } from '#notices/index.ts'
import { createOrders, ownPlaces, prepareOrders } from '#orders.ts'
import {
  audit,
  operationHistory,
  operationHistoryRoutes,
  sealRoots,
} from '#operation-history/index.ts'
import { createTokens } from '#token/index.ts'
import { topicOf, usageOf, type Command, type Topic } from './command-line.ts'
import { startJobs } from './jobs.ts'
import { openListeners } from './listeners.ts'
import { identityParameters, readSettings, tokenParameters, type Settings } from './settings.ts'
import { openCertificateAuthority } from '#outside/certificate-authority/built-in.ts'
import { systemClock } from '#outside/clock/system.ts'
import { calendarUsage } from '#outside/calendar/cli.ts'
import { openCalendar } from '#outside/calendar/table.ts'
import { openEmbeddedCoreBanking } from '#outside/core-banking/embedded.ts'
import { openZenginSimulator } from '#outside/zengin-net/simulator.ts'
import { openFileVault } from '#outside/key-vault/file.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import { openMailDrop } from '#outside/mail/drop.ts'
import { openSmtp } from '#outside/mail/smtp.ts'
import { exitOfWrongConfiguration, type Config } from '#platform/config.ts'
import { openDatabase } from '#platform/database/open.ts'
import { openServer, type DatabaseServer } from '#platform/database/server.ts'
import type { Routes } from '#platform/http/routes.ts'
import { atTheEnd, PortTaken } from '#platform/http/lifetime.ts'
import { say, welcome } from '#platform/terminal.ts'

/** @returns when the bank is open, or the command done */
export async function main(words: readonly string[]): Promise<void> {
  const settings = readSettings(systemClock)
  try {
    if (words[0] === 'bank') await commandLine(settings, words.slice(1))
    else await serve(settings)
  } catch (fault) {
    settings.log.fatal({ err: fault }, 'the bank cannot be opened')
    say(fault instanceof Error ? fault.message : String(fault))
    process.exit(fault instanceof PortTaken ? exitOfWrongConfiguration : 1)
  }
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
  const demo = config.demo && config.role !== 'web' ? await bank.demoWorld.make(say) : null
  const jobs = config.role === 'web' ? null : await startJobs(settings, server, bank)
  if (jobs) closing.push(jobs.stop)
  const listeners = config.role === 'worker' ? null : await openListeners(settings, bank)
  if (listeners) closing.push(listeners.close)
  const logins = demo && loginsTable(demo.logins)
  welcome({ config, listeners, logins, certificate: demo?.certificate ?? null })
}

/** What stands behind the ports. */
async function openAdapters(
  settings: Settings,
  { address }: Pick<DatabaseServer, 'address'>,
  migrate: boolean,
) {
  const { config, parameters, log, clock } = settings
  const tell = (message: string, fault?: unknown) => log.warn({ err: fault }, message)
  const database = await openDatabase({ address, log: tell, migrate })
  const keyVault = await openKeyVault(config)
  log.warn('the core system is the built-in simulator: no real money moves')
  const coreBanking = openEmbeddedCoreBanking({ address, database, clock, log: tell })
  const authority = openCertificateAuthority({
    ...{ database, clock, vault: keyVault, bankName: parameters.bankNameEnglish },
    addresses: config, // the public origin stands in every certificate
  })
  const calendar = openCalendar({ database, clock })
  log.warn('the other banks are simulated: no real money moves')
  const zenginNet = openZenginSimulator({ database, clock, calendar })
  const mail = await openMail(settings)
  return { database, keyVault, coreBanking, calendar, zenginNet, authority, mail }
}

/** Who everybody is, what they hold, and what the bank tells them. */
function createFoundations(
  settings: Settings,
  { database, keyVault, authority, mail }: Awaited<ReturnType<typeof openAdapters>>,
) {
  const { config, parameters, log, clock } = settings
  const administration = createAdministration()
  const notices = createNotices({ database, operationHistory })
  const messages = createMessages({ database, reportFault: warnOf(log) })
  const mails = createMails({
    ...{ database, administration, clock, sender: mail.sender },
    bankNames: { ja: parameters.bankName, en: parameters.bankNameEnglish },
    log: (message, facts) => log.warn(facts, message),
  })
  const desk = { database, administration, history: operationHistory, vault: keyVault, mails }
  const tokens = createTokens({
    ...{ ...desk, bankCode: parameters.bankCode },
    parameters: tokenParameters(settings),
  })
  const certificates = createCertificates({
    ...{ ...desk, clock, config, parameters, log, signing: tokens.signing },
    authority,
  })
  const identity = createIdentity({
    ...{ ...desk, loginNotices: notices.loginNotices, tokenSteps: tokens.steps },
    certificateEntry: certificates.entry,
    parameters: identityParameters(settings),
    log: (message, facts) => log.warn(facts, message),
  })
  return { administration, notices, messages, mails, tokens, certificates, identity }
}

/** The capabilities, each given what it needs of the others' doors. */
export async function openBank(
  settings: Settings,
  server: Pick<DatabaseServer, 'address'>,
  { migrate = true }: { readonly migrate?: boolean } = {},
) {
  const { config, parameters, log, clock } = settings
  const adapters = await openAdapters(settings, server, migrate)
  const { database, keyVault, coreBanking, calendar, zenginNet, mail } = adapters
  const foundations = createFoundations(settings, adapters)
  const { administration, notices, messages, mails, tokens, certificates, identity } = foundations
  await identity.assertSamePepper()
  const orders = createOrders({
    ...{ settings, database, administration, coreBanking, zenginNet, calendar, identity },
    ...{
      signing: tokens.signing,
      mails,
      messages,
      places: config.demo ? demoPlaces : ownPlaces(parameters),
    },
  })
  if (migrate) await prepareOrders(settings, { ...adapters, ...orders })
  const inquiry = createBalanceInquiry({
    ...{ coreBanking, administration, operationHistory, database, keyVault },
    parameters,
  })
  const home = createHome({
    ...{ database, operationHistory, notices, logins: identity, balances: inquiry, certificates },
    unapprovedOrders: [orders.approvals, orders.transfers],
    reportFault: (block, fault) => log.error({ err: fault, block }, 'a block cannot be told'),
  })
  const history = operationHistoryRoutes({ database, administration, operationHistory, parameters })
  const demoWorld = createDemoWorld({
    ...{ database, administration, notices, coreBanking, clock, otherBanks: zenginNet },
    approvals: orders.approvals,
    certificates: config.certificateEntry.kind === 'off' ? null : certificates,
    credentials: identity.credentials,
    passwordProfile: config.passwordProfile,
    dataDir: config.dataDir,
  })
  return {
    ...{ database, keyVault, coreBanking, identity, administration, tokens, certificates, mails },
    ...{ messages, mailDrop: mail.drop, otherBanks: zenginNet, ...orders },
    routes: [
      ...[identity.routes, tokens.routes(identity), certificates.routes(identity)],
      ...[home.routes, notices.routes, messages.routes, inquiry.routes, history],
      ...[orders.directory, orders.payees, orders.approvals, orders.transfers].map(routesOf),
    ],
    /** null: this bank takes no software tokens, so nobody serves them. */
    deviceRoutes: tokenParameters(settings).softwareTokens.taken
      ? tokens.deviceRoutes(config.demo ? demoWorld.companies : null)
      : null,
    /** Of the adapters above, those that only stand in. */
    simulators: ['core-banking', 'zengin-net', ...(mail.drop === null ? [] : ['mail'])],
    demoWorld,
    seal: () => sealRoots({ database, keyVault, clock, rootsPath: rootsPath(config) }),
    commands: {
      audit: (words, _now, print) =>
        audit({ database, keyVault, clock, rootsPath: rootsPath(config) }, words, print),
      tokens: tokens.command,
      certificates: certificates.command,
      ...{ banks: orders.directory.command, calendar: calendar.command },
      ...{ fees: orders.fees.command, payees: orders.payees.command },
    } satisfies Readonly<Record<Topic, Command>>,
    close: async () => {
      await orders.transfers.settled()
      await coreBanking.close()
      await database.close()
    },
  }
}

const routesOf = ({ routes }: { readonly routes: Routes }) => routes

/** For work that goes on by itself and tries again. */
const warnOf = (log: Settings['log']) => (fault: unknown) =>
  log.warn({ err: fault }, 'new messages cannot be seen')

async function openKeyVault({ keyVault, dataDir }: Config): Promise<KeyVault> {
  if (keyVault.kind === 'file') return openFileVault(join(dataDir, 'keys'))
  const { openPkcs11Vault } = await import('#outside/key-vault/pkcs11.ts')
  const pin = (await readFile(keyVault.pinFile, 'utf8')).trim()
  return openPkcs11Vault({ ...keyVault, pin })
}

/** The bank's mail server, or the drop where none is set. */
async function openMail({ config, parameters, log }: Settings) {
  const from = { name: parameters.bankName, address: config.mailFrom }
  if (config.smtpUrl !== null) {
    return { sender: openSmtp({ url: config.smtpUrl, from }), drop: null }
  }
  const folder = join(config.dataDir, 'mails')
  const drop = await openMailDrop({ folder, from, log: (said) => log.warn(said) })
  return { sender: drop, drop }
}

/** An outsider keeps copies of this file; see docs/operating/audit.md. */
const rootsPath = ({ dataDir }: Config) => join(dataDir, 'operation-history', 'roots.jsonl')

/** `npm run bank -- …`. Works beside a running bank. */
async function commandLine(settings: Settings, words: readonly string[]): Promise<void> {
  const { config, log, clock } = settings
  const topic = topicOf(words[0])
  if (topic === null) {
    process.stdout.write(usageOf(calendarUsage))
    process.exitCode = 2
    return
  }
  const server = await openServer({ config, log, say, beside: true })
  const bank = await openBank(settings, server, { migrate: false })
  try {
    const print = (line: string) => void process.stdout.write(`${line}\n`)
    process.exitCode = await bank.commands[topic](words.slice(1), clock.now(), print)
  } finally {
    await bank.close()
    await server.stop()
  }
}

if (import.meta.main) await main(process.argv.slice(2))
