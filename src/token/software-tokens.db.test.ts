/** ソフトウェアトークン — from the voucher to a signature, and every voucher that is not taken. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  agreeFactoryKey,
  agreementKeyBytes,
  newAgreementPair,
  readAgreementKey,
} from '#kit/ctp1/agreement.ts'
import type { CompanyId } from '#kit/ids.ts'
import { tanaka } from '../../test/cast.ts'
import { testCounter, type TestCounter } from '../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { testDevice } from '../../test/device.ts'
import { tokenWorld, tokensOf, type TokenWorld } from '../../test/tokens.ts'

let db: TestDatabase
let world: TokenWorld
let listener: TestCounter

const softwareTokens = { taken: true, amountCap: null, voucherHours: 24 }
const nobody = { visitorFor: async () => ({ ended: 'unknown' }) as const }

beforeAll(async () => {
  db = await testDatabase()
  world = await tokenWorld(db, { softwareTokens })
  const companies = async () => [{ id: world.users.tanaka.companyId, name: '株式会社サンプル商事' }]
  const routes = [world.tokens.deviceRoutes(companies)]
  listener = await testCounter(db.database, { routes, sessions: nobody })
})
afterAll(async () => {
  await listener?.close()
  await world?.close()
  await db?.close()
})

async function call(path: string, payload?: object) {
  const method = payload === undefined ? 'GET' : 'POST'
  const headers = { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }
  const answer = await listener.app.inject({
    ...{ method, url: path, headers },
    ...(payload !== undefined && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

async function newKey() {
  const pair = await newAgreementPair('device')
  const bytes = await agreementKeyBytes(pair.publicKey)
  return { pair, publicKey: Buffer.from(bytes).toString('base64url') }
}
const voucherOf = async (companyId: CompanyId) =>
  (await call('/api/demo-voucher', { companyId })).body.voucher as string
const exchange = (voucher: string, publicKey: string) =>
  call('/api/software-tokens', { voucher, publicKey })

test('a voucher makes a device, which registers by 手順 4', async () => {
  const voucher = await voucherOf(world.users.tanaka.companyId)
  expect(voucher).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
  const { pair, publicKey } = await newKey()
  const made = await exchange(voucher.toLowerCase().replaceAll('-', ' '), publicKey)
  expect(made.body).toMatchObject({ serial: expect.stringMatching(/^9\d{11}$/), bankCode: '9999' })

  const { serial, serverPublicKey } = made.body
  const bankKey = await readAgreementKey(new Uint8Array(Buffer.from(serverPublicKey, 'base64url')))
  const factoryKey = await agreeFactoryKey(pair.privateKey, bankKey!)
  const device = await testDevice({ serial, factoryKey, software: true })
  await world.register(await world.atRegistration(tanaka), device, serial)
})

describe('a voucher', () => {
  test('gets the same answer again for the same key, and none for another', async () => {
    const voucher = await voucherOf(world.users.tanaka.companyId)
    const [one, other] = [await newKey(), await newKey()]
    const first = await exchange(voucher, one.publicKey)
    expect((await exchange(voucher, one.publicKey)).body).toEqual(first.body)
    expect((await exchange(voucher, other.publicKey)).body.code).toBe('voucher-unknown')
  })

  test('tried by ten devices at once makes one token', async () => {
    const voucher = await voucherOf(world.users.tanaka.companyId)
    const keys = await Promise.all(Array.from({ length: 10 }, newKey))
    const answers = await Promise.all(keys.map(({ publicKey }) => exchange(voucher, publicKey)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('is refused when unknown, too old, or sent with what is no key', async () => {
    const { publicKey } = await newKey()
    expect((await exchange('AAAA-BBBB', publicKey)).body.code).toBe('voucher-unknown')
    const voucher = await voucherOf(world.users.tanaka.companyId)
    expect((await exchange(voucher, 'AAAA')).body.code).toBe('public-key-malformed')
    listener.clock.passes(24 * 3_600)
    expect((await exchange(voucher, publicKey)).body.code).toBe('voucher-expired')
  })

  test('stands in no table as it was handed out', async () => {
    const voucher = await voucherOf(world.users.tanaka.companyId)
    const { rows } = await db.owner.query<{ row: string }>(
      'select v::text as row from token.voucher v',
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) expect(row).not.toContain(voucher.replaceAll('-', ''))
  })
})

test('a bank that takes no software tokens says so, and shows no demo', async () => {
  const without = await testCounter(db.database, {
    routes: [tokensOf(db, world.vault).deviceRoutes(null)],
    sessions: nobody,
  })
  const headers = { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }
  const policy = await without.app.inject({ url: '/api/device', headers })
  expect(policy.json()).toEqual({ softwareTokens: false, amountCap: null, demoCompanies: [] })
  const { publicKey } = await newKey()
  const payload = { voucher: 'AAAA', publicKey }
  const refused = await without.app.inject({
    ...{ method: 'POST', url: '/api/software-tokens', headers, payload },
  })
  expect(refused.json().code).toBe('software-tokens-not-taken')
  await without.close()
})

test('the cap of amounts holds for software tokens only', async () => {
  const capped = tokensOf(db, world.vault, {
    softwareTokens: { ...softwareTokens, amountCap: 1_000_000n as never },
  })
  const { companyId, id: userId } = world.users.tanaka
  const cap = () =>
    db.database.asCompany(companyId, (tx) => capped.amountCapOf(tx, { companyId, userId }))
  expect(await cap()).toBe(1_000_000n)
  await db.owner.query(`update token.device set profile = 'hardware'`)
  expect(await cap()).toBeNull()
})
