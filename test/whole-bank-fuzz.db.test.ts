/**
 * Bad input everywhere: every endpoint of the whole bank, called almost rightly and quite
 * wrongly by nobody, by two companies and by halves of a login, without one fault.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract as balanceInquiry } from '#balance-inquiry/contract.ts'
import { contract as home } from '#home/contract.ts'
import { contract as identity } from '#identity/contract.ts'
import { contract as notices, messageContract } from '#notices/contract.ts'
import { contract as operationHistory } from '#operation-history/contract.ts'
import { nakamura, sato, suzuki, takahashi, tanaka } from './cast.ts'
import { publicOrigin } from './counter.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { fuzzContracts } from './fuzz/contract-fuzz.ts'
import { sentTo } from './fuzz/sent.ts'
import { wholeBank, type WholeBank } from './whole-bank.ts'

let db: TestDatabase
let bank: WholeBank
beforeAll(async () => {
  db = await testDatabase()
  bank = await wholeBank(db)
}, 120_000)
afterAll(async () => {
  await bank?.close()
  await db?.close()
})

const contracts = [identity, home, notices, messageContract, balanceInquiry, operationHistory]

test('nothing that is sent makes a fault', async () => {
  const visitors = [null]
  const cookies = [
    ...visitors,
    await bank.logIn(sato),
    await bank.logIn(suzuki),
    await bank.logIn(nakamura), // another company
    await bank.logIn(takahashi), // a first login: halfway
  ]
  const before = await booksAndPeople()
  const report = await fuzzContracts({
    contracts,
    visitors: cookies,
    publicOrigin,
    // It would end the sessions; a test of its own does.
    except: ['logout'],
    known: {
      account: [
        '101-ordinary-1234567',
        '101-current-0012345',
        'all',
        '102-savings-7654321',
        '103-ordinary-2345678',
      ],
      loginId: [tanaka.loginId, "' or 1=1 --", '<img src=x onerror=alert(1)>', 'nobody99'],
      loginPassword: ['Wrong1234', '\u0000', '🏦'.repeat(50), '\ud800'],
    },
    runsPerEndpoint: 80,
    // The pace is a limit of its own; here it would hide what lies behind it.
    between: () => bank.clock.passes(3),
    send: (request) => sentTo(bank.app, request),
  })
  const endpoints = contracts.flatMap((contract) => Object.keys(contract))
  expect(Object.keys(report).toSorted()).toEqual(
    endpoints.filter((name) => name !== 'logout').toSorted(),
  )
  for (const name of [
    'showSession',
    'showHome',
    'showHomeBalances',
    'listNotices',
    'streamMessages',
  ]) {
    expect(report[name]![200], name).toBeGreaterThan(0)
  }
  expect(await booksAndPeople()).toEqual(before)
  expect(bank.logged()).not.toContain(sato.loginPassword)
  expect(bank.logged()).not.toContain('"level":"error"')
}, 240_000)

/** What no request of this issue may change. */
async function booksAndPeople() {
  const { rows } = await db.owner.query(`
    select (select count(*) from ledger.transfer) as transfers,
      (select sum(balance) from ledger.account where floor is not null) as deposits,
      (select count(*) from administration.app_user) as users,
      (select count(*) from administration.company) as companies`)
  return rows[0]
}
