/** トークンの管理 over the counter and on the command line: 初期化, 失効, 利用停止解除, 紛失, 廃棄. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sato, suzuki, tanaka } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import type { Browser } from '../../test/identity.ts'
import { tokenWorld, type TokenWorld } from '../../test/tokens.ts'

let db: TestDatabase
let world: TokenWorld
let serials = 500

beforeAll(async () => {
  db = await testDatabase()
  world = await tokenWorld(db)
})
afterAll(async () => {
  await world?.close()
  await db?.close()
})

/** 佐藤 and 田中 with a token each, 鈴木 with 田中's. */
let master: Browser
let serial: string
beforeEach(async () => {
  await db.owner.query(`
    delete from token.challenge; delete from token.registration; delete from token.holding;
    delete from token.instance; delete from token.tally; delete from notices.mail`)
  serial = String((serials += 1))
  const device = await world.hardware(world.users.tanaka, serial)
  await world.register(await world.atRegistration(tanaka), device, serial)
  const own = String((serials += 1))
  const sato1 = await world.hardware(world.users.sato, own)
  master = await world.atRegistration(sato)
  await world.register(master, sato1, own)
  await master.call('POST', '/api/token-registration/caution')
  await master.call('GET', '/api/session')
})

const path = (user: { id: string }, action: string) => `/api/tokens/${user.id}/${action}`
const confirmationPassword = sato.confirmationPassword

test('the list tells what may be done with whose token', async () => {
  const { body } = await master.call('GET', '/api/tokens')
  const { tokens } = body as { tokens: { serial: string; tokenCode: string }[] }
  const inOrder = tokens.toSorted((one, other) => Number(one.serial) - Number(other.serial))
  expect(inOrder).toMatchObject([
    { loginId: tanaka.loginId, serial, state: 'unused', shared: false, may: ['reset', 'detach'] },
    { loginId: sato.loginId, state: 'unused', may: ['reset', 'detach'] },
  ])
  expect(inOrder[0]!.tokenCode).toMatch(/^\d{13}$/)
})

describe('初期化 and 失効', () => {
  test.for(['reset', 'detachment'])(
    '%s sends the user back to the registration',
    async (action) => {
      const done = await master.call('POST', path(world.users.tanaka, action), {
        confirmationPassword,
      })
      expect(done.status).toBe(204)
      const template = action === 'reset' ? 'token-reset' : 'token-detached'
      expect(await world.mails()).toContain(`${template} ${tanaka.mail}`)
      const browser = await world.atRegistration(tanaka)
      // The same device can be registered anew.
      const typed = { serial, serialAgain: serial }
      expect((await browser.call('POST', '/api/token-registration', typed)).status).toBe(200)
    },
  )

  test('ask for 確認用パスワード, and record a refusal of it', async () => {
    const wrong = { confirmationPassword: 'Wrong1234' }
    const { code } = await master.call('POST', path(world.users.tanaka, 'detachment'), wrong)
    expect(code).toBe('confirmation-wrong')
    expect((await world.history('token-detachment')).at(-1)).toEqual({
      ...{ result: 'refused', reason: 'confirmation-wrong' },
    })
    expect((await master.call('GET', '/api/tokens')).body.tokens).toHaveLength(2)
  })

  test('失効 takes a shared token from one user only', async () => {
    const { rows } = await db.owner.query<{ id: string; company_id: string }>(
      `select id, company_id from token.instance where serial = $1`,
      [serial],
    )
    await db.owner.query(
      `insert into token.holding (id, company_id, user_id, instance_id, since)
       values (gen_random_uuid(), $1, $2, $3, now())`,
      [rows[0]!.company_id, world.users.suzuki.id, rows[0]!.id],
    )
    await master.call('POST', path(world.users.tanaka, 'detachment'), { confirmationPassword })
    const { tokens } = (await master.call('GET', '/api/tokens')).body
    expect(tokens.map(({ loginId }: { loginId: string }) => loginId)).toContain(suzuki.loginId)
  })

  test('a re-registration begins a cool-down, the first registration none', async () => {
    const cooling = async () => (await db.owner.query('select cause from identity.cool_down')).rows
    await db.owner.query('delete from identity.cool_down')
    await master.call('POST', path(world.users.tanaka, 'detachment'), { confirmationPassword })
    expect(await cooling()).toEqual([])
    const next = String((serials += 1))
    const device = await world.hardware(world.users.tanaka, next)
    await world.register(await world.atRegistration(tanaka), device, next)
    expect(await cooling()).toEqual([{ cause: 'token-registered' }])
  })
})

describe('利用停止', () => {
  test('is begun by who has lost the device, and ended by an administrator', async () => {
    const browser = world.browser()
    await browser.loginAs(tanaka)
    await browser.call('POST', '/api/token-registration/caution')
    await browser.call('GET', '/api/session')
    expect((await browser.call('POST', '/api/tokens/own/suspension')).status).toBe(204)
    expect(await world.mails()).toContain(`token-suspended ${sato.mail}`)

    const release = path(world.users.tanaka, 'release')
    expect((await master.call('POST', release, { confirmationPassword })).status).toBe(204)
    const again = await master.call('POST', release, { confirmationPassword })
    expect(again.code).toBe('token-not-suspended')
  })

  test('of one’s own token is not ended by taking it away and starting anew', async () => {
    expect((await master.call('POST', '/api/tokens/own/suspension')).status).toBe(204)
    for (const action of ['reset', 'detachment', 'release']) {
      const own = path(world.users.sato, action)
      const { code } = await master.call('POST', own, { confirmationPassword })
      expect(code).toBe('own-token')
    }
  })

  test('holds where the process died after the last wrong code, and can be ended', async () => {
    await db.owner.query('update token.instance set fails = 5 where serial = $1', [serial])
    const { tokens } = (await master.call('GET', '/api/tokens')).body
    const line = tokens.find((token: { serial: string }) => token.serial === serial)
    expect(line).toMatchObject({ state: 'suspended', may: ['reset', 'detach', 'release'] })
    const release = path(world.users.tanaka, 'release')
    expect((await master.call('POST', release, { confirmationPassword })).status).toBe(204)
  })
})

describe('the command line', () => {
  const run = async (...words: string[]) => {
    const lines: string[] = []
    const now = world.counter.clock.now()
    const code = await world.tokens.command(words, now, (line) => lines.push(line))
    return [code, lines.join('\n')] as const
  }

  test('lists, detaches and discards', async () => {
    const [, list] = await run('list', '--company', tanaka.loginId)
    expect(list).toContain(`${serial}\thardware\tassigned\t株式会社サンプル商事\t${tanaka.loginId}`)
    expect(await run('detach', tanaka.loginId)).toEqual([0, `done: detach for ${tanaka.loginId}`])
    expect(await run('detach', tanaka.loginId)).toEqual([1, 'refused: this user has no token'])
    expect(await run('discard', serial)).toEqual([0, `${serial} is discarded.`])
    expect((await run('discard', serial))[0]).toBe(1)
    const browser = await world.atRegistration(tanaka)
    const typed = { serial, serialAgain: serial }
    const { code } = await browser.call('POST', '/api/token-registration', typed)
    expect(code).toBe('serial-stopped')
  })

  test('after a restore, goes on ahead of what devices have seen, with nothing open', async () => {
    const browser = world.browser()
    await browser.loginAs(tanaka)
    await db.owner.query('update token.instance set sequence = 7')
    expect((await run('after-restore'))[0]).toBe(0)
    const { rows } = await db.owner.query<{ sequence: number }>(
      `select distinct sequence from token.instance where state <> 'ended'`,
    )
    expect(rows).toEqual([{ sequence: 10_007 }])
  })

  test('says how it is used', async () => {
    expect((await run('nonsense'))[0]).toBe(2)
    expect((await run('assign'))[1]).toContain('tokens import FILE')
    expect(await run('assign', '77', '--company', 'nobody')).toEqual([
      ...[1, 'refused: there is no such company'],
    ])
  })
})
