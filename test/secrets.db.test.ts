/** What is secret stands in no table and no log in the clear (C2 #26): a whole dump is searched. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tanaka } from './cast.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { tokenWorld, type TokenWorld } from './tokens.ts'

let db: TestDatabase
let world: TokenWorld

beforeAll(async () => {
  db = await testDatabase()
  world = await tokenWorld(db)
})
afterAll(async () => {
  await world?.close()
  await db?.close()
})

/** Every row of every table of ours, as PostgreSQL writes it; bytes come in hexadecimal digits. */
async function dump(): Promise<string> {
  const { rows: tables } = await db.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const texts = tables.map(async ({ name }) => {
    const { rows } = await db.owner.query<{ row: string }>(`select t::text as row from ${name} t`)
    return rows.map(({ row }) => `${name} ${row}`).join('\n')
  })
  return (await Promise.all(texts)).join('\n')
}

const spellings = (secret: Uint8Array) => {
  const bytes = Buffer.from(secret)
  return [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]
}

test('after a registration and a signature, a dump and the log hold no key, seed, code or password', async () => {
  const factoryKey = crypto.getRandomValues(new Uint8Array(32))
  const serial = '3104800777'
  const device = await world.hardware(world.users.tanaka, serial, factoryKey)
  const browser = await world.atRegistration(tanaka)
  await world.register(browser, device, serial)

  const { companyId, id: userId } = world.users.tanaka
  const signer = { companyId, userId }
  const now = world.counter.clock.now()
  const issued = await db.database.asCompany(companyId, (tx) =>
    world.tokens.signing.issue(
      tx,
      {
        ...{ signer, purpose: 'transfer', subjectId: 'T-1', canonical: '{}' },
        content: { template: 'transfer', fields: [{ tag: 'amount', value: '3000000' }] },
      },
      now,
    ),
  )
  if (!issued.granted) throw new Error(issued.reason)
  const { code } = await device.sign(issued.value.qr)

  const { rows } = await db.owner.query<{ id: string; seed: Buffer }>(
    `select id, seed from token.instance where serial = $1 and state <> 'ended'`,
    [serial],
  )
  const [{ id, seed: sealed }] = rows as [{ id: string; seed: Buffer }]
  const seed = await world.vault.open('token-keys', sealed, `token.instance:seed:${id}:v1`)
  const session = browser.cookies.get('__Host-sid')!
  const secrets = [
    ...[factoryKey, seed].flatMap(spellings),
    ...[tanaka.loginPassword, session, code],
  ]
  const everything = `${await dump()}\n${world.counter.logged()}`
  expect(everything).toContain(serial) // it is a dump of the right database
  expect(everything.length).toBeGreaterThan(10_000)
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([])
})
