/** The device walked through 手順 4 and a transaction, press by press (camera-token.md A6). */
import { describe, expect, test } from 'vitest'
import {
  activated,
  createBank,
  deviceOf,
  loginId,
  newDrawer,
  pressRight,
  serial,
  transfer,
  untilEightDigits,
  untilTwelveDigits,
} from './bank.fixture.ts'
import type { Screen } from './device-screens.ts'
import { tokenCodeOf } from './message.ts'

async function setUp() {
  const watch = { milliseconds: 5_000 }
  const drawer = await newDrawer()
  return { bank: createBank(), drawer, watch, device: deviceOf(drawer, watch) }
}

describe('the registration', () => {
  test('goes as the guide says', async () => {
    const { bank, drawer, device } = await setUp()
    expect(device.screen).toEqual({ kind: 'off' })
    await device.hold('centre')
    expect(device.screen).toEqual({ kind: 'dp002' })
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'camera' })

    await device.see((await bank.actOne()).qr)
    const { code12 } = device.screen as Extract<Screen, { kind: 'authentication-code' }>
    expect(device.screen).toEqual({ kind: 'authentication-code', loginId, code12 })
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'help', page: 1, pages: 2 })
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'help', page: 2, pages: 2 })
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'camera-two' })

    const second = await bank.actTwo(code12)
    await device.see(second.qr)
    const code8 = await bank.code(second)
    expect(device.screen).toEqual({ kind: 'registration-code', loginId, code8, secondsLeft: 90 })
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'confirm-registration', loginId, code8, secondsLeft: 90 })
    expect(drawer.kept?.instance).toBeNull()
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'activated' })
    expect(drawer.kept?.instance?.handle).toBe(bank.instance().instance)

    await device.press('right')
    expect(device.screen).toEqual({ kind: 'ready' })
  })

  test('stores keys that cannot be exported', async () => {
    const { bank, drawer, device } = await setUp()
    await activated(device, bank)
    const { factoryKey, instance } = drawer.kept!
    for (const key of [factoryKey, instance!.enc, instance!.mac]) {
      expect(key.extractable).toBe(false)
    }
    expect([instance!.enc.usages, instance!.mac.usages]).toEqual([['decrypt'], ['sign']])
  })

  test('goes back by the left button', async () => {
    const { bank, device } = await setUp()
    const code12 = await untilTwelveDigits(device, bank)
    const twelve = device.screen
    await pressRight(device, 3)
    await device.press('left')
    expect(device.screen).toMatchObject({ kind: 'help', page: 2 })
    await device.press('left')
    expect(device.screen).toMatchObject({ kind: 'help', page: 1 })
    await device.press('left')
    expect(device.screen).toEqual(twelve)
    await pressRight(device, 3)
    await device.see((await bank.actTwo(code12)).qr)
    await device.press('right')
    await device.press('left')
    expect(device.screen.kind).toBe('registration-code')
  })

  test('shows the same 12 digits for the same 2D code', async () => {
    const { bank, device } = await setUp()
    await device.hold('centre')
    await device.press('right')
    const { qr } = await bank.actOne()
    await device.see(qr)
    const first = device.screen
    await pressRight(device, 3)
    await device.see(qr)
    expect(device.screen).toEqual(first)
  })

  test('begun anew at the bank gets a new nonce', async () => {
    const { bank, device } = await setUp()
    await untilTwelveDigits(device, bank)
    await pressRight(device, 3)
    await device.see((await bank.actOne()).qr)
    const { code12 } = device.screen as Extract<Screen, { kind: 'authentication-code' }>
    await pressRight(device, 3)
    await device.see((await bank.actTwo(code12)).qr)
    expect(device.screen.kind).toBe('registration-code')
  })

  test('is taken up to the last of 90 seconds', async () => {
    const { bank, drawer, watch, device } = await setUp()
    await untilEightDigits(device, bank)
    watch.milliseconds += 89_000
    await device.tick()
    expect(device.screen).toMatchObject({ kind: 'registration-code', secondsLeft: 1 })
    await device.press('right')
    watch.milliseconds += 999
    await device.press('right')
    expect(device.screen.kind).toBe('activated')
    expect(drawer.kept?.instance).not.toBeNull()
  })

  test.for(['a tick', 'a press', 'the second press'])(
    'is cancelled after 90 seconds, which %s finds out',
    async (by) => {
      const { bank, drawer, watch, device } = await setUp()
      await untilEightDigits(device, bank)
      if (by === 'the second press') await device.press('right')
      watch.milliseconds += 90_000
      await (by === 'a tick' ? device.tick() : device.press('right'))
      expect(device.screen).toEqual({ kind: 'message', code: 'E012' })
      await device.press('right')
      expect(device.screen).toEqual({ kind: 'dp002' })
      expect(drawer.kept?.instance).toBeNull()
    },
  )

  test('is lost with the power', async () => {
    const { bank, drawer, device } = await setUp()
    await untilEightDigits(device, bank)
    await device.hold('centre')
    expect(device.screen).toEqual({ kind: 'off' })
    await device.hold('centre')
    expect(device.screen).toEqual({ kind: 'dp002' })
    expect(drawer.kept?.instance).toBeNull()
  })
})

describe('a registered device', () => {
  test('asks before it is registered anew, and stays what it was until that succeeds', async () => {
    const { bank, drawer, watch, device } = await setUp()
    await activated(device, bank)
    const former = bank.instance().instance
    const last = await bank.transaction()

    await device.see((await bank.actOne()).qr)
    expect(device.screen).toEqual({ kind: 'confirm-replacement', loginId })
    await device.press('left')
    expect(device.screen).toEqual({ kind: 'ready' })

    await device.hold('centre')
    await untilEightDigits(device, bank)
    watch.milliseconds += 90_000
    await device.tick()
    await device.press('right')
    expect(device.screen).toEqual({ kind: 'ready' })
    expect(drawer.kept?.instance?.handle).toBe(former)
    await device.press('right')
    await device.see(last.qr)
    expect(device.screen.kind).toBe('fields')

    await device.hold('centre')
    await activated(device, bank)
    expect(drawer.kept?.instance?.handle).toBe(bank.instance().instance)
    expect(drawer.kept?.instance?.handle).not.toBe(former)
    await device.see(last.qr)
    expect(device.screen).toEqual({ kind: 'message', code: 'E-AUTH' }) // of the former instance
  })

  test('tells serial and トークンコード in its menu, also from off', async () => {
    const { bank, device } = await setUp()
    await device.hold('left+centre')
    expect(device.screen).toEqual({ kind: 'menu' })
    await device.press('centre')
    const info = { kind: 'token-info', serial, bankCode: '9999', software: false }
    expect(device.screen).toEqual({ ...info, tokenCode: null })
    await device.hold('centre')

    await activated(device, bank)
    await device.hold('left+centre')
    expect(device.screen).toEqual({ kind: 'camera' }) // nothing under way is interrupted
    await device.press('left')
    await device.hold('left+centre')
    await device.press('right')
    expect(device.screen).toEqual({ ...info, tokenCode: tokenCodeOf(bank.instance().instance) })
    await device.press('left')
    expect(device.screen).toEqual({ kind: 'menu' })
    await device.press('left')
    expect(device.screen).toEqual({ kind: 'ready' })
  })

  test('forgets everything when it is wiped', async () => {
    const { bank, drawer, device } = await setUp()
    await activated(device, bank)
    await device.wipe()
    expect(device.screen).toEqual({ kind: 'off' })
    expect(drawer.kept).toBeNull()
    await device.hold('centre')
    expect(device.screen).toEqual({ kind: 'blank' })
  })
})

describe('a transaction', () => {
  test('is shown page by page, its code last', async () => {
    const { bank, device } = await setUp()
    await activated(device, bank)
    const sealed = await bank.transaction()
    await device.see(sealed.qr)
    const shown = (tags: readonly string[]) =>
      tags.map((tag) => transfer.fields.find((field) => field.tag === tag))
    const first = {
      kind: 'fields',
      template: 'transfer',
      fields: shown(['amount', 'payee', 'bank', 'branch']),
      page: 1,
      pages: 2,
    }
    expect(device.screen).toEqual(first)
    await device.press('centre')
    expect(device.screen).toEqual(first)
    await device.press('right')
    const second = { ...first, fields: shown(['account', 'date', 'reference']), page: 2 }
    expect(device.screen).toEqual(second)
    await device.press('left')
    expect(device.screen).toEqual(first)
    await pressRight(device, 2)
    const code8 = await bank.code(sealed)
    expect(device.screen).toEqual({ kind: 'transaction-code', template: 'transfer', code8 })
    await device.press('left')
    expect(device.screen).toEqual(second)
    await pressRight(device, 2)
    expect(device.screen).toEqual({ kind: 'ready' })
  })

  test('scanned again has the same code, also after the power was off', async () => {
    const { bank, drawer, device } = await setUp()
    await activated(device, bank)
    const sealed = await bank.transaction()
    const code8 = await bank.code(sealed)
    for (const again of [device, deviceOf(drawer), deviceOf(drawer)]) {
      if (again.screen.kind === 'off') {
        await again.hold('centre')
        await again.press('right')
      }
      await again.see(sealed.qr)
      await pressRight(again, 2)
      expect(again.screen).toMatchObject({ kind: 'transaction-code', code8 })
    }
  })

  test('is remembered before it is shown, and not shown when that fails', async () => {
    const { bank, drawer, device } = await setUp()
    await activated(device, bank)
    const sealed = await bank.transaction()
    const failing = deviceOf({ ...drawer, load: drawer.load, save: () => Promise.reject(Error()) })
    await failing.hold('centre')
    await failing.press('right')
    await expect(failing.see(sealed.qr)).rejects.toThrow()
    expect(failing.screen).toEqual({ kind: 'camera' })
    await failing.press('left')
    expect(failing.screen).toEqual({ kind: 'ready' }) // it still takes the next action

    expect(drawer.kept?.instance?.last).toBeNull()
    await device.see(sealed.qr)
    expect(drawer.kept?.instance?.last?.sequence).toBe(1)
  })

  test('needs no device that knows its newest fields, but one that shows them', async () => {
    const { bank, device } = await setUp()
    await activated(device, bank)
    await device.see((await bank.transaction({ ...transfer, template: 'densai' })).qr)
    expect(device.screen).toMatchObject({ kind: 'fields', template: 'densai' })
  })
})

test('a screen stays the same object until it changes, and tells when it does', async () => {
  const { bank, device, watch } = await setUp()
  await untilEightDigits(device, bank)
  const { screen } = device
  let told = 0
  const end = device.subscribe(() => (told += 1))
  watch.milliseconds += 999
  await device.tick()
  expect([device.screen === screen, told]).toEqual([true, 0])
  watch.milliseconds += 1
  await device.tick()
  expect(device.screen).toMatchObject({ secondsLeft: 89 })
  expect(told).toBe(1)
  end()
  await device.hold('centre')
  expect(told).toBe(1)
})

test('frames that a camera reads at once are taken one after the other', async () => {
  const { bank, device } = await setUp()
  await activated(device, bank)
  const sealed = await bank.transaction()
  await Promise.all([
    device.see(sealed.qr),
    device.see(sealed.qr),
    device.press('right'),
    device.see(sealed.qr),
    device.press('right'),
  ])
  expect(device.screen).toMatchObject({ kind: 'transaction-code', code8: await bank.code(sealed) })
})
