/**
 * トランザクション認証: 2D codes made and their codes checked, per second of one core, all keys out
 * of the vault each time; and how long a clerk waits for one from the database.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createAdministration } from '#administration/index.ts'
import { newInstance } from '#kit/ctp1/activation.ts'
import type { Content } from '#kit/ctp1/fields.ts'
import { sealTransaction, transactionCode } from '#kit/ctp1/transaction.ts'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import type { Origin } from '#kit/visitor.ts'
import { operationHistory } from '#operation-history/index.ts'
import { systemClock } from '#outside/clock/system.ts'
import { openFileVault } from '#outside/key-vault/file.ts'
import { openDatabase } from '#platform/database/open.ts'
import { createTokens, type Tokens } from '#token/index.ts'
import type { Device } from '#token/devices-store.ts'
import type { Instance } from '#token/instances-store.ts'
import { createTokenKeys, type TokenKeys } from '#token/token-keys.ts'
import {
  ascending,
  milliseconds,
  percentile,
  perSecond,
  type Figure,
  type Measure,
} from './measure.ts'

const bankCode = '9999'
const content: Content = {
  template: 'transfer',
  fields: [
    { tag: 'bank', value: '9998 ﾄﾅﾘ' },
    { tag: 'branch', value: '101 ﾎﾝﾃﾝ' },
    { tag: 'account', value: '1 7654321' },
    { tag: 'payee', value: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ' },
    { tag: 'amount', value: '3000000' },
    { tag: 'date', value: '2026-11-24' },
    { tag: 'reference', value: 'F2611240001' },
  ],
}
const perSecondWanted = 1_000
const millisecondsAllowed = 100

export const token: Measure = {
  name: 'token',
  async run({ server, settings, say }) {
    const folder = mkdtempSync(join(tmpdir(), 'mdg-bench-token-'))
    try {
      const vault = await openFileVault(join(folder, 'keys'))
      const keys = createTokenKeys({ vault, bankCode })
      say(`token: challenges made and checked, ${settings.seconds} s`)
      const protocol = await protocolFigure(keys, settings.seconds)
      const address = await server.newDatabase('bench_token')
      const database = await openDatabase({ address, migrate: false })
      say('token: the same over the database')
      const figures = await databaseFigures({ database, vault, keys }, settings.seconds)
      await database.close()
      return [protocol, ...figures]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Twenty at a time: WebCrypto works on threads of its own, and a single caller would wait. */
async function protocolFigure(keys: TokenKeys, seconds: number): Promise<Figure> {
  const { device, instance } = await registered(keys)
  let sequence = 0
  let count = 0
  const before = process.cpuUsage()
  const end = performance.now() + seconds * 1_000
  const caller = async () => {
    while (performance.now() < end) {
      const facts = { bankCode, instance: instance.handle, software: false }
      const enc = await keys.enc(device, instance)
      const sealed = await sealTransaction(enc, { ...facts, sequence: (sequence += 1) }, content)
      const mac = await keys.mac(device, instance)
      if ((await transactionCode(mac, sealed.digest)).length !== 8) throw new Error('no code')
      count += 1
    }
  }
  await Promise.all(Array.from({ length: 20 }, caller))
  const { user, system } = process.cpuUsage(before)
  const perCore = count / ((user + system) / 1e6)
  return {
    what: 'challenges made and checked, per second of one core',
    ours: perSecond(perCore),
    against: `${perSecond(perSecondWanted)} wanted`,
    ratio: perCore / perSecondWanted,
    bar: { atLeast: 1 },
    detail: { count, perCore },
  }
}

async function registered(keys: TokenKeys) {
  const { instance: handle, seed } = newInstance()
  const serial = '3104800123'
  const id = newId<'instance'>(systemClock.now().epochMilliseconds)
  const companyId = newId<'company'>(systemClock.now().epochMilliseconds)
  const factoryKey = await keys.sealFactoryKey(serial, crypto.getRandomValues(new Uint8Array(32)))
  const device: Device = { serial, profile: 'hardware', state: 'assigned', companyId, factoryKey }
  const instance: Instance = {
    ...{ id, companyId, serial, handle, nonce: 4_321, seed: await keys.sealSeed(id, seed) },
    ...{ state: 'in-use' as const, fails: 0, suspendedAs: null },
  }
  return { device, instance }
}

type Stores = {
  database: Awaited<ReturnType<typeof openDatabase>>
  vault: Awaited<ReturnType<typeof openFileVault>>
  keys: TokenKeys
}

async function databaseFigures(
  { database, vault, keys }: Stores,
  seconds: number,
): Promise<readonly Figure[]> {
  const administration = createAdministration()
  const tokens = createTokens({
    ...{ database, administration, vault, bankCode, history: operationHistory },
    mails: { queueToUserAndMasters: async () => {} },
    parameters: { scansPerHour: 1_000_000_000 },
  })
  const signers = await people(database, keys, 16)
  const alone = await load({ database, tokens }, signers.slice(0, 1), seconds)
  const crowd = await load({ database, tokens }, signers, seconds)
  return [
    {
      what: '2D code made and stored for one clerk, p99',
      ours: `${milliseconds(alone.p99)} (p50 ${milliseconds(alone.p50)})`,
      against: `${milliseconds(millisecondsAllowed)} allowed`,
      ratio: alone.p99 / millisecondsAllowed,
      bar: { atMost: 1 },
      detail: { ...alone },
    },
    {
      what: '2D codes made and used over the database, 16 clerks at once',
      ours: `${perSecond(crowd.perSecond)} (p99 ${milliseconds(crowd.p99)})`,
      against: `${perSecond(alone.perSecond)} by one clerk`,
      ratio: crowd.perSecond / alone.perSecond,
      bar: null,
      detail: { ...crowd },
    },
  ]
}

type Signers = Awaited<ReturnType<typeof people>>

/** Each signs one order after the other: made, code, used. */
async function load(
  bank: { database: Stores['database']; tokens: Tokens },
  signers: Signers,
  seconds: number,
) {
  const times: number[] = []
  let done = 0
  const end = performance.now() + seconds * 1_000
  const clerk = async (one: Signers[number]) => {
    while (performance.now() < end) {
      times.push(await signOnce(bank, one))
      done += 1
    }
  }
  await Promise.all(signers.map(clerk))
  const sorted = ascending(times)
  return { p50: percentile(sorted, 50), p99: percentile(sorted, 99), perSecond: done / seconds }
}

const origin: Origin = {
  address: '192.0.2.1',
  terminal: 'pc',
  userAgent: '',
  inquiryNumber: 'BENC-HBEN-CHBE',
  language: 'ja',
}

/** @returns milliseconds until the 2D code could be shown */
async function signOnce(
  { database, tokens }: { database: Stores['database']; tokens: Tokens },
  { signer, mac }: Signers[number],
): Promise<number> {
  const subject = { signer, purpose: 'transfer', subjectId: 'T' }
  const started = performance.now()
  const issued = await database.asCompany(signer.companyId, (tx) =>
    tokens.signing.issue(tx, { ...subject, content, canonical: 'order' }, systemClock.now()),
  )
  const time = performance.now() - started
  if (!issued.granted) throw new Error(issued.reason)
  const challengeId = issued.value.id
  const code = await codeOf(database, mac, challengeId)
  const came = { now: systemClock.now(), origin }
  const answer = await tokens.signing.redeem({ ...subject, challengeId, code }, came, {
    canonical: async () => 'order',
    change: async () => undefined,
  })
  if (!answer.granted) throw new Error(answer.reason)
  return time
}

/** Only a device knows the code; here its key is at hand. */
async function codeOf(database: Stores['database'], mac: CryptoKey, id: string): Promise<string> {
  const digest = await database.asBank(async (tx) => {
    const { rows } = await sql<{ digest: Uint8Array }>`
      select digest from token.challenge where id = ${id}`.execute(tx)
    return new Uint8Array(rows[0]!.digest)
  })
  return transactionCode(mac, digest)
}

async function people(database: Stores['database'], keys: TokenKeys, count: number) {
  const made = []
  for (let nth = 0; nth < count; nth += 1) {
    const at = systemClock.now()
    const company: CompanyId = newId<'company'>(at.epochMilliseconds)
    const user: UserId = newId<'user'>(at.epochMilliseconds)
    const { device, instance } = await registered(keys)
    const serial = String(1_000 + nth)
    const factoryKey = await keys.sealFactoryKey(serial, crypto.getRandomValues(new Uint8Array(32)))
    const own = { ...device, serial, factoryKey }
    const held = { ...instance, serial }
    await database.asBank(async (tx) => {
      await sql`insert into administration.company (id, name, name_kana, state, login_method,
          created_at) values (${company}, 'b', 'b', 'active', 'password', ${at})`.execute(tx)
      await sql`insert into administration.app_user (id, company_id, login_id, name, mail, role,
          created_at) values (${user}, ${company}, ${`bench${nth}x`}, 'b', '', 'general', ${at})`.execute(
        tx,
      )
      await sql`insert into token.device (serial, profile, state, company_id, factory_key, made_at,
          assigned_at) values (${serial}, 'hardware', 'assigned', ${company}, ${factoryKey}, ${at},
          ${at})`.execute(tx)
      await sql`insert into token.instance (id, company_id, serial, handle, nonce, seed, state,
          made_at, activated_at, first_used_at) values (${held.id}, ${company}, ${serial},
          ${held.handle}, ${held.nonce}, ${held.seed}, 'in-use', ${at}, ${at}, ${at})`.execute(tx)
      await sql`insert into token.holding (id, company_id, user_id, instance_id, since)
        values (${held.id}, ${company}, ${user}, ${held.id}, ${at})`.execute(tx)
    })
    const signer = { companyId: company, userId: user }
    made.push({ signer, mac: await keys.mac(own, held) })
  }
  return made
}
