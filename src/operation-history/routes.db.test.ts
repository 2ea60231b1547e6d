/** 操作履歴照会: filters, pages, whose records one sees, the files, and that asking is recorded. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAdministration } from '#administration/index.ts'
import type { Out } from '#kit/endpoint.ts'
import type { Operation } from '#kit/operations.ts'
import type { Visitor } from '#kit/visitor.ts'
import { operationHistory, operationHistoryRoutes } from '#operation-history/index.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompanyWith, anEntry, calling, now } from '../../test/operation-history.ts'
import { contract, type HistoryFilters, type HistoryLine } from './contract.ts'

let db: TestDatabase
let [sato, yamada, tanaka, suzuki, stranger] = [] as unknown as Visitor[]

beforeAll(async () => {
  db = await testDatabase()
  ;[sato, yamada, tanaka, suzuki] = (await aCompanyWith(db.database, [
    { name: '佐藤 花子', role: 'master' },
    { name: '山田 太郎', role: 'administrator', rights: ['operation-history-all'] },
    { name: '田中 一郎', role: 'general' },
    { name: '鈴木 次郎', role: 'general' },
  ])) as [Visitor, Visitor, Visitor, Visitor]
  ;[stranger] = (await aCompanyWith(db.database, [{ name: '中村 四郎', role: 'master' }])) as [
    Visitor,
  ]
  await wrote(tanaka!, 'login', 3)
  await wrote(tanaka!, 'statement-inquiry', 2, { terminal: 'smartphone' })
  await wrote(suzuki!, 'login', 1, { result: 'refused' })
  await wrote(suzuki!, 'logout', 0)
  await wrote(stranger!, 'login', 1)
  await wrote(tanaka!, 'login', 100 * 24 + 24) // 101 days ago
})
afterAll(() => db?.close())

interface More {
  readonly terminal?: 'pc' | 'smartphone'
  readonly result?: 'done' | 'refused'
}

async function wrote(by: Visitor, operation: Operation, hoursAgo: number, more: More = {}) {
  const { terminal = 'pc', result = 'done' } = more
  const entry = anEntry(by, { operation, result, at: now.subtract({ hours: hoursAgo }) })
  await db.database.asCompany(by.companyId, (tx) =>
    operationHistory.record(tx, { ...entry, origin: { ...entry.origin, terminal } }),
  )
}

const asking = (visitor: Visitor | undefined, historyPdfLinesMax = 3_000) =>
  calling(
    contract,
    operationHistoryRoutes({
      database: db.database,
      administration: createAdministration(),
      operationHistory,
      parameters: { bankName: 'まどぐち銀行', historyDaysShown: 100, historyPdfLinesMax },
    }),
    visitor!,
  )
type Page = Out<(typeof contract)['searchOperationHistory']>
interface Query {
  readonly query: HistoryFilters & { readonly after?: string }
}

/** Without the inquiries that this test makes itself. */
const told = (lines: readonly HistoryLine[]) =>
  lines
    .filter(({ business }) => business !== 'operation-history')
    .map(({ userName, operation }) => `${userName} ${operation}`)

const search = async (visitor: Visitor | undefined, query: HistoryFilters) =>
  told((await asking(visitor)('searchOperationHistory', { query })).lines)

test('a clerk sees his own, newest first, for today and a hundred days', async () => {
  expect(await search(tanaka, {})).toEqual(['田中 一郎 statement-inquiry', '田中 一郎 login'])
})

test.for([
  ['the master', () => sato],
  ['who holds 全履歴照会', () => yamada],
] as const)('%s sees everybody of the company and nobody else', async ([, who]) => {
  expect(await search(who(), {})).toEqual([
    '鈴木 次郎 logout',
    '鈴木 次郎 login',
    '田中 一郎 statement-inquiry',
    '田中 一郎 login',
  ])
})

test.for([
  [{ userId: 'tanaka' }, ['田中 一郎 statement-inquiry', '田中 一郎 login']],
  [{ terminal: 'smartphone' }, ['田中 一郎 statement-inquiry']],
  [{ business: 'balance-inquiry' }, ['田中 一郎 statement-inquiry']],
  [{ operation: 'login' }, ['鈴木 次郎 login', '田中 一郎 login']],
  [{ result: 'refused' }, ['鈴木 次郎 login']],
  [{ operation: 'login', result: 'done' }, ['田中 一郎 login']],
  [{ from: '2026-11-21', to: '2026-11-21' }, []],
] as const)('filters narrow: %j', async ([filters, expected]) => {
  const query = 'userId' in filters ? { userId: tanaka!.userId } : filters
  expect(await search(sato, query)).toEqual(expected)
})

test('a clerk who names another user is refused, and the attempt is recorded', async () => {
  const query = { userId: suzuki!.userId }
  for (const name of [
    'searchOperationHistory',
    'operationHistoryCsv',
    'operationHistoryPdf',
  ] as const) {
    expect(await asking(tanaka)(name, { query })).toMatchObject({
      refusal: 'own-history-only',
    })
  }
  const attempts = await db.database.asCompany(tanaka!.companyId, (tx) =>
    operationHistory.latest(tx, tanaka!, 3),
  )
  expect(attempts).toMatchObject([
    { operation: 'operation-history-pdf', result: 'refused' },
    { operation: 'operation-history-csv', result: 'refused' },
    { operation: 'operation-history-inquiry', result: 'refused' },
  ])
})

test('the form offers a clerk himself, and the master all users', async () => {
  const names = async (visitor: Visitor | undefined) =>
    (await asking(visitor)('operationHistoryChoices', {})).users.map(({ name }) => name)
  expect(await names(tanaka)).toEqual(['田中 一郎'])
  expect((await names(sato)).toSorted()).toEqual(
    ['佐藤 花子', '山田 太郎', '田中 一郎', '鈴木 次郎'].toSorted(),
  )
})

test('pages neither lose nor repeat a record, while others are written', async () => {
  const [nakamura] = (await aCompanyWith(db.database, [{ name: '中村', role: 'master' }])) as [
    Visitor,
  ]
  for (let at = 0; at < 27; at += 1) await wrote(nakamura, 'balance-inquiry', at % 3)
  const seen: string[] = []
  let after: string | null = null
  do {
    const query: Query['query'] = { operation: 'balance-inquiry', ...(after && { after }) }
    const page: Page = await asking(nakamura)('searchOperationHistory', {
      query: { ...query, limit: '10' },
    })
    seen.push(...page.lines.map(({ sequence }) => sequence))
    after = page.next
    await wrote(nakamura, 'balance-inquiry', 0)
  } while (after !== null)
  expect(seen).toHaveLength(27)
  expect(new Set(seen).size).toBe(27)
})

test('an inquiry is recorded once, with its conditions and what it gave', async () => {
  const [nakamura] = (await aCompanyWith(db.database, [{ name: '中村', role: 'master' }])) as [
    Visitor,
  ]
  for (let at = 0; at < 11; at += 1) await wrote(nakamura, 'balance-inquiry', 1)
  const ask = asking(nakamura)
  const query = { limit: '10', userId: nakamura.userId } as const
  const first = await ask('searchOperationHistory', { query })
  await ask('searchOperationHistory', { query: { ...query, after: first.next! } })
  const { lines } = await ask('searchOperationHistory', {
    query: { operation: 'operation-history-inquiry' },
  })
  expect(lines).toMatchObject([
    { facts: { from: '2026-08-14', to: '2026-11-22', user: '中村', lines: '10+' } },
  ])
})

const textOf = async (body: AsyncIterable<Uint8Array>) =>
  Buffer.concat(await Array.fromAsync(body)).toString('utf8')

test('the CSV holds what was found, announces its lines, and carries no formula', async () => {
  const [nakamura] = (await aCompanyWith(db.database, [
    { name: '=HYPERLINK("x")', role: 'master' },
  ])) as [Visitor]
  await wrote(nakamura, 'login', 1)
  await wrote(nakamura, 'login', 0)
  const file = await asking(nakamura)('operationHistoryCsv', { query: {} })
  expect(file).toMatchObject({ fileName: '操作履歴_20261122.csv', lines: 2 })

  const text = await textOf(file.body)
  expect(text.startsWith('\ufeff"通番","操作日時","利用者名"')).toBe(true)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(3) // the record of this very download is not in it
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`)
  expect(lines[1]).toContain('"2026/11/22 10:15:30"')
})

test('a long CSV is streamed page by page', async () => {
  const [nakamura] = (await aCompanyWith(db.database, [{ name: '中村', role: 'master' }])) as [
    Visitor,
  ]
  await db.database.asCompany(nakamura.companyId, async (tx) => {
    for (let at = 0; at < 2_005; at += 1) await operationHistory.record(tx, anEntry(nakamura))
  })
  const { body, lines } = await asking(nakamura)('operationHistoryCsv', { query: {} })
  const pieces = await Array.fromAsync(body)
  expect(pieces).toHaveLength(4) // heading, then 1,000, 1,000 and 5 lines
  expect(Buffer.concat(pieces).toString().trimEnd().split('\r\n')).toHaveLength(1 + lines!)
})

test('the PDF is laid out, and refused when it would be too long', async () => {
  const file = await asking(sato)('operationHistoryPdf', { query: { result: 'done' } })
  expect(file).toMatchObject({ fileName: '操作履歴_20261122.pdf', mediaType: 'application/pdf' })
  expect((await textOf(file.body)).startsWith('%PDF-')).toBe(true)

  expect(await asking(sato, 2)('operationHistoryPdf', { query: {} })).toMatchObject({
    refusal: 'too-many-lines-for-pdf',
    facts: { max: '2' },
  })
})
