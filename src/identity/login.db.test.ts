/** ログイン through the listener on a real database: the chain, sessions, and what is recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sato, suzuki, takahashi, tanaka, yamada } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { identityWorld, type Browser, type IdentityWorld } from '../../test/identity.ts'

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

const session = (browser: Browser) => browser.call('GET', '/api/session')
const operations = async (userId: string) => {
  const { rows } = await db.owner.query(
    `select operation, result, payload::json ->> 'reason' as reason from operation_history.record
      where user_id = $1 order by sequence`,
    [userId],
  )
  return rows.map(({ operation, result, reason }) =>
    [operation, result, reason].filter(Boolean).join(' '),
  )
}

describe('a login with nothing open', () => {
  test('reaches the top page, in a session with a token of its own', async () => {
    const browser = world.browser()
    const answer = await browser.loginAs(tanaka)
    expect(answer).toMatchObject({ status: 200, body: { next: 'home' } })
    expect(answer.cookies).toHaveLength(2)
    for (const cookie of answer.cookies) {
      expect(cookie).toMatch(/^__Host-(sid|device)=[\w-]{43};/)
      expect(cookie).toMatch(/Path=\/; Secure; HttpOnly; SameSite=Strict$/)
    }
    expect((await session(browser)).body).toMatchObject({
      next: 'home',
      stage: 'signed-in',
      user: { loginId: 'tanaka01', name: '田中 一郎', role: 'general' },
      company: { name: '株式会社サンプル商事' },
      rights: expect.arrayContaining(['balance-inquiry', 'tax-payments-pay']),
      loggedInAt: expect.stringMatching(/^2026-11-22T/),
    })
  })

  test('stores neither token in the clear', async () => {
    const browser = world.browser()
    await browser.loginAs(tanaka)
    for (const token of browser.cookies.values()) {
      for (const table of ['session', 'known_device']) {
        const { rows } = await db.owner.query(`select * from identity.${table}`)
        expect(JSON.stringify(rows)).not.toContain(token)
      }
    }
  })

  test('shows the last three logins, this one first', async () => {
    const browser = world.browser()
    for (let time = 0; time < 4; time += 1) {
      world.counter.clock.passes(60)
      await browser.loginAs(suzuki)
    }
    const { lastLogins, loggedInAt } = (await session(browser)).body
    expect(lastLogins).toHaveLength(3)
    expect(lastLogins[0]).toBe(loggedInAt)
    expect(lastLogins).toEqual(lastLogins.toSorted().toReversed())
  })

  test('is recorded, as is the logout', async () => {
    const before = (await operations(world.users.yamada.id)).length
    const browser = world.browser()
    await browser.loginAs(yamada)
    await browser.call('DELETE', '/api/session')
    expect((await operations(world.users.yamada.id)).slice(before)).toEqual([
      'login done',
      'logout done',
    ])
  })
})

describe('a first login', () => {
  let browser: Browser
  const passwords = {
    currentLoginPassword: takahashi.loginPassword,
    newLoginPassword: 'Atarashii1',
    currentConfirmationPassword: takahashi.confirmationPassword,
    newConfirmationPassword: 'Atarashii2',
  }
  const tokens: string[] = []
  const token = () => browser.cookies.get('__Host-sid')!

  test('asks for both passwords, and lets nobody further', async () => {
    browser = world.browser()
    expect((await browser.loginAs(takahashi)).body).toEqual({ next: 'password-change' })
    tokens.push(token())
    const asked = await browser.call('GET', '/api/session/password-change')
    expect(asked.body).toEqual({
      reasons: ['change-required'],
      fields: Object.keys(passwords),
      profile: 'guide',
      lengthMin: 6,
      lengthMax: 12,
    })
    expect(await browser.call('GET', '/api/notices')).toMatchObject({ status: 403 })
    expect(await browser.call('GET', '/api/session/password-change-result')).toMatchObject({
      code: 'no-password-change-result',
    })
    expect(
      await browser.call('POST', '/api/session/password-change-result/confirmation'),
    ).toMatchObject({ code: 'no-password-change-result' })
  })

  test('names every broken rule beside its field, and changes nothing', async () => {
    const answer = await browser.call('POST', '/api/session/passwords', {
      ...passwords,
      newLoginPassword: 'abc',
      newConfirmationPassword: takahashi.loginId,
    })
    expect(answer).toMatchObject({ status: 422, code: 'passwords-refused' })
    expect(answer.body.errors).toEqual([
      { path: 'newLoginPassword', code: 'too-short' },
      { path: 'newLoginPassword', code: 'letters-and-digits-not-mixed' },
      { path: 'newConfirmationPassword', code: 'same-as-login-id' },
    ])
  })

  test('names the current password that is wrong', async () => {
    const answer = await browser.call('POST', '/api/session/passwords', {
      ...passwords,
      currentConfirmationPassword: 'Chigau123',
    })
    expect(answer.body.errors).toEqual([{ path: 'currentConfirmationPassword', code: 'wrong' }])
  })

  test('changes them once, even when 「実行」 is pressed twice at once', async () => {
    const press = () => browser.call('POST', '/api/session/passwords', passwords)
    const answers = await Promise.all([press(), press()])
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409'])
    expect(answers.find(({ status }) => status === 200)!.body).toEqual({
      next: 'password-change-result',
    })
    expect((await browser.call('POST', '/api/session/passwords', passwords)).code).toBe(
      'no-password-change-due',
    )
  })

  test('shows the result until 「確認」, also after the page is loaded again', async () => {
    expect((await session(browser)).body).toMatchObject({ next: 'password-change-result' })
    const result = await browser.call('GET', '/api/session/password-change-result')
    expect(result.body.changed).toEqual(['login-password', 'confirmation-password'])
  })

  test('goes on to the notices, and by 「次へ」 to the top page under a new token', async () => {
    const text = { title: 'お知らせ', paragraphs: ['本文'] }
    const now = world.counter.clock.now()
    await db.database.asBank((tx) =>
      world.notices.publish(
        tx,
        {
          kind: 'login-time',
          important: false,
          japanese: text,
          english: null,
          audience: 'all',
          publishedFrom: now.subtract({ hours: 1 }),
          publishedUntil: null,
        },
        now,
      ),
    )
    const confirmed = await browser.call('POST', '/api/session/password-change-result/confirmation')
    expect(confirmed.body).toEqual({ next: 'login-notices' })
    expect(token()).toBe(tokens[0])
    const shown = await browser.call('GET', '/api/session/login-notices')
    expect(shown.body.notices).toMatchObject([text])
    const path = '/api/session/login-notices/acknowledgement'
    expect((await browser.call('POST', path, { notices: [] })).body).toEqual({
      next: 'login-notices',
    })
    const notices = shown.body.notices.map(({ id }: { id: string }) => id)
    const pressed = await Promise.all([1, 2].map(() => browser.call('POST', path, { notices })))
    const [first, second] = pressed.toSorted((one, other) => one.status - other.status)
    expect(first!.body).toEqual({ next: 'home' })
    expect(['session-over', 'session-unknown', 'login-notices-not-due']).toContain(second!.code)
    expect(token()).not.toBe(tokens[0])
    expect((await session(browser)).body).toMatchObject({ stage: 'signed-in', next: 'home' })
    expect((await browser.call('POST', path, { notices })).code).toBe('login-notices-not-due')
  })

  test('leaves nothing for the token from before', async () => {
    const old = world.browser()
    old.cookies.set('__Host-sid', tokens[0]!)
    // And takes no cookie away, for the browser may hold the new one by now.
    expect(await session(old)).toMatchObject({ status: 401, code: 'session-unknown', cookies: [] })
  })

  test('is over: the old password is wrong and the new one opens', async () => {
    expect(await world.browser().loginAs(takahashi)).toMatchObject({ code: 'login-failed' })
    const answer = await world.browser().login(takahashi.loginId, passwords.newLoginPassword)
    expect(answer.body).toEqual({ next: 'home' })
  })

  test('is recorded without a word of the passwords', async () => {
    const list = await operations(world.users.takahashi.id)
    expect(list).toContain('password-change refused confirmation-password-wrong')
    expect(list.filter((operation) => operation === 'password-change done')).toHaveLength(1)
    expect(list).toContain('login-notice-read done')
    const { rows } = await db.owner.query(
      'select row_to_json(r) as r from operation_history.record r',
    )
    const everything = JSON.stringify(rows)
    for (const secret of Object.values(passwords)) expect(everything).not.toContain(secret)
  })
})

describe('gates behind the right password', () => {
  test('a user who was stopped is told so, and only with the right password', async () => {
    const { id } = world.users.suzuki
    await db.database.asBank((tx) =>
      world.administration.setUserState(tx, id, 'stopped-by-administrator'),
    )
    expect(await world.browser().loginAs(suzuki)).toMatchObject({
      status: 403,
      code: 'user-stopped',
    })
    expect(await world.browser().login(suzuki.loginId, 'Chigau123')).toMatchObject({
      code: 'login-failed',
    })
    await db.database.asBank((tx) => world.administration.setUserState(tx, id, 'active'))
  })

  test('stopping a user ends his session at once', async () => {
    const browser = world.browser()
    await browser.loginAs(suzuki)
    const { id } = world.users.suzuki
    await db.database.asBank((tx) =>
      world.administration.setUserState(tx, id, 'stopped-by-administrator'),
    )
    expect(await session(browser)).toMatchObject({ code: 'session-stopped' })
    await db.database.asBank((tx) => world.administration.setUserState(tx, id, 'active'))
    expect((await session(browser)).code).toBe('session-missing')
  })

  test('a company that uses certificates looks like a wrong password', async () => {
    const set = (method: string) =>
      db.owner.query('update administration.company set login_method = $1 where id = $2', [
        method,
        world.users.sato.companyId,
      ])
    await set('certificate')
    const answer = await world.browser('192.0.2.77').loginAs(sato)
    expect(answer).toMatchObject({ status: 401, code: 'login-failed' })
    await set('password')
    expect(await operations(world.users.sato.id)).toContain('login refused certificate-required')
  })
})
