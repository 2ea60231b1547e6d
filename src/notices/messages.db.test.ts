/** 通知: told with the change, shown to their reader alone, and streamed to whoever is listening. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { nakamura, sato, suzuki } from '../../test/cast.ts'
import { fromOurselves } from '../../test/counter.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { wholeBank, type WholeBank } from '../../test/whole-bank.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import { createMessages, type NewMessage } from '#notices/index.ts'
import { openDatabase } from '#platform/database/open.ts'
import type { Tx } from '#platform/database/database.ts'
import { createMessageWatch } from './message-watch.ts'
import type { Told } from './message-store.ts'

let db: TestDatabase
let bank: WholeBank
let cookies: Record<'sato' | 'suzuki' | 'nakamura', string>
let users: Record<'sato' | 'suzuki' | 'nakamura', { companyId: CompanyId; userId: UserId }>
beforeAll(async () => {
  db = await testDatabase()
  bank = await wholeBank(db)
  const [one, two, three] = [
    await bank.logIn(sato),
    await bank.logIn(suzuki),
    await bank.logIn(nakamura),
  ]
  cookies = { sato: one, suzuki: two, nakamura: three }
  const idOf = async (loginId: string) => {
    const { rows } = await db.owner.query(
      'select id, company_id from administration.app_user where login_id = $1',
      [loginId],
    )
    return { companyId: rows[0].company_id as CompanyId, userId: rows[0].id as UserId }
  }
  users = {
    sato: await idOf(sato.loginId),
    suzuki: await idOf(suzuki.loginId),
    nakamura: await idOf(nakamura.loginId),
  }
}, 120_000)
afterAll(async () => {
  await bank?.close()
  await db?.close()
})
beforeEach(async () => {
  await db.owner.query('delete from notices.message')
})

const messages = () =>
  createMessages({ database: db.database, reportFault: (fault) => Promise.reject(fault) })

const asked = (more: Partial<NewMessage<'approval-asked'>> = {}): NewMessage<'approval-asked'> => ({
  companyId: users.sato.companyId,
  userIds: [users.sato.userId],
  kind: 'approval-asked',
  facts: {
    ...{ kind: '総合振込', kindEnglish: 'Supplier payments', name: '十一月分' },
    ...{ paymentDay: '2026-11-30', requesterName: '田中 一郎', at: bank.clock.now() },
    deadline: bank.clock.now().add({ hours: 24 }),
  },
  path: '/approvals/0193',
  ...more,
})
const inCompany = <T>(work: (tx: Tx) => Promise<T>) =>
  db.database.asCompany(users.sato.companyId, work)
const tell = (more: Partial<NewMessage<'approval-asked'>> = {}) =>
  inCompany((tx) => messages().tell(tx, asked(more), bank.clock.now()))

async function call(who: keyof typeof cookies, more: object = {}, url = '/api/messages') {
  const headers = { ...fromOurselves, cookie: cookies[who] }
  const answer = await bank.app.inject({ url, headers, ...more })
  return answer.json()
}

test('a message is shown to its reader, once told, and to nobody else', async () => {
  const { userId } = users.sato
  await tell({ userIds: [userId, userId] })
  const { messages: list, unread } = await call('sato')
  expect(unread).toBe(1)
  expect(list).toEqual([
    {
      id: expect.any(String),
      kind: 'approval-asked',
      facts: expect.objectContaining({ name: '十一月分', requesterName: '田中 一郎' }),
      path: '/approvals/0193',
      at: bank.clock.now().toString(),
      read: false,
    },
  ])
  expect(await call('suzuki')).toEqual({ messages: [], unread: 0 })
  expect(await call('nakamura')).toEqual({ messages: [], unread: 0 })
})

test('a message of a change that was given up is not told', async () => {
  const given = inCompany(async (tx) => {
    await messages().tell(tx, asked(), bank.clock.now())
    throw new Error('given up')
  })
  await expect(given).rejects.toThrow('given up')
  expect((await call('sato')).unread).toBe(0)
})

test('only its reader marks a message as read', async () => {
  await tell()
  const [{ id }] = (await call('sato')).messages
  const reading = { method: 'POST', payload: { ids: [id] } }
  expect(await call('suzuki', reading, '/api/messages/read')).toEqual({ unread: 0 })
  expect(await call('nakamura', reading, '/api/messages/read')).toEqual({ unread: 0 })
  expect((await call('sato')).unread).toBe(1)
  expect(await call('sato', reading, '/api/messages/read')).toEqual({ unread: 0 })
  expect((await call('sato')).messages[0].read).toBe(true)
})

test('a company cannot tell another company’s user, and no path leads out', async () => {
  await expect(tell({ userIds: [users.nakamura.userId] })).rejects.toThrow(/foreign key/)
  await expect(tell({ companyId: users.nakamura.companyId })).rejects.toThrow(/row-level security/)
  for (const path of ['https://bank.example', '//bank.example', 'approvals']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(tell({ path })).rejects.toThrow(/check constraint/)
  }
})

test('messages are kept for 100 days, the last of them included', async () => {
  await tell()
  const purge = (hours: number) =>
    db.database.asBank((tx) => messages().purge(tx, bank.clock.now().add({ hours })))
  const count = async () =>
    Number((await db.owner.query('select count(*) from notices.message')).rows[0].count)
  await purge(2400)
  expect(await count()).toBe(1)
  await db.database.asBank((tx) =>
    messages().purge(tx, bank.clock.now().add({ hours: 2400, seconds: 1 })),
  )
  expect(await count()).toBe(0)
})

async function listen(who: keyof typeof cookies, lastEventId?: string) {
  const answer = await bank.app.inject({
    url: '/api/messages/stream',
    headers: {
      ...{ ...fromOurselves, cookie: cookies[who] },
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    payloadAsStream: true,
  })
  const stream = answer.stream()
  let text = ''
  stream.on('data', (piece: Buffer) => (text += piece.toString()))
  return { text: () => text, leave: () => stream.destroy() }
}

test('what another process tells is heard within two seconds, by its reader only', async () => {
  const [own, colleague] = [await listen('sato'), await listen('suzuki')]
  const elsewhere = await openDatabase({ address: db.address, migrate: false })
  const start = performance.now()
  await elsewhere.asCompany(users.sato.companyId, (tx) =>
    messages().tell(tx, asked(), bank.clock.now()),
  )
  await elsewhere.close()
  await expect.poll(own.text, { timeout: 5_000 }).toContain('event: message')
  expect(performance.now() - start).toBeLessThan(2_500) // two seconds, and a busy machine
  expect(own.text()).toContain('"kind":"approval-asked"')
  expect(own.text()).not.toContain('十一月分')
  expect(colleague.text()).not.toContain('event:')
  own.leave()
  colleague.leave()
})

test('a browser that comes back hears what it missed', async () => {
  await tell()
  const [{ id: last }] = (await call('sato')).messages
  await tell()
  const { text, leave } = await listen('sato', last)
  await expect.poll(text).toContain('event: message')
  expect(text()).not.toContain(`id: ${last}`)
  expect(text().match(/event: message/g)).toHaveLength(1)
  leave()
  const stranger = await listen('suzuki', last)
  expect(stranger.text()).not.toContain('event: message')
  stranger.leave()
})

test('a stream and a silent look keep no session alive', async () => {
  const { text, leave } = await listen('suzuki')
  bank.clock.passes(14 * 60)
  const silent = { headers: { cookie: cookies.suzuki, 'x-activity': 'none' } }
  expect((await call('suzuki', silent)).unread).toBe(0)
  const again = await listen('suzuki')
  bank.clock.passes(2 * 60)
  expect((await call('suzuki', silent)).code).toBe('session-idle')
  leave()
  again.leave()
  expect(text()).not.toContain('event: message')
})

test('the watch looks once for all listeners, and not at all without one', async () => {
  let looks = 0
  let lately: Told[] = []
  const faults: unknown[] = []
  const watch = createMessageWatch({
    async look() {
      looks += 1
      if (looks === 3) throw new Error('away')
      return lately
    },
    everyMilliseconds: 20,
    fault: (fault) => faults.push(fault),
  })
  const told = (id: string, userId: UserId) => ({ id, userId, kind: 'order-approved' }) as Told
  lately = [told('old', users.sato.userId)]
  const heard: string[] = []
  const leaves = await Promise.all([
    watch.listen(users.sato.userId, ({ id }) => heard.push(`sato ${id}`)),
    watch.listen(users.suzuki.userId, ({ id }) => heard.push(`suzuki ${id}`)),
  ])
  expect(looks).toBe(1)
  lately = [...lately, told('new', users.sato.userId)]
  await expect.poll(() => heard).toEqual(['sato new'])
  await expect.poll(() => looks).toBeGreaterThan(4)
  expect(heard).toEqual(['sato new'])
  expect(faults).toHaveLength(1)
  for (const leave of leaves) leave()
  const before = looks
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(looks - before).toBeLessThanOrEqual(1)
})
