/** For tests of certificates: the login's chain with real tokens, an authority, and .p12 makers. */
import { randomBytes, X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificates, type Certificates } from '#certificates/index.ts'
import { makeRequest, newKeyPair, type KeyPair } from '#certificates/web/pkcs12.ts'
import type { CertificateParameters } from '#certificates/parameters.ts'
import { createAdministration } from '#administration/index.ts'
import { createMails } from '#notices/index.ts'
import { operationHistory } from '#operation-history/index.ts'
import { openCertificateAuthority } from '#outside/certificate-authority/built-in.ts'
import type { CertificateAuthority, HostCertificates } from '#outside/certificate-authority/port.ts'
import { defaultBankParameters } from '#platform/bank-parameters.ts'
import type { CertificateEntryConfig } from '#platform/certificate-entry-config.ts'
import type { CastMember } from './cast.ts'
import { publicOrigin, testCounter, type TestCounter } from './counter.ts'
import type { TestDatabase } from './database.ts'
import { testDevice, type TestDevice } from './device.ts'
import {
  identityWorld,
  noTokens,
  type Answer,
  type Browser,
  type IdentityWorld,
} from './identity.ts'
import { tokensOf } from './tokens.ts'

/** A key in a page, and what it asks with. */
export interface Page {
  readonly pair: KeyPair
  readonly request: string // base64
}

/** The .p12 in a browser's store, and what is known of it in the registry. */
export interface Held {
  readonly id: string
  readonly certificate: X509Certificate
  readonly pfx: Buffer
  readonly passphrase: string
}

export interface CertificateWorld extends IdentityWorld {
  readonly certificates: Certificates
  readonly authority: CertificateAuthority & HostCertificates
  /** The counter that serves /pki. */
  readonly pki: TestCounter
  now(): Temporal.Instant
  /** A token in the hands of that user, without 手順 4. */
  giveToken(member: CastMember, serial: string): Promise<TestDevice>
  page(): Promise<Page>
  /** The page's next step, with the code that the device shows. */
  issue(browser: Browser, device: TestDevice, page: Page): Promise<Answer>
  /** Issued as the demo does it: without proof. */
  hold(member: CastMember): Promise<Held>
  /** What was recorded of that operation, newest last. */
  history(operation: string): Promise<readonly Recorded[]>
  mails(): Promise<readonly string[]>
}

export interface Recorded {
  readonly company: string | null
  readonly user: string | null
  readonly result: string
  readonly reason: string | null
  readonly facts: Readonly<Record<string, string>>
}

const passphrase = 'Himitsu2026'

export async function certificateWorld(
  db: TestDatabase,
  {
    parameters = {},
    entry = { kind: 'off' },
  }: {
    readonly parameters?: Partial<CertificateParameters>
    readonly entry?: CertificateEntryConfig
  } = {},
): Promise<CertificateWorld> {
  const { database } = db
  let certificates!: Certificates
  let authority!: CertificateWorld['authority']
  let clock: TestCounter['clock'] | null = null
  const later = { now: () => clock?.now() ?? Temporal.Instant.from('2026-11-22T01:00:00Z') }
  let registering = false // else nobody is sent to 手順 4
  const dataDir = await mkdtemp(join(tmpdir(), 'certificates-'))

  const world = await identityWorld(db, {}, (vault) => {
    const tokens = tokensOf(db, vault)
    const administration = createAdministration()
    const bankName = 'Madoguchi Bank'
    const addresses = { publicOrigin }
    authority = openCertificateAuthority({ database, vault, clock: later, addresses, bankName })
    certificates = createCertificates({
      ...{ database, administration, authority, history: operationHistory, clock: later },
      ...{ signing: tokens.signing, log: { info: () => {}, error: () => {} } },
      mails: createMails({
        ...{ database, administration, clock: later, log: () => {} },
        sender: { send: () => Promise.reject(new Error('no mail leaves a test')) },
        bankNames: { ja: 'まどぐち銀行', en: bankName },
      }),
      config: {
        ...{ publicOrigin, dataDir, host: '127.0.0.1', drainSeconds: 1 },
        certificateEntry: entry,
      },
      parameters: { ...defaultBankParameters, certificates: parameters },
    })
    return {
      certificateEntry: certificates.entry,
      tokenSteps: {
        stepOf: (...asked) => (registering ? tokens.steps : noTokens).stepOf(...asked),
      },
      routes: ({ identity }) => [tokens.routes(identity), certificates.routes(identity)],
    }
  })
  clock = world.counter.clock
  await db.owner.query("update administration.company set login_method = 'either'")
  const pki = await testCounter(database, { extra: [certificates.extra], clock })

  return {
    ...world,
    ...{ certificates, authority, pki },
    now: later.now,
    giveToken: async (member, serial) => {
      registering = true
      const device = await registered(db, world, member, serial)
      registering = false
      return device
    },
    page: async () => {
      const pair = await newKeyPair()
      const request = Buffer.from(await makeRequest(pair, 'whoever')).toString('base64')
      return { pair, request }
    },
    issue: async (browser, device, { request }) => {
      const { body } = await browser.call('POST', '/api/certificate-issue/challenge')
      const { code } = await device.sign(body.qr)
      return browser.call('POST', '/api/certificate-issue/certificate', {
        ...{ request, challengeId: body.id, transactionCode: code, letterCode: null },
      })
    },
    hold: async ({ loginId }) => {
      const user = await database.asBank((tx) => world.administration.userByLoginId(tx, loginId))
      const p12 = await certificates.makeDemoCertificate({ user: user!, password: passphrase })
      const { rows } = await db.owner.query<{ id: string; der: Buffer }>(
        "select id, der from certificates.certificate where user_id = $1 and state = 'unused'",
        [user!.id],
      )
      const { id, der } = rows[0]!
      return { id, certificate: new X509Certificate(der), pfx: Buffer.from(p12!), passphrase }
    },
    history: async (operation) => {
      const { rows } = await db.owner.query<Recorded>(
        `select company_id::text as company, user_id::text as user, result,
                payload::jsonb ->> 'reason' as reason, payload::jsonb -> 'facts' as facts
           from operation_history.record where operation = $1
          order by xmin::text::bigint, sequence`, // as they came, whatever their chain
        [operation],
      )
      return rows
    },
    mails: async () => {
      const { rows } = await db.owner.query<{ template: string; to_address: string }>(
        'select template, to_address from notices.mail order by id',
      )
      return rows.map(({ template, to_address: to }) => `${template} ${to}`)
    },
    close: async () => {
      await pki.close()
      await world.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** 手順 4, with a device out of stock. */
async function registered(
  db: TestDatabase,
  world: IdentityWorld,
  member: CastMember,
  serial: string,
): Promise<TestDevice> {
  const factoryKey = new Uint8Array(randomBytes(32))
  const user = Object.values(world.users).find(({ loginId }) => loginId === member.loginId)!
  const context = `token.device:factory_key:${serial}:v1`
  const sealed = await world.vault.seal('token-keys', factoryKey, context)
  await db.owner.query(
    `insert into token.device (serial, profile, state, company_id, factory_key, made_at,
       assigned_at) values ($1, 'hardware', 'assigned', $2, $3, now(), now())`,
    [serial, user.companyId, Buffer.from(sealed)],
  )
  const device = await testDevice({ serial, factoryKey })
  const browser = world.browser()
  await browser.loginAs(member)
  const path = '/api/token-registration'
  const first = await browser.call('POST', path, { serial, serialAgain: serial })
  const authenticationCode = await device.readFirst(first.body.scan.qr)
  const second = await browser.call('POST', `${path}/authentication-code`, { authenticationCode })
  const transactionCode = await device.readSecond(second.body.scan.qr)
  await device.activate()
  const done = { transactionCode, activated: true }
  const { status } = await browser.call('POST', `${path}/completion`, done)
  if (status !== 204) throw new Error(`the registration was answered with ${status}`)
  return device
}
