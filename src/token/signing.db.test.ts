/** トランザクション認証 — one code, one use, bound to what was shown (C2 #1, #2, #3). */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Content } from '#kit/ctp1/fields.ts'
import type { Origin } from '#kit/visitor.ts'
import { nakamura, tanaka } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import type { TestDevice } from '../../test/device.ts'
import { tokenWorld, type TokenWorld } from '../../test/tokens.ts'
import type { Asked, Signer, Typed } from './signing.ts'

let db: TestDatabase
let world: TokenWorld
let device: TestDevice
let signer: Signer
const serial = '3104800123'

beforeAll(async () => {
  db = await testDatabase()
  world = await tokenWorld(db)
  const { companyId, id: userId } = world.users.tanaka
  signer = { companyId, userId }
  device = await world.hardware(signer, serial)
  await world.register(await world.atRegistration(tanaka), device, serial)
})
afterAll(async () => {
  await world?.close()
  await db?.close()
})
beforeEach(async () => {
  await db.owner.query(`
    delete from token.challenge; delete from token.tally;
    update token.device set state = 'assigned';
    update token.instance set fails = 0, suspended_at = null, suspended_as = null`)
})

const content: Content = {
  template: 'transfer',
  fields: [
    { tag: 'bank', value: '9998 ﾄﾅﾘ' },
    { tag: 'account', value: '1 7654321' },
    { tag: 'payee', value: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ' },
    { tag: 'amount', value: '3000000' },
  ],
}
const canonical = '{"amount":"3000000","payee":"1 7654321"}'
const asked = (more: Partial<Asked> = {}): Asked => ({
  ...{ signer, purpose: 'transfer', subjectId: 'T-1', content, canonical },
  ...more,
})
const now = () => world.counter.clock.now()
const origin: Origin = {
  address: '192.0.2.1',
  terminal: 'pc',
  userAgent: '',
  inquiryNumber: 'AAAA-BBBB-CCCC',
  language: 'ja',
}

async function issued(more: Partial<Asked> = {}) {
  const outcome = await db.database.asCompany(signer.companyId, (tx) =>
    world.tokens.signing.issue(tx, asked(more), now()),
  )
  if (!outcome.granted) throw new Error(outcome.reason)
  return outcome.value
}

/** What the change of an order would be: one row that may not come twice. */
let changes = 0
function redeem(
  typed: Partial<Typed> & Pick<Typed, 'challengeId' | 'code'>,
  { stored = canonical, change = async () => void (changes += 1) } = {},
) {
  const full = { signer, purpose: 'transfer', subjectId: 'T-1', ...typed }
  return world.tokens.signing.redeem(
    full,
    { now: now(), origin },
    { canonical: async () => stored, change },
  )
}
const other = (code: string) => String((Number(code[0]) + 1) % 10) + code.slice(1)
const fails = async () =>
  (
    await db.owner.query<{ fails: number }>(`select fails from token.instance where serial = $1`, [
      serial,
    ])
  ).rows[0]!.fails

describe('a 2D code', () => {
  test('has the device show exactly what is signed, and its code makes the change', async () => {
    const { id: challengeId, qr, shows, expiresAt } = await issued()
    expect(shows.map(({ tag }) => tag)).toEqual(['amount', 'payee', 'bank', 'account'])
    expect(expiresAt).toBe(now().add({ minutes: 5 }).toString())
    const { shown, code } = await device.sign(qr)
    expect(shown).toEqual({
      ...{ bank: '9998 ﾄﾅﾘ', account: '1 7654321', payee: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ', amount: '3000000' },
    })
    changes = 0
    expect(await redeem({ challengeId, code })).toEqual({ granted: true, value: undefined })
    expect(changes).toBe(1)
  })

  test('is replaced by the next one of the same user and purpose', async () => {
    const first = await issued()
    const { code } = await device.sign(first.qr)
    await issued({ subjectId: 'T-2' })
    const answer = await redeem({ challengeId: first.id, code })
    expect(answer).toMatchObject({ granted: false, reason: 'challenge-spent' })
  })

  test('is made sixty times an hour, and then not', async () => {
    await db.owner.query(
      `insert into token.tally (company_id, user_id, kind, at)
       select $1, $2, 'scan', $3 from generate_series(1, 60)`,
      [signer.companyId, signer.userId, now().subtract({ minutes: 59 }).toString()],
    )
    const outcome = await db.database.asCompany(signer.companyId, (tx) =>
      world.tokens.signing.issue(tx, asked(), now()),
    )
    expect(outcome).toEqual({ granted: false, reason: 'too-many-challenges' })
    world.counter.clock.passes(60)
    await issued()
  })

  test('is not made for who has no token', async () => {
    const { companyId, id: userId } = world.users.suzuki
    const outcome = await db.database.asCompany(companyId, (tx) =>
      world.tokens.signing.issue(tx, asked({ signer: { companyId, userId } }), now()),
    )
    expect(outcome).toEqual({ granted: false, reason: 'token-missing' })
  })
})

describe('a right code', () => {
  test('submitted fifty times at once makes one change', async () => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    changes = 0
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => redeem({ challengeId, code })),
    )
    expect(answers.filter(({ granted }) => granted)).toHaveLength(1)
    expect(changes).toBe(1)
    const reasons = answers.flatMap((answer) => (answer.granted ? [] : [answer.reason]))
    expect(new Set(reasons)).toEqual(new Set(['challenge-spent']))
    // No press was a wrong code.
    expect(await fails()).toBe(0)
  })

  test('used once is refused ever after', async () => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    await redeem({ challengeId, code })
    expect(await redeem({ challengeId, code })).toMatchObject({ reason: 'challenge-spent' })
  })

  test('counts up to the last moment of five minutes', async () => {
    const inTime = await issued()
    const { code } = await device.sign(inTime.qr)
    world.counter.clock.passes(299)
    expect(await redeem({ challengeId: inTime.id, code })).toMatchObject({ granted: true })
    const late = await issued()
    const { code: codeOfLate } = await device.sign(late.qr)
    world.counter.clock.passes(300)
    const answer = await redeem({ challengeId: late.id, code: codeOfLate })
    expect(answer).toMatchObject({ reason: 'challenge-expired' })
  })

  test('is worth nothing for another purpose, subject or user', async () => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    const { companyId, id: userId } = world.users.nakamura
    for (const spoiled of [
      { purpose: 'payee-registration' },
      { subjectId: 'T-2' },
      { challengeId: 'not an id' },
    ]) {
      const answer = await redeem({ challengeId, code, ...spoiled })
      expect(answer).toMatchObject({ reason: 'challenge-unknown' })
    }
    const stranger = await world.hardware({ companyId }, '99')
    await world.register(await world.atRegistration(nakamura), stranger, '99')
    const answer = await redeem({ challengeId, code, signer: { companyId, userId } })
    expect(answer).toMatchObject({ reason: 'challenge-unknown' })
    expect(await redeem({ challengeId, code })).toMatchObject({ granted: true })
  })

  test('is refused when what is stored has changed since it was shown', async () => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    changes = 0
    const swapped = { stored: canonical.replace('7654321', '9999999') }
    expect(await redeem({ challengeId, code }, swapped)).toMatchObject({
      reason: 'content-changed',
    })
    expect([changes, await fails()]).toEqual([0, 0])
    expect(await redeem({ challengeId, code })).toMatchObject({ reason: 'challenge-spent' })
  })

  test('stays good when the change itself falls over', async () => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    const change = async () => Promise.reject(new Error('the core system is away'))
    await expect(redeem({ challengeId, code }, { change })).rejects.toThrow('away')
    expect(await fails()).toBe(0)
    expect(await redeem({ challengeId, code })).toMatchObject({ granted: true })
  })

  test.for([
    [
      'token is suspended',
      `update token.instance set suspended_at = now(), suspended_as = 'by-user'`,
    ],
    ['device is discarded', `update token.device set state = 'discarded'`],
  ] as const)('is refused when the %s between its count and its use', async ([, meanwhile]) => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    changes = 0
    // The key is opened between the two: there the token goes.
    const open = world.vault.open.bind(world.vault)
    const opened = vi.spyOn(world.vault, 'open').mockImplementationOnce(async (...sealed) => {
      await db.owner.query(meanwhile)
      return open(...sealed)
    })
    const answer = await redeem({ challengeId, code })
    opened.mockRestore()
    expect(answer).toMatchObject({ granted: false, reason: 'challenge-spent' })
    expect(changes).toBe(0)
  })

  test('holds at execution for what was signed, and for nothing else', async () => {
    const { id: challengeId, qr } = await issued()
    const { companyId } = signer
    const signed = { companyId, challengeId, purpose: 'transfer', subjectId: 'T-1', canonical }
    const holds = (more = {}) =>
      db.database.asCompany(companyId, (tx) =>
        world.tokens.signing.holds(tx, { ...signed, ...more }),
      )
    expect(await holds()).toBe(false)
    const { code } = await device.sign(qr)
    await redeem({ challengeId, code })
    expect(await holds()).toBe(true)
    expect(await holds({ canonical: '{}' })).toBe(false)
    expect(await holds({ subjectId: 'T-2' })).toBe(false)
  })
})

describe('a wrong code', () => {
  test('is told with the tries left; the third one spends the 2D code', async () => {
    const { id: challengeId, qr } = await issued()
    const { code } = await device.sign(qr)
    for (const left of ['2', '1', '0']) {
      const answer = await redeem({ challengeId, code: other(code) })
      expect(answer).toMatchObject({ reason: 'code-wrong', facts: { triesLeft: left } })
    }
    expect(await redeem({ challengeId, code })).toMatchObject({ reason: 'challenge-spent' })
  })

  test('tried twenty times at once is tried three times, and five suspend the token', async () => {
    const first = await issued()
    const { code } = await device.sign(first.qr)
    const wrong = () => redeem({ challengeId: first.id, code: other(code) })
    const answers = await Promise.all(Array.from({ length: 20 }, wrong))
    const tried = answers.filter((answer) => !answer.granted && answer.reason === 'code-wrong')
    expect(tried).toHaveLength(3)
    expect(await fails()).toBe(3)

    const second = await issued()
    const right = (await device.sign(second.qr)).code
    for (let more = 0; more < 2; more += 1) {
      await redeem({ challengeId: second.id, code: other(right) })
    }
    const suspended = await redeem({ challengeId: second.id, code: right })
    expect(suspended).toMatchObject({ reason: 'token-suspended' })
    expect(await world.mails()).toContain(`token-suspended ${tanaka.mail}`)
    expect(await world.history('token-suspension')).toContainEqual({
      ...{ result: 'done', reason: 'wrong-codes' },
    })
  })

  test('of the 2D code before says so', async () => {
    const first = await issued()
    const { code } = await device.sign(first.qr)
    const second = await issued()
    const answer = await redeem({ challengeId: second.id, code })
    expect(answer).toMatchObject({ reason: 'code-of-another-challenge', facts: { triesLeft: '2' } })
  })

  test.for([
    ['code-of-another-step', '123456789012'],
    ['code-malformed', '1234567'],
    ['code-malformed', 'abcdefgh'],
  ])('is %s: %s, and not counted', async ([reason, code]) => {
    const { id: challengeId } = await issued()
    expect(await redeem({ challengeId, code: code! })).toMatchObject({ reason })
    expect(await fails()).toBe(0)
  })

  test('is in the operation history with its purpose', async () => {
    const { id: challengeId } = await issued()
    await redeem({ challengeId, code: '123' })
    expect((await world.history('transaction-authentication')).at(-1)).toEqual({
      ...{ result: 'refused', reason: 'code-malformed' },
    })
  })
})

test('no key of a token stands in a table in the clear', async () => {
  const { rows } = await db.owner.query<{ seed: Buffer; factory_key: Buffer }>(
    `select i.seed, d.factory_key from token.instance i join token.device d using (serial)`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { seed, factory_key: sealed } of rows) {
    expect(seed.length).toBeGreaterThan(32)
    expect(sealed.length).toBeGreaterThan(32)
  }
})
