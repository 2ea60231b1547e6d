/** お知らせ: who sees what, unread first, read once, shown once after login. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import { createNotices, type NewNotice } from '#notices/index.ts'
import { operationHistory } from '#operation-history/index.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompanyWith, calling, now } from '../../test/operation-history.ts'
import { contract } from './contract.ts'

let db: TestDatabase
let tanaka: Visitor
let stranger: Visitor
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())
beforeEach(async () => {
  await db.owner.query('truncate notices.notice, notices.reading')
  ;[tanaka, stranger] = [
    ...(await aCompanyWith(db.database, [{ name: '田中 一郎', role: 'general' }])),
    ...(await aCompanyWith(db.database, [{ name: '高橋 三郎', role: 'general' }])),
  ] as [Visitor, Visitor]
})

const notices = () => createNotices({ database: db.database, operationHistory })

async function published(more: Partial<NewNotice> & { title?: string } = {}): Promise<string> {
  const { title = 'メンテナンスのお知らせ', ...others } = more
  const outcome = await db.database.asBank((tx) =>
    notices().publish(
      tx,
      {
        kind: 'notice',
        important: false,
        japanese: { title, paragraphs: ['一段落目。', '二段落目 <b>"\\"</b>。'] },
        english: null,
        audience: 'all',
        publishedFrom: now.subtract({ hours: 1 }),
        publishedUntil: null,
        ...others,
      },
      now,
    ),
  )
  if (!outcome.granted) throw new Error(outcome.reason)
  return outcome.value
}

function asking(visitor: Visitor) {
  const call = calling(contract, notices().routes, visitor)
  return {
    list: (after?: string) => call('listNotices', { query: after === undefined ? {} : { after } }),
    read: (id: string) => call('readNotice', { params: { id } }),
    count: () => call('countUnreadNotices', {}),
  }
}
const titles = ({ notices: list }: { notices: readonly { title: string }[] }) =>
  list.map(({ title }) => title)

test('unread ones come first, the newest first within each', async () => {
  const at = (hours: number) => ({ publishedFrom: now.subtract({ hours }) })
  const oldest = await published({ title: '三', ...at(3) })
  await published({ title: '二', ...at(2) })
  const newest = await published({ title: '一', ...at(1) })
  expect(titles(await asking(tanaka).list())).toEqual(['一', '二', '三'])

  await asking(tanaka).read(newest)
  expect(titles(await asking(tanaka).list())).toEqual(['二', '三', '一'])
  await asking(tanaka).read(oldest)
  expect(await asking(tanaka).list()).toMatchObject({
    unread: 1,
    notices: [{ read: false }, { title: '一', read: true }, { title: '三', read: true }],
  })
})

test('opening a notice gives its paragraphs as they were written and marks it once', async () => {
  const id = await published()
  const english = { title: 'Maintenance', paragraphs: ['One.'] }
  const translated = await published({ english })
  expect(await asking(tanaka).count()).toEqual({ unread: 2 })
  expect(await asking(tanaka).read(id)).toMatchObject({
    read: true,
    japanese: { paragraphs: ['一段落目。', '二段落目 <b>"\\"</b>。'] },
    english: null,
  })
  expect(await asking(tanaka).read(id)).toMatchObject({ read: true })
  expect(await asking(tanaka).read(translated)).toMatchObject({ english })
  expect(await asking(tanaka).count()).toEqual({ unread: 0 })

  const recorded = await db.database.asCompany(tanaka.companyId, (tx) =>
    operationHistory.latest(tx, tanaka, 9),
  )
  expect(recorded.map(({ operation }) => operation)).toEqual(['notice-read', 'notice-read'])
})

test('what one user has read is still unread for another', async () => {
  const id = await published()
  await asking(tanaka).read(id)
  expect(await asking(stranger).count()).toEqual({ unread: 1 })
})

test.for([
  ['for another company', () => ({ audience: { companyId: stranger.companyId } })],
  ['not yet published', () => ({ publishedFrom: now.add({ seconds: 1 }) })],
  ['no longer published', () => ({ publishedUntil: now })],
] as const)('a notice %s is not found', async ([, more]) => {
  const id = await published(more())
  expect(await asking(tanaka).read(id)).toEqual({ refusal: 'no-such-notice' })
  expect(await asking(tanaka).list()).toMatchObject({ unread: 0, notices: [] })
})

test('a notice for one company is seen there, and by row-level security nowhere else', async () => {
  const id = await published({ audience: { companyId: stranger.companyId } })
  expect(await asking(stranger).read(id)).toMatchObject({ id })
  for (const table of ['notice', 'reading'] as const) {
    const seen = await db.database.asCompany(tanaka.companyId, (tx) =>
      tx
        .withTables<Record<`notices.${typeof table}`, { company_id: string }>>()
        .selectFrom(`notices.${table}`)
        .select('company_id')
        .execute(),
    )
    expect(seen).toEqual([])
  }
})

test('pages neither lose nor repeat a notice', async () => {
  for (let at = 0; at < 45; at += 1) {
    const id = await published({
      title: `第${at}号`,
      publishedFrom: now.subtract({ hours: at + 1 }),
    })
    if (at % 3 === 0) await asking(tanaka).read(id)
  }
  const seen: string[] = []
  let after: string | null | undefined
  while (after !== null) {
    const page = await asking(tanaka).list(after)
    seen.push(...titles(page))
    after = page.next
  }
  expect(seen).toHaveLength(45)
  expect(new Set(seen).size).toBe(45)
  expect(seen.slice(0, 2)).toEqual(['第1号', '第2号'])
  expect(seen.at(-1)).toBe('第42号')
})

test('a notice at login is shown until it is acknowledged, and then never again', async () => {
  const usual = await published({ kind: 'login-time', title: '通常' })
  const important = await published({ kind: 'login-time', title: '重要', important: true })
  await published({ kind: 'notice', title: 'ログイン時ではない' })
  const { loginNotices } = notices()
  const pending = (reader: { companyId: CompanyId; userId: UserId }) =>
    db.database.asCompany(reader.companyId, (tx) => loginNotices.pending(tx, reader, now))
  expect((await pending(tanaka)).map(({ id }) => id)).toEqual([important, usual])

  const acknowledge = (ids: string[]) =>
    db.database.asCompany(tanaka.companyId, (tx) => loginNotices.acknowledge(tx, tanaka, ids, now))
  await acknowledge(['no-id', crypto.randomUUID(), important])
  expect((await pending(tanaka)).map(({ id }) => id)).toEqual([usual])
  await Promise.all([acknowledge([usual, important]), acknowledge([usual])])
  expect(await pending(tanaka)).toEqual([])
  expect(await pending(stranger)).toHaveLength(2)
})

test.for([
  ['title-empty-or-too-long', { japanese: { title: ' ', paragraphs: ['本文'] } }],
  ['title-empty-or-too-long', { english: { title: 'a'.repeat(201), paragraphs: ['text'] } }],
  ['text-empty-or-too-long', { japanese: { title: '件名', paragraphs: [] } }],
  ['text-unreadable', { japanese: { title: '件名', paragraphs: ['half \uD83D'] } }],
  ['text-unreadable', { japanese: { title: '件名\n', paragraphs: ['本文'] } }],
  ['period-reversed', { publishedFrom: now, publishedUntil: now }],
] as const)('%s: %j is not published', async ([reason, more]) => {
  await expect(published(more as unknown as Partial<NewNotice>)).rejects.toThrow(reason)
})

test('a company cannot publish', async () => {
  const publishing = db.database.asCompany(tanaka.companyId, (tx) =>
    notices().publish(
      tx,
      {
        kind: 'notice',
        important: false,
        japanese: { title: '偽', paragraphs: ['偽'] },
        english: null,
        audience: 'all',
        publishedFrom: now,
        publishedUntil: null,
      },
      now,
    ),
  )
  await expect(publishing).rejects.toThrow('permission denied')
})
