/** The fuzz itself, on a small contract with one endpoint of every form. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { endpoint } from '#kit/endpoint.ts'
import { cookieOf, publicOrigin, teaContract, testCounter, type TestCounter } from './counter.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { fuzzContracts, type FuzzTarget } from './fuzz/contract-fuzz.ts'
import { sentTo } from './fuzz/sent.ts'

let db: TestDatabase
let counter: TestCounter
let target: FuzzTarget
beforeAll(async () => {
  db = await testDatabase()
  counter = await testCounter(db.database)
  // Lists of a few lines: the fuzz reads every answer to its end.
  const query = z.object({ lines: z.string().check(z.regex(/^\d{1,3}$/)) })
  const { stumble: _, ...contract } = {
    ...teaContract,
    fetchList: { ...teaContract.fetchList, query },
  }
  target = {
    contracts: [contract],
    visitors: [null, ...['signing-in', 'signed-in', 'with-right', 'idle'].map(cookieOf)],
    publicOrigin,
    known: { dish: ['green', 'soup'], table: ['1', '404'], lines: ['0', '10'] },
    send: (request) => sentTo(counter.app, request),
    between: () => counter.clock.passes(3),
  }
})
afterAll(async () => {
  await counter.close()
  await db.close()
})

test('nothing that is sent makes a fault, and the good calls arrive', async () => {
  counter.kitchen.beforeOrder = async () => {}
  const report = await fuzzContracts({
    ...target,
    except: ['order'],
    runsPerEndpoint: 150,
  })
  for (const name of ['showMenu', 'showTable', 'showTill', 'note', 'fetchList']) {
    expect(report[name]![200], name).toBeGreaterThan(0)
  }
  expect(report['note']).toMatchObject({
    400: expect.any(Number),
    401: expect.any(Number),
    422: expect.any(Number),
  })
}, 120_000)

test('an order is made or refused, whatever its key', async () => {
  const only = { contracts: [{ order: teaContract.order }], known: { dish: ['green', 'soup'] } }
  const report = await fuzzContracts({ ...target, ...only, runsPerEndpoint: 150 })
  expect(report['order']).toMatchObject({ 200: expect.any(Number), 404: expect.any(Number) })
}, 120_000)

test('it finds a fault, an undeclared refusal and a wrong answer', async () => {
  const never = { ...teaContract.showTable, refusals: {} }
  const lying = endpoint({ ...teaContract.showTill, out: teaContract.showBooks.out })
  const signedIn = { visitors: [cookieOf('with-right')], known: { how: ['fault'], table: ['404'] } }
  const findings = [
    [{ stumble: teaContract.stumble }, /stumble: status 500/],
    [{ showTable: never }, /nobody declared: no-such-table/],
    [{ showTill: lying }, /does not allow/],
  ] as const
  for (const [contract, finding] of findings) {
    const run = fuzzContracts({ ...target, ...signedIn, contracts: [contract] })
    await expect(run).rejects.toThrow(finding)
  }
})
