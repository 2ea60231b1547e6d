/** パスワード強制変更 when two want it at once: nothing that was asked or stored is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { suzuki, tanaka } from '../../test/cast.ts'
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

const origin = {
  address: '192.0.2.1',
  terminal: 'pc',
  userAgent: '',
  inquiryNumber: '',
  language: 'ja',
} as const

const withoutConfirmation = (userId: string) =>
  db.owner.query('update identity.credential set confirmation_hash = null where user_id = $1', [
    userId,
  ])

test('of two 確認用パスワード registered at once, one is refused and the other holds', async () => {
  const { companyId, id: userId } = world.users.tanaka
  const came = { now: world.counter.clock.now(), origin }
  for (let round = 0; round < 5; round += 1) {
    await withoutConfirmation(userId)
    const browser = world.browser()
    await browser.loginAs(tanaka)
    const wanted = [`Futatsu${round}a`, `Futatsu${round}b`]
    const answers = await Promise.all(
      wanted.map((newConfirmationPassword) =>
        browser.call('POST', '/api/session/passwords', {
          currentLoginPassword: tanaka.loginPassword,
          newConfirmationPassword,
        }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 409,
    ])
    const kept = wanted[answers.findIndex(({ status }) => status === 200)]!
    const { confirmationPassword } = world.identity
    expect(await confirmationPassword.check({ companyId, userId }, kept, came)).toMatchObject({
      granted: true,
    })
  }
})

test('a change that the administrator asks for meanwhile is not forgotten', async () => {
  const { id: userId } = world.users.suzuki
  await withoutConfirmation(userId)
  const browser = world.browser()
  await browser.loginAs(suzuki)
  const administrator = await db.owner.connect()
  try {
    await administrator.query('begin')
    await administrator.query(
      'update identity.credential set change_required = true where user_id = $1',
      [userId],
    )
    // Judged by what was due until now, and then held up by the administrator's transaction.
    const registering = browser.call('POST', '/api/session/passwords', {
      currentLoginPassword: suzuki.loginPassword,
      newConfirmationPassword: 'Futatsume2',
    })
    await somebodyWaits()
    await administrator.query('commit')
    expect(await registering).toMatchObject({ code: 'no-password-change-due' })
  } finally {
    administrator.release()
  }
  expect(await browser.call('GET', '/api/session')).toMatchObject({
    body: { next: 'password-change' },
  })
})

async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rowCount } = await db.owner.query(
      'select from pg_stat_activity where datname = current_database() and wait_event_type = $1',
      ['Lock'],
    )
    if (rowCount !== 0) return
    await new Promise((again) => setTimeout(again, 10))
  }
}
