/**
 * The demo world on a real database: whole after the first start, after a killed one, and not made
 * again by the next.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAdministration } from '#administration/index.ts'
import { createIdentity } from '#identity/index.ts'
import { createNotices } from '#notices/index.ts'
import { operationHistory } from '#operation-history/index.ts'
import { openEmbeddedCoreBanking } from '#outside/core-banking/embedded.ts'
import type { CoreBanking } from '#outside/core-banking/port.ts'
import { openFileVault } from '#outside/key-vault/file.ts'
import { cast, sato, takahashi, tanaka } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { noCertificates, noTokens } from '../../test/identity.ts'
import { sampleAccounts } from './accounts.ts'
import { createDemoWorld } from './world.ts'

const now = Temporal.Instant.from('2026-11-22T17:00:00+09:00')
const clock = { now: () => now }
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-demo-'))
const silent = () => {}

let db: TestDatabase
let coreBanking: ReturnType<typeof openEmbeddedCoreBanking>
let world: (core?: CoreBanking) => ReturnType<typeof createDemoWorld>
const administration = createAdministration()

beforeAll(async () => {
  db = await testDatabase()
  const { database, address } = db
  coreBanking = openEmbeddedCoreBanking({ address, database, clock })
  const vault = await openFileVault(join(folder, 'keys'))
  const history = operationHistory
  const notices = createNotices({ database, operationHistory: history })
  const { credentials } = createIdentity({
    database,
    administration,
    history,
    loginNotices: notices.loginNotices,
    tokenSteps: noTokens,
    certificateEntry: noCertificates,
    vault,
  })
  world = (core = coreBanking) =>
    createDemoWorld({
      database,
      administration,
      credentials,
      notices,
      coreBanking: core,
      certificates: null,
      otherBanks: null,
      approvals: { setPolicy: async () => ({ granted: true, value: undefined }) },
      clock,
      passwordProfile: 'guide',
      dataDir: folder,
    })
})

afterAll(async () => {
  await coreBanking?.close()
  await db?.close()
  rmSync(folder, { recursive: true })
})

test('a start that dies in the middle leaves no users, and the next two at once complete it', async () => {
  let left = 100
  const dying: CoreBanking = {
    ...coreBanking,
    post: async (group) => {
      if (left-- === 0) throw new Error('killed')
      return coreBanking.post(group)
    },
  }
  await expect(world(dying).make(silent)).rejects.toThrow('killed')
  await db.database.asBank(async (tx) => {
    expect(await administration.userByLoginId(tx, sato.loginId)).toBeNull()
  })

  const lines: string[] = []
  const made = [world(), world()].map((one) => one.make((line) => lines.push(line)))
  const [one, other] = await Promise.all(made)
  expect(one).toEqual(other)
  expect(lines.filter((line) => line === 'users and notices made')).toHaveLength(1)
})

test('the books hold thirteen months of the company, with the mistakes of nobody', async () => {
  const today = Temporal.PlainDate.from('2026-11-22')
  const totals = await Promise.all(
    Object.values(sampleAccounts).map(({ account }) =>
      coreBanking.statementTotals({ account, from: today.subtract({ months: 13 }), to: today }),
    ),
  )
  const lines = totals.map(({ inCount, outCount }) => inCount + outCount)
  expect(lines.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(3_000)
  expect(await coreBanking.books.mistakes()).toEqual([])

  const balances = await coreBanking.balances(
    Object.values(sampleAccounts).map(({ account }) => account),
  )
  expect(balances.map((one) => one!.current)).toEqual(totals.map(({ closing }) => closing))
})

test('everybody of the cast is there with their rights and accounts', async () => {
  for (const member of Object.values(cast)) {
    const user = await db.database.asBank((tx) => administration.userByLoginId(tx, member.loginId))
    expect(user).toMatchObject({ name: member.name, role: member.role })
    const { id: userId, companyId, role, rights } = user!
    if (role !== 'master') expect([...rights].toSorted()).toEqual([...member.rights].toSorted())
    const accounts = await db.database.asCompany(companyId, (tx) =>
      administration.accountsFor(tx, { companyId, userId, role }),
    )
    expect(accounts.map(({ key }) => key).toSorted()).toEqual([...member.accounts].toSorted())
  }
})

test('a further start makes nothing, and writes the logins again', async () => {
  const file = join(folder, 'demo-logins.json')
  rmSync(file)
  const lines: string[] = []
  await world().make((line) => lines.push(line))
  expect(lines).toEqual([])
  const logins = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>[]
  expect(logins).toHaveLength(Object.keys(cast).length)
  expect(logins.find(({ loginId }) => loginId === takahashi.loginId)!['state']).toBe('first-login')
  expect(logins.find(({ loginId }) => loginId === tanaka.loginId)).toMatchObject({
    loginPassword: tanaka.loginPassword,
    confirmationPassword: tanaka.confirmationPassword,
    role: 'general',
    state: 'ready',
  })
  expect(Object.keys(logins[0]!)).toEqual([
    'loginId',
    'loginPassword',
    'confirmationPassword',
    'role',
    'state',
    'says',
  ])
})
