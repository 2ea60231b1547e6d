/** 手順 4, over the counter, with a device in hand: the way of the guide, and every wrong turn. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { nakamura, sato, suzuki, takahashi, tanaka } from '../../test/cast.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import type { TestDevice } from '../../test/device.ts'
import type { Browser } from '../../test/identity.ts'
import { tokenWorld, type TokenWorld } from '../../test/tokens.ts'

const path = '/api/token-registration'
let db: TestDatabase
let world: TokenWorld
let devices = 3_104_800_000

beforeAll(async () => {
  db = await testDatabase()
  world = await tokenWorld(db)
})
afterAll(async () => {
  await world?.close()
  await db?.close()
})
beforeEach(async () => {
  await db.owner.query(`
    delete from token.challenge; delete from token.registration; delete from token.holding;
    delete from token.instance; delete from token.postponement; delete from token.tally`)
})

const newSerial = () => String((devices += 1))

async function begun(member = tanaka) {
  const browser = await world.atRegistration(member)
  const serial = newSerial()
  const device = await world.hardware(world.users.tanaka, serial)
  const started = await browser.call('POST', path, { serial, serialAgain: serial })
  return { browser, serial, device, started }
}

async function atEight() {
  const { browser, serial, device, started } = await begun()
  const authenticationCode = await device.readFirst(started.body.scan.qr)
  const second = await browser.call('POST', `${path}/authentication-code`, { authenticationCode })
  const transactionCode = await device.readSecond(second.body.scan.qr)
  return { browser, serial, device, transactionCode, second }
}

const other = (code: string) => String((Number(code[0]) + 1) % 10) + code.slice(1)
const nextOf = async (browser: Browser) => (await browser.call('GET', '/api/session')).body.next

describe('手順 4', () => {
  test('registers the token, cautions, and goes on to the notices and the top page', async () => {
    const { browser, serial, device, started } = await begun()
    expect(started.body).toMatchObject({ step: 'authentication-code', serial, shared: false })
    expect(started.body.scan.qr).toMatch(/^CTP1:[0-9A-Z $%*+\-./:]+$/)

    const authenticationCode = await device.readFirst(started.body.scan.qr)
    expect(device.screen()).toMatchObject({ kind: 'authentication-code', loginId: tanaka.loginId })
    const second = await browser.call('POST', `${path}/authentication-code`, { authenticationCode })
    expect(second.body).toMatchObject({ step: 'transaction-code', serial })

    const transactionCode = await device.readSecond(second.body.scan.qr)
    await device.activate()
    const done = await browser.call('POST', `${path}/completion`, {
      transactionCode,
      activated: true,
    })
    expect(done.status).toBe(204)
    expect(await nextOf(browser)).toBe('token-caution')
    expect((await browser.call('POST', `${path}/caution`)).status).toBe(204)
    expect(await nextOf(browser)).toBe('home')
  })

  test('tells the user and the master by mail, and records it', async () => {
    await db.owner.query('delete from notices.mail')
    const { browser, serial, device } = await begun()
    await world.register(browser, device, serial)
    const sent = await world.mails()
    expect(sent).toContain(`token-registered ${tanaka.mail}`)
    expect(sent).toContain(`token-registered ${sato.mail}`)
    expect((await world.history('token-registration')).at(-1)).toEqual({
      result: 'done',
      reason: null,
    })
  })

  test('is not shown to who holds no right that needs it', async () => {
    const { body } = await world.browser().loginAs(takahashi)
    expect(body.next).toBe('password-change')
    await db.owner.query(`update identity.credential set change_required = false`)
    expect((await world.browser().loginAs(takahashi)).body.next).toBe('home')
  })

  test('keeps its step over a reload and another login', async () => {
    const { browser, second } = await atEight()
    const again = await browser.call('GET', path)
    expect(again.body).toMatchObject({
      step: 'transaction-code',
      scan: { qr: second.body.scan.qr },
    })
    const elsewhere = await world.atRegistration(tanaka)
    expect((await elsewhere.call('GET', path)).body.step).toBe('transaction-code')
    expect((await elsewhere.call('DELETE', path)).body.step).toBe('serial')
  })

  test('can be put off for this login, as long as the bank allows it', async () => {
    const browser = await world.atRegistration(suzuki)
    expect((await browser.call('GET', path)).body.skippableUntil).toBe('2026-12-22T01:00:00Z')
    expect((await browser.call('POST', `${path}/postponement`)).status).toBe(204)
    expect(await nextOf(browser)).toBe('home')
    world.counter.clock.passes(1)
    await world.atRegistration(suzuki)
  })

  test('is refused before the passwords are changed: the order of the steps is kept', async () => {
    await db.owner.query(
      `update identity.credential set change_required = true
      where user_id = $1`,
      [world.users.suzuki.id],
    )
    const browser = world.browser()
    expect((await browser.loginAs(suzuki)).body.next).toBe('password-change')
    const { code } = await browser.call('POST', path, { serial: '1', serialAgain: '1' })
    expect(code).toBe('token-registration-not-due')
    await db.owner.query(`update identity.credential set change_required = false`)
  })
})

describe('a serial number is refused', () => {
  test.for([
    ['serial-malformed', '31048x', '31048x'],
    ['serial-malformed', '1234567890123', '1234567890123'],
    ['serials-differ', '3104800001', '3104800002'],
    ['serial-unknown', '777', '777'],
  ])('as %s: %s, %s', async ([wanted, serial, serialAgain]) => {
    const browser = await world.atRegistration(tanaka)
    const { status, code } = await browser.call('POST', path, { serial, serialAgain })
    expect([status, code]).toEqual([422, wanted])
    expect(await world.history('token-registration')).toContainEqual({
      result: 'refused',
      reason: wanted,
    })
  })

  test('of another company as one that nobody knows', async () => {
    const serial = newSerial()
    await world.hardware(world.users.nakamura, serial)
    const browser = await world.atRegistration(tanaka)
    const { code } = await browser.call('POST', path, { serial, serialAgain: serial })
    expect(code).toBe('serial-unknown')
    const owner = await world.atRegistration(nakamura)
    expect((await owner.call('POST', path, { serial, serialAgain: serial })).status).toBe(200)
  })

  test('of a discarded device, and of one that is registered already', async () => {
    const { browser, serial, device } = await begun()
    await world.register(browser, device, serial)
    const colleague = await world.atRegistration(suzuki)
    const typed = { serial, serialAgain: serial }
    expect((await colleague.call('POST', path, typed)).code).toBe('serial-registered')
    await db.owner.query(`update token.device set state = 'discarded' where serial = $1`, [serial])
    expect((await colleague.call('POST', path, typed)).code).toBe('serial-stopped')
  })

  test('but not for its spaces, hyphens, full width or zeros in front', async () => {
    const { browser, serial } = await begun()
    const typed = `00${serial.slice(0, 4)}-${serial.slice(4)}`
    const wide = typed.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
    const { status } = await browser.call('POST', path, { serial: typed, serialAgain: wide })
    expect(status).toBe(200)
  })
})

describe('トークン認証コード', () => {
  test('is refused with the tries left, and after three the 2D code is spent', async () => {
    const { browser, device, started } = await begun()
    const right = await device.readFirst(started.body.scan.qr)
    for (const left of ['2', '1', '0']) {
      const wrong = await browser.call('POST', `${path}/authentication-code`, {
        authenticationCode: other(right),
      })
      expect([wrong.code, wrong.body.facts]).toEqual([
        'authentication-code-wrong',
        { triesLeft: left },
      ])
    }
    const spent = await browser.call('POST', `${path}/authentication-code`, {
      authenticationCode: right,
    })
    expect(spent.code).toBe('scan-spent')
    expect((await browser.call('GET', path)).body.scan).toBeNull()
  })

  test('of five wrong ones a day closes the device until tomorrow', async () => {
    const { browser, serial, device, started } = await begun()
    const right = await device.readFirst(started.body.scan.qr)
    const send = (authenticationCode: string) =>
      browser.call('POST', `${path}/authentication-code`, { authenticationCode })
    for (let wrong = 0; wrong < 3; wrong += 1) await send(other(right))
    const typed = { serial, serialAgain: serial }
    const again = await browser.call('POST', path, typed)
    const rightAgain = await device.readFirst(again.body.scan.qr)
    for (let wrong = 0; wrong < 2; wrong += 1) await send(other(rightAgain))
    expect((await send(rightAgain)).code).toBe('too-many-authentication-codes')
  })

  test('says where eight digits come from', async () => {
    const { browser } = await begun()
    const send = (authenticationCode: string) =>
      browser.call('POST', `${path}/authentication-code`, { authenticationCode })
    expect((await send('12345678')).code).toBe('code-of-another-step')
    expect((await send('1234')).code).toBe('code-malformed')
    expect((await browser.call('GET', path)).body.scan).not.toBeNull()
  })

  test('is too late after ten minutes', async () => {
    const { browser, device, started } = await begun()
    const authenticationCode = await device.readFirst(started.body.scan.qr)
    world.counter.clock.passes(10 * 60 - 1)
    expect((await browser.call('GET', path)).body.scan).not.toBeNull()
    world.counter.clock.passes(1)
    const late = await browser.call('POST', `${path}/authentication-code`, { authenticationCode })
    expect([late.status, late.code]).toEqual([410, 'scan-expired'])
  })

  test('pressed twenty times at once is taken once', async () => {
    const { browser, device, started } = await begun()
    const authenticationCode = await device.readFirst(started.body.scan.qr)
    const press = () => browser.call('POST', `${path}/authentication-code`, { authenticationCode })
    const answers = await Promise.all(Array.from({ length: 20 }, press))
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    const { rows } = await db.owner.query(`select from token.instance where state = 'pending'`)
    expect(rows).toHaveLength(1)
  })
})

describe('「認証確認」', () => {
  let eight: { browser: Browser; serial: string; device: TestDevice; transactionCode: string }
  beforeEach(async () => {
    eight = await atEight()
  })
  const complete = (body: { transactionCode: string; activated: boolean }) =>
    eight.browser.call('POST', `${path}/completion`, body)

  test('needs the tick of 「登録完了」', async () => {
    const { transactionCode } = eight
    expect((await complete({ transactionCode, activated: false })).code).toBe('not-activated')
  })

  test('says where twelve digits come from', async () => {
    const twelve = { transactionCode: '123456789012', activated: true }
    expect((await complete(twelve)).code).toBe('code-of-another-step')
  })

  test('counts wrong codes, and after three asks for another 2D code', async () => {
    const { transactionCode } = eight
    const wrong = { transactionCode: other(transactionCode), activated: true }
    for (const left of ['2', '1', '0']) {
      expect((await complete(wrong)).body.facts).toEqual({ triesLeft: left })
    }
    expect((await complete({ transactionCode, activated: true })).code).toBe('scan-spent')
  })

  test('registers nothing on a device that was discarded after the code was counted', async () => {
    const { transactionCode, serial } = eight
    const open = world.vault.open.bind(world.vault)
    const opened = vi.spyOn(world.vault, 'open').mockImplementationOnce(async (...sealed) => {
      await db.owner.query(`update token.device set state = 'discarded' where serial = $1`, [
        serial,
      ])
      return open(...sealed)
    })
    const answer = await complete({ transactionCode, activated: true })
    opened.mockRestore()
    expect(answer.code).toBe('serial-stopped')
    expect((await db.owner.query('select from token.holding')).rows).toEqual([])
  })

  test('pressed ten times at once registers once', async () => {
    const { transactionCode } = eight
    const press = () => complete({ transactionCode, activated: true })
    const answers = await Promise.all(Array.from({ length: 10 }, press))
    expect(answers.some(({ status }) => status === 204)).toBe(true)
    const { rows } = await db.owner.query(`select from token.holding where ended_at is null`)
    expect(rows).toHaveLength(1)
    expect(await nextOf(eight.browser)).toBe('token-caution')
  })
})

describe('登録済みのトークンを使う', () => {
  test('goes straight to the eight digits, over a message that says who joins', async () => {
    const { browser, serial, device } = await begun()
    await world.register(browser, device, serial)
    const colleague = await world.atRegistration(suzuki)
    const { sharable } = (await colleague.call('GET', path)).body
    expect(sharable).toEqual([
      {
        tokenCode: expect.stringMatching(/^\d{13}$/),
        serialEnd: serial.slice(-4),
        users: tanaka.name,
      },
    ])

    const [{ tokenCode }] = sharable
    const shared = await colleague.call('POST', `${path}/shared`, { tokenCode })
    expect(shared.body).toMatchObject({ step: 'transaction-code', shared: true })
    const { shown, code } = await device.sign(shared.body.scan.qr)
    expect(shown['login-id']).toBe(suzuki.loginId)
    const done = { transactionCode: code, activated: false }
    expect((await colleague.call('POST', `${path}/completion`, done)).status).toBe(204)
    expect(await nextOf(colleague)).toBe('token-caution')
  })

  test('offers nothing of another company', async () => {
    const { browser, serial, device } = await begun()
    await world.register(browser, device, serial)
    const { rows } = await db.owner.query<{ handle: bigint }>('select handle from token.instance')
    const stranger = await world.atRegistration(nakamura)
    expect((await stranger.call('GET', path)).body.sharable).toEqual([])
    const tokenCode = String(rows[0]!.handle).padStart(13, '0')
    const tried = await stranger.call('POST', `${path}/shared`, { tokenCode })
    expect(tried.code).toBe('token-code-unknown')
  })
})
