import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { instant, plainDate } from './values.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

async function read(expression: ReturnType<typeof sql>): Promise<unknown> {
  const { rows } = await db.database.asBank((tx) =>
    sql<{ value: unknown }>`select ${expression} as value`.execute(tx),
  )
  return rows[0]?.value
}

test('a bigint beyond the safe integers stays exact, in and out', async () => {
  expect(await read(sql`${9_007_199_254_740_993n}::bigint`)).toBe(9_007_199_254_740_993n)
  expect(await read(sql`${[1n, 9_007_199_254_740_993n, null]}::bigint[]`)).toEqual([
    1n,
    9_007_199_254_740_993n,
    null,
  ])
  expect(await read(sql`'{}'::bigint[]`)).toEqual([])
})

test('a date is a date, in whatever zone the machine stands', async () => {
  expect(await read(sql`date '2026-11-22'`)).toBe('2026-11-22')
  const day = plainDate('2026-11-22')
  expect(await read(sql`${day}::date = date '2026-11-22'`)).toBe(true)
  expect(await read(sql`array[date '2026-11-22', date '2026-11-23']`)).toEqual([
    '2026-11-22',
    '2026-11-23',
  ])
})

test('a moment is ISO text in UTC to the microsecond, and an instant by a helper', async () => {
  const text = '2026-11-22T08:04:05.000001Z'
  expect(await read(sql`timestamptz '2026-11-22 17:04:05.000001+09'`)).toBe(text)
  expect(instant(text).epochMilliseconds).toBe(1_795_334_645_000)
  expect(await read(sql`${instant(text)}::timestamptz`)).toBe(text)
  expect(await read(sql`array[timestamptz '2026-11-22 00:00Z', null]`)).toEqual([
    '2026-11-22T00:00:00Z',
    null,
  ])
})
