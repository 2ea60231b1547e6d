/**
 * Guessing passwords: counted atomically, the same for an ID that nobody has, and never a way
 * for an outsider to lock a customer out (C2 #3, #10, #11, #25).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sato, suzuki, tanaka, yamada } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { identityWorld, start, type IdentityWorld } from '../../test/identity.ts'
import { createHashing } from './hashing.ts'

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

const wrong = 'Chigau123'
const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Array.from({ length: count }).reduce<Promise<T[]>>(
    async (done, _, index) => [...(await done), await work(index)],
    Promise.resolve([]),
  )

describe('wrong passwords from a network', () => {
  test('pause the fifth time, half an hour, and stop the tenth', async () => {
    const browser = world.browser('198.51.100.1')
    const first = await times(5, () => browser.login(tanaka.loginId, wrong))
    expect(first.map(({ code }) => code)).toEqual([
      ...Array.from({ length: 4 }, () => 'login-failed'),
      'login-paused',
    ])
    const until = world.counter.clock.now().add({ minutes: 30 }).toString()
    expect(first[4]).toMatchObject({ status: 423, body: { facts: { until } } })
    // Not even the right password, so that a pause cannot be used to find it.
    expect((await browser.loginAs(tanaka)).code).toBe('login-paused')

    world.counter.clock.passes(30 * 60)
    const second = await times(5, () => browser.login(tanaka.loginId, wrong))
    expect(second.map(({ code }) => code)).toEqual([
      ...Array.from({ length: 4 }, () => 'login-failed'),
      'login-stopped',
    ])
    world.counter.clock.passes(24 * 60 * 60)
    expect((await browser.loginAs(tanaka)).code).toBe('login-stopped')
  })

  test('are nothing to the customer elsewhere, nor to his own browser on the same network', async () => {
    expect((await world.browser('198.51.100.2').loginAs(tanaka)).status).toBe(200)
    const own = world.browser('198.51.100.3')
    await own.loginAs(tanaka)
    const neighbour = world.browser('198.51.100.3')
    await times(5, () => neighbour.login(tanaka.loginId, wrong))
    expect((await neighbour.loginAs(tanaka)).code).toBe('login-paused')
    expect((await own.loginAs(tanaka)).status).toBe(200)
  })

  test('end with a release by the administrator', async () => {
    const { tanaka: user } = world.users
    await db.database.asBank((tx) => world.identity.credentials.release(tx, user, 'login'))
    expect((await world.browser('198.51.100.1').loginAs(tanaka)).status).toBe(200)
  })

  test('are forgotten by the right one', async () => {
    const browser = world.browser('198.51.100.4')
    for (let round = 0; round < 3; round += 1) {
      await times(4, () => browser.login(yamada.loginId, wrong))
      browser.cookies.clear()
      expect((await browser.loginAs(yamada)).status).toBe(200)
      browser.cookies.clear()
      world.counter.clock.passes(60)
    }
  })
})

describe('wrong passwords on the user’s own device', () => {
  test('pause the user everywhere, and say so elsewhere to the right password only', async () => {
    const own = world.browser('198.51.100.10')
    await own.loginAs(suzuki)
    const token = own.cookies.get('__Host-device')!
    const answers = await times(5, () => own.login(suzuki.loginId, wrong))
    expect(answers.at(-1)!.code).toBe('login-paused')
    const now = world.counter.clock.now()
    const locks = await db.database.asBank((tx) =>
      world.identity.credentials.locks(tx, world.users.suzuki, now),
    )
    expect(locks).toMatchObject({ login: { state: 'paused' }, confirmation: { state: 'open' } })
    expect(own.cookies.get('__Host-device')).toBe(token)
    const elsewhere = world.browser('198.51.100.12')
    expect((await elsewhere.login(suzuki.loginId, wrong)).code).toBe('login-failed')
    expect((await elsewhere.loginAs(suzuki)).code).toBe('login-paused')
    expect(elsewhere.cookies.size).toBe(0)
    world.counter.clock.passes(30 * 60)
    expect((await own.loginAs(suzuki)).status).toBe(200)
    // Each login gives the device its next token; the one before is a stranger's.
    expect(own.cookies.get('__Host-device')).not.toBe(token)
  })

  test('colleagues who share a browser are both known in it', async () => {
    const shared = world.browser('198.51.100.11')
    await shared.loginAs(yamada)
    await shared.loginAs(suzuki)
    const stranger = world.browser('198.51.100.11')
    await times(5, () => stranger.login(yamada.loginId, wrong))
    expect((await shared.loginAs(yamada)).status).toBe(200)
  })
})

test('twenty guesses at once try five passwords, and the right one is then refused', async () => {
  const guess = () => world.browser('198.51.100.20').login(sato.loginId, wrong)
  const answers = await Promise.all(Array.from({ length: 20 }, guess))
  const codes = answers.map(({ code }) => code)
  expect(codes.filter((code) => code === 'login-failed')).toHaveLength(4)
  expect(codes.filter((code) => code === 'login-paused')).toHaveLength(16)
  const { rows } = await db.owner.query(
    `select cumulative from identity.stranger_errors where network = '198.51.100.20'`,
  )
  expect(rows).toEqual([{ cumulative: 5 }])
  expect((await world.browser('198.51.100.20').loginAs(sato)).code).toBe('login-paused')
})

test('guesses from many networks close the unknown ones for a day, and not those known', async () => {
  await world.browser('203.0.113.200').loginAs(sato)
  for (let network = 0; network < 12; network += 1) {
    await times(4, () => world.browser(`203.0.113.${network}`).login(sato.loginId, wrong))
  }
  const answer = await world.browser('203.0.113.99').loginAs(sato)
  expect(answer.code).toBe('login-paused')
  expect((await world.browser('203.0.113.200').loginAs(sato)).status).toBe(200)
  world.counter.clock.passes(24 * 60 * 60 + 1)
  expect((await world.browser('203.0.113.99').loginAs(sato)).status).toBe(200)
})

describe('an ID that nobody has', () => {
  test('is answered like a wrong password, up to the locks', async () => {
    const walk = async (loginId: string, address: string) => {
      const answers = []
      for (let round = 0; round < 2; round += 1) {
        answers.push(...(await times(6, () => world.browser(address).login(loginId, wrong))))
        world.counter.clock.passes(30 * 60)
      }
      const since = answers[0]!.body
      return answers.map(({ status, body }) => {
        const { inquiryNumber: _ours, facts, ...same } = body
        return { status, ...same, keys: Object.keys(facts ?? {}), of: typeof since }
      })
    }
    const known = await walk(yamada.loginId, '198.51.100.30')
    const unknown = await walk('nobody99', '198.51.100.31')
    expect(unknown).toEqual(known)
    expect(known.at(-1)).toMatchObject({ status: 423, code: 'login-stopped' })
  })

  test.for(['', 'あいうえお', '😀', "' or 1=1 --", 'x'.repeat(64)])(
    'such as %j is one of them',
    async (loginId) => {
      const answer = await world.browser('198.51.100.32').login(loginId, wrong)
      expect(answer).toMatchObject({ status: 401, code: 'login-failed' })
    },
  )

  test('costs one argon2 computation, as a wrong password does', async () => {
    const hashing = createHashing({
      vault: world.vault,
      cost: { memory: 64, passes: 1, parallelism: 1 },
    })
    const stored = await hashing.takeSeat()!.hash('Abc12345', 'a:login')
    const before = hashing.computations()
    await hashing.takeSeat()!.verify(wrong, stored, 'a:login')
    const known = hashing.computations() - before
    await hashing.takeSeat()!.verify(wrong, null, 'nobody:login')
    expect(hashing.computations() - before - known).toBe(known)
  })

  test('takes the same time, within the noise of this machine', async () => {
    // The production cost, so that the hash is what is measured.
    const identity = world.another({
      hashCost: { memory: 19_456, passes: 2, parallelism: 1 },
      loginLock: { consecutiveMax: 1_000, cumulativeMax: 1_000, pauseMinutes: 30 },
      strangerErrorsMax: 1_000,
    })
    const { tanaka: user } = world.users
    await db.owner.query('delete from identity.credential where user_id = $1', [user.id])
    await db.database.asBank((tx) =>
      identity.credentials.create(
        tx,
        { user, loginPassword: 'Fukui2026', confirmationPassword: null, forceChange: false },
        start,
      ),
    )
    const login = identity.routes.handlers['login']!
    const origin = {
      address: '198.51.100.40',
      terminal: 'pc',
      userAgent: '',
      inquiryNumber: '',
      language: 'ja',
    }
    const measure = async (loginId: string) => {
      const began = performance.now()
      const body = { loginId, loginPassword: wrong }
      const call = {
        input: { body },
        visitor: null,
        origin,
        now: start,
        deviceToken: null,
        reply: {},
      }
      await login(call as never)
      return performance.now() - began
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 15; round += 1) {
      known.push(await measure(tanaka.loginId))
      unknown.push(await measure('nobody98'))
    }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[7]!
    const ratio = median(unknown) / median(known)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })
})
