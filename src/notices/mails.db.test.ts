/** お知らせ・メール: the outbox on a real database, with senders of every temper. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAdministration } from '#administration/index.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import { granted, refused } from '#kit/outcome.ts'
import type { Role } from '#kit/rights.ts'
import { createMails, type Mails } from '#notices/index.ts'
import type { Mail, MailRefusal, MailSender } from '#outside/mail/port.ts'
import type { Tx } from '#platform/database/database.ts'
import { openDatabase } from '#platform/database/open.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { aCompanyWith, now } from '../../test/operation-history.ts'

let db: TestDatabase
let companyId: CompanyId
let otherCompany: CompanyId
let tanaka: UserId
let time = now
let sent: Mail[] = []
let logged: { message: string; facts: Readonly<Record<string, unknown>> }[] = []
/** What the server does with a mail, beside noting it. */
let temper: (mail: Mail) => Promise<MailRefusal | void> = async () => {}

beforeAll(async () => {
  db = await testDatabase()
  const [user] = await aCompanyWith(db.database, [{ name: '田中 一郎', role: 'master' }])
  const [stranger] = await aCompanyWith(db.database, [{ name: '中村 葵', role: 'master' }])
  ;({ companyId, userId: tanaka } = user!)
  otherCompany = stranger!.companyId
})
afterAll(() => db?.close())
beforeEach(async () => {
  await db.owner.query('delete from notices.mail')
  ;[time, sent, logged, temper] = [now, [], [], async () => {}]
})

const sender: MailSender = {
  async send(mail) {
    sent.push(mail)
    const refusal = await temper(mail)
    return refusal === undefined ? granted(undefined) : refused(refusal)
  },
}
function mailsOf(database = db.database): Mails {
  return createMails({
    ...{ database, administration: createAdministration(), sender, clock: { now: () => time } },
    bankNames: { ja: 'まどぐち銀行', en: 'Madoguchi Bank' },
    log: (message, facts) => logged.push({ message, facts }),
  })
}
const asCompany = <T>(work: (tx: Tx) => Promise<T>) => db.database.asCompany(companyId, work)
const passes = (minutes: number) => (time = time.add({ minutes }))

const aMail = (to = 'tanaka@sample.example') => ({
  ...{ companyId, userId: tanaka, to, template: 'token-suspended' as const },
  facts: { userName: '田中 一郎', at: now },
})
async function queued(count = 1): Promise<void> {
  await asCompany(async (tx) => {
    for (let at = 0; at < count; at += 1) {
      await mailsOf().queue(tx, aMail(`user${at}@sample.example`), time)
    }
  })
}
async function table() {
  const { rows } = await db.owner.query<Record<string, unknown>>(
    'select state, attempts, last_error, next_try_at, sent_at from notices.mail order by to_address',
  )
  return rows
}

describe('queueing', () => {
  test('belongs to the transaction of what the mail tells about', async () => {
    const failing = asCompany(async (tx) => {
      await mailsOf().queue(tx, aMail(), time)
      throw new Error('the token was not suspended')
    })
    await expect(failing).rejects.toThrow('not suspended')
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 0 })

    await asCompany((tx) => mailsOf().queue(tx, aMail(), time))
    await db.database.asBank((tx) =>
      mailsOf().queue(tx, { ...aMail('b@sample.example'), userId: null, language: 'en' }, time),
    )
    expect(await mailsOf().deliver()).toEqual({ sent: 2, failed: 0 })
    // Of one moment, so in any order.
    const inOrder = sent.toSorted((one, other) => (one.to < other.to ? 1 : -1))
    expect(inOrder.map(({ to, subject, at }) => ({ to, subject, at: at.toString() }))).toEqual([
      {
        ...{ to: 'tanaka@sample.example', at: now.toString() },
        subject: '【まどぐち銀行】トークン利用停止のお知らせ',
      },
      {
        ...{ to: 'b@sample.example', at: now.toString() },
        subject: '[Madoguchi Bank] A token was suspended',
      },
    ])
    expect(inOrder[0]!.text).toContain('2026/11/22 10:15:30')
  })

  test('a company writes for itself only, and neither reads nor sends', async () => {
    const foreign = asCompany((tx) =>
      mailsOf().queue(tx, { ...aMail(), companyId: otherCompany, userId: null }, time),
    )
    await expect(foreign).rejects.toThrow('row-level security')
    await queued()
    const tries = [
      'select from notices.mail',
      `update notices.mail set state = 'sent'`,
      'delete from notices.mail',
      `insert into notices.mail (id, company_id, to_address, language, template, facts, state,
         created_at, sent_at)
       values (gen_random_uuid(), platform.current_company(), 'a', 'ja', 'a', '{}', 'sent', now(),
         now())`,
    ]
    for (const statement of tries) {
      const trying = asCompany((tx) => sql.raw(statement).execute(tx))
      await expect(trying, statement).rejects.toThrow('permission denied')
    }
  })
})

describe('the user and those who answer for him', () => {
  const users = new Map<string, UserId>()
  let company: CompanyId
  const people: [string, string, Role][] = [
    ['sato', 'sato@sample.example', 'master'],
    ['yamada', 'yamada@sample.example', 'administrator'],
    ['kato', 'KATO@sample.example', 'administrator'], // has two IDs with one address
    ['kato2', 'kato@sample.example', 'administrator'],
    ['gone', 'gone@sample.example', 'administrator'],
    ['suzuki', 'suzuki@sample.example', 'general'],
    ['takahashi', 'takahashi@sample.example', 'general'],
  ]
  beforeAll(async () => {
    const administration = createAdministration()
    const [first] = await aCompanyWith(db.database, [{ name: '仮', role: 'general' }])
    company = first!.companyId
    await db.database.asBank(async (tx) => {
      for (const [name, mail, role] of people) {
        const asked = { companyId: company, loginId: name.padEnd(8, '0'), name, mail, role }
        const rest = { rights: [], accounts: [], limits: [] }
        const outcome = await administration.createUser(tx, { ...asked, ...rest }, now)
        if (!outcome.granted) throw new Error(outcome.reason)
        users.set(name, outcome.value.id)
      }
      await administration.setUserState(tx, users.get('gone')!, 'stopped-by-administrator')
    })
  })

  test.for([
    ['suzuki', ['suzuki', 'sato', 'yamada', 'kato']],
    ['kato2', ['kato', 'sato', 'yamada']],
    ['sato', ['sato', 'yamada', 'kato']],
    ['gone', ['gone', 'sato', 'yamada', 'kato']],
  ] as const)('%s: each address once', async ([name, expected]) => {
    const facts = { userName: name, at: now, serialEnd: '0042' }
    const about = { companyId: company, userId: users.get(name)!, facts }
    await db.database.asCompany(company, (tx) =>
      mailsOf().queueToUserAndMasters(tx, { ...about, template: 'token-registered' }, time),
    )
    expect(await mailsOf().deliver()).toEqual({ sent: expected.length, failed: 0 })
    const to = sent.map((one) => one.to.toLowerCase())
    expect(to.toSorted()).toEqual(expected.map((one) => `${one}@sample.example`).toSorted())
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1)
  })
})

test('named users are written to once per address, and not where they were stopped', async () => {
  const people = ['master', 'general', 'general', 'general'] as const
  const [one, two, three, four] = await aCompanyWith(
    db.database,
    people.map((role, at) => ({ name: `利用者${at}`, role })),
  )
  const company = one!.companyId
  const mails = {
    two: 'shared@sample.example',
    three: 'Shared@sample.example',
    four: 'x@y.example',
  }
  for (const [user, mail] of [
    [two!, mails.two],
    [three!, mails.three],
    [four!, mails.four],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await db.owner.query('update administration.app_user set mail = $1 where id = $2', [
      mail,
      user.userId,
    ])
  }
  await db.database.asBank((tx) =>
    createAdministration().setUserState(tx, four!.userId, 'stopped-by-administrator'),
  )
  const about = { companyId: company, template: 'payee-check-suspended' as const }
  const facts = { userName: '利用者1', at: now }
  await db.database.asCompany(company, async (tx) => {
    const userIds = [two!, three!, four!].map(({ userId }) => userId)
    await mailsOf().queueTo(tx, { ...about, facts, userIds }, time)
    await mailsOf().queueTo(tx, { ...about, facts, userIds: [] }, time)
  })
  expect(await mailsOf().deliver()).toEqual({ sent: 1, failed: 0 })
  expect(sent[0]!.to.toLowerCase()).toBe(mails.two)
})

describe('delivering', () => {
  test('two workers at once send each mail once', async () => {
    await queued(60)
    temper = () => new Promise((done) => void setTimeout(done, 5))
    const other = await openDatabase({ address: db.address, migrate: false })
    try {
      const both = await Promise.all([mailsOf().deliver(), mailsOf(other).deliver()])
      for (const { sent: count } of both) expect(count).toBeGreaterThan(5)
      expect(both[0].sent + both[1].sent).toBe(60)
    } finally {
      await other.close()
    }
    expect(new Set(sent.map(({ id }) => id)).size).toBe(60)
    expect(sent).toHaveLength(60)
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 0 })
  })

  test('holds no lock while it sends', async () => {
    await queued()
    temper = async () => {
      const { rows } = await db.owner.query('select from notices.mail for update nowait')
      expect(rows).toHaveLength(1)
    }
    expect(await mailsOf().deliver()).toEqual({ sent: 1, failed: 0 })
  })

  test('what a dead worker left behind is sent when its lease has ended', async () => {
    await queued()
    temper = () => new Promise(() => {}) // dies in the midst
    void mailsOf().deliver()
    await expect.poll(() => sent.length).toBe(1)
    temper = async () => {}
    passes(4)
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 0 })
    passes(1)
    expect(await mailsOf().deliver()).toEqual({ sent: 1, failed: 0 })
    expect(sent.map(({ id }) => id)).toEqual([sent[0]!.id, sent[0]!.id])
  })

  test('a lost answer brings the same mail again, and one more time only', async () => {
    await queued()
    temper = () => Promise.reject(Object.assign(new Error('cut off'), { code: 'ECONNECTION' }))
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 1 })
    expect(await table()).toMatchObject([
      { state: 'waiting', attempts: 1, last_error: 'ECONNECTION' },
    ])
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 0 }) // not before a minute
    temper = async () => {}
    passes(1)
    expect(await mailsOf().deliver()).toEqual({ sent: 1, failed: 0 })
    expect(sent[1]).toEqual(sent[0])
    expect(await table()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }])
    passes(500)
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 0 })
  })

  test('waits longer each time and gives up after about two days, with a warning', async () => {
    await queued()
    temper = () => Promise.reject(new Error('busy'))
    const waits: number[] = []
    while ((await mailsOf().deliver()).failed > 0) {
      const [row] = await table()
      if (row!['state'] !== 'waiting') break
      const until = Temporal.Instant.from(row!['next_try_at'] as string)
      waits.push(until.since(time).total('minutes'))
      time = until
    }
    expect(waits.slice(0, 10)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240])
    expect(waits).toHaveLength(19)
    expect(time.since(now).total('hours')).toBeCloseTo(48, 0)
    expect(await table()).toMatchObject([
      { state: 'given-up', attempts: 20, last_error: 'Error', next_try_at: null },
    ])
    expect(logged.at(-1)).toMatchObject({
      message: 'a mail was given up',
      facts: { template: 'token-suspended', attempts: 20, error: 'Error' },
    })
    expect(JSON.stringify(logged.map(({ facts }) => facts))).not.toContain('@sample')
  })

  test('gives up at once what its server refuses for good', async () => {
    await queued(2)
    temper = async ({ to }) => (to.startsWith('user0') ? 'address-refused' : undefined)
    expect(await mailsOf().deliver()).toEqual({ sent: 1, failed: 1 })
    expect(await table()).toMatchObject([
      { state: 'given-up', attempts: 1, last_error: 'address-refused' },
      { state: 'sent' },
    ])
  })

  test('leaves a server alone that is away, but is not stopped by a bad mail', async () => {
    await queued(10)
    temper = () => Promise.reject(new Error('away'))
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 3 })
    passes(2)
    temper = () => (sent.length % 2 === 0 ? Promise.reject(new Error('bad')) : Promise.resolve())
    expect(await mailsOf().deliver()).toEqual({ sent: 5, failed: 5 })
  })

  test('a worker that was slower than its lease says so, and undoes nothing', async () => {
    await queued()
    const slow = Promise.withResolvers<void>()
    temper = () => slow.promise
    const delivering = mailsOf().deliver()
    await expect.poll(() => sent.length).toBe(1)
    temper = async () => {}
    passes(6)
    expect(await mailsOf().deliver()).toEqual({ sent: 1, failed: 0 })
    slow.reject(new Error('late'))
    expect(await delivering).toEqual({ sent: 0, failed: 1 })
    expect(await table()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }])
  })

  test('a mail that this release cannot write waits for one that can, and not for ever', async () => {
    await queued()
    await db.owner.query(`update notices.mail set template = 'of-tomorrow'`)
    await expect(mailsOf().deliver()).rejects.toThrow('there is no mail of-tomorrow')
    for (let at = 0; at < 19; at += 1) {
      passes(5)
      await expect(mailsOf().deliver()).rejects.toThrow('of-tomorrow')
    }
    passes(5)
    expect(await mailsOf().deliver()).toEqual({ sent: 0, failed: 1 })
    expect(await table()).toMatchObject([{ state: 'given-up', last_error: 'never-ended' }])
  })
})

test('what was sent is forgotten after a hundred days, what waits is not', async () => {
  await queued()
  await mailsOf().deliver()
  await queued()
  const purge = (days: number) =>
    db.database.asBank((tx) => mailsOf().purge(tx, now.add({ hours: days * 24 + 1 })))
  await purge(99)
  expect(await table()).toHaveLength(2)
  await purge(100)
  expect(await table()).toMatchObject([{ state: 'waiting' }])
})
