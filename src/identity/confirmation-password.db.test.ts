/** 確認用パスワード: counted apart from the login password, and registered after a first login. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nakamura, tanaka } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { identityWorld, type IdentityWorld } from '../../test/identity.ts'

let db: TestDatabase
let world: IdentityWorld
beforeAll(async () => {
  db = await testDatabase()
  world = await identityWorld(db)
})
afterAll(async () => {
  await world.close()
  await db.close()
})

const minute = 60
const origin = {
  address: '192.0.2.1',
  terminal: 'pc',
  userAgent: '',
  inquiryNumber: '',
  language: 'ja',
} as const

describe('確認用パスワード', () => {
  const now = () => world.counter.clock.now()
  const check = (secret: string, member: 'tanaka' | 'nakamura' = 'nakamura') => {
    const user = world.users[member]
    const who = { companyId: user.companyId, userId: user.id }
    const came = { now: now(), origin }
    return world.identity.confirmationPassword.check(who, secret, came)
  }

  test('is right, wrong, and not the login password', async () => {
    expect(await check(nakamura.confirmationPassword)).toEqual({ granted: true, value: undefined })
    expect(await check('Chigau123')).toMatchObject({ reason: 'confirmation-wrong' })
    expect(await check(nakamura.loginPassword)).toMatchObject({ reason: 'confirmation-wrong' })
    expect(await check(nakamura.confirmationPassword)).toMatchObject({ granted: true })
  })

  test('tried twenty times at once is tried five times, then refused even when right', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => check('Chigau123')))
    const reasons = outcomes.map((outcome) => (outcome.granted ? null : outcome.reason))
    expect(reasons.filter((reason) => reason === 'confirmation-wrong')).toHaveLength(4)
    expect(reasons.filter((reason) => reason === 'confirmation-paused')).toHaveLength(16)
    expect(await check(nakamura.confirmationPassword)).toMatchObject({
      reason: 'confirmation-paused',
      facts: { until: now().add({ minutes: 30 }).toString() },
    })
  })

  test('locked, leaves the login open', async () => {
    expect((await world.browser('192.0.2.30').loginAs(nakamura)).status).toBe(200)
  })

  test('stops at ten errors, until it is released', async () => {
    world.counter.clock.passes(30 * minute)
    for (let error = 0; error < 5; error += 1) await check('Chigau123')
    world.counter.clock.passes(30 * minute)
    expect(await check(nakamura.confirmationPassword)).toMatchObject({
      reason: 'confirmation-stopped',
    })
    await db.database.asBank((tx) =>
      world.identity.credentials.release(tx, world.users.nakamura, 'confirmation'),
    )
    expect(await check(nakamura.confirmationPassword)).toMatchObject({ granted: true })
  })

  test('that was never registered is named as such', async () => {
    await db.owner.query(
      'update identity.credential set confirmation_hash = null where user_id = $1',
      [world.users.tanaka.id],
    )
    expect(await check('Chigau123', 'tanaka')).toMatchObject({
      reason: 'confirmation-unregistered',
    })
  })

  test('not yet registered is asked for after login, and with it the chain is passed', async () => {
    const browser = world.browser('192.0.2.31')
    expect((await browser.loginAs(tanaka)).body).toEqual({ next: 'password-change' })
    const asked = await browser.call('GET', '/api/session/password-change')
    expect(asked.body).toMatchObject({
      reasons: ['confirmation-missing'],
      fields: ['currentLoginPassword', 'newConfirmationPassword'],
    })
    const form = { currentLoginPassword: tanaka.loginPassword, newConfirmationPassword: 'Touroku1' }
    const changed = await browser.call('POST', '/api/session/passwords', form)
    expect(changed.body).toEqual({ next: 'password-change-result' })
    const confirmed = await browser.call('POST', '/api/session/password-change-result/confirmation')
    expect(confirmed.body).toEqual({ next: 'home' })
    expect(await check('Touroku1', 'tanaka')).toMatchObject({ granted: true })
  })
})
