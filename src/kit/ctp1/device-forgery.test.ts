/** What no device may show a code for: changed, old, foreign and unknown messages. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { sealActivationOne } from './activation.ts'
import {
  activated,
  bankCode,
  createBank,
  deviceOf,
  loginId,
  newDrawer,
  pressRight,
  serial,
  transfer,
  untilTwelveDigits,
  type Bank,
} from './bank.fixture.ts'
import { bytesOfHex, concat, type Bytes } from './bytes.ts'
import type { Device } from './device.ts'
import { contentBytes } from './fields.ts'
import { importFactoryKey, instanceEnc } from './keys.ts'
import { newIv, qrText, seal, type Sealed } from './message.ts'
import { vectors } from './vectors.fixture.ts'

/** Each message, and a device whose camera waits for exactly this one. */
interface Case {
  readonly name: string
  readonly device: Device
  readonly camera: 'camera' | 'camera-two'
  readonly sealed: Sealed
  readonly shown: 'authentication-code' | 'registration-code' | 'fields'
}

const cases: Case[] = []
const names = ['ACT1', 'ACT2', 'TX'] as const

beforeAll(async () => {
  const one = { bank: createBank(), device: deviceOf(await newDrawer()) }
  await one.device.hold('centre')
  await one.device.press('right')
  const two = { bank: createBank(), device: deviceOf(await newDrawer()) }
  const code12 = await untilTwelveDigits(two.device, two.bank)
  await pressRight(two.device, 3)
  const three = await ready()
  await three.device.see((await three.bank.transaction()).qr)
  await pressRight(three.device, 4)
  cases.push(
    {
      name: 'ACT1',
      device: one.device,
      camera: 'camera',
      sealed: await one.bank.actOne(),
      shown: 'authentication-code',
    },
    {
      name: 'ACT2',
      device: two.device,
      camera: 'camera-two',
      sealed: await two.bank.actTwo(code12),
      shown: 'registration-code',
    },
    {
      name: 'TX',
      device: three.device,
      camera: 'camera',
      sealed: await three.bank.transaction(),
      shown: 'fields',
    },
  )
})

async function ready(): Promise<{ bank: Bank; device: Device }> {
  const bank = createBank()
  const device = deviceOf(await newDrawer())
  await activated(device, bank)
  return { bank, device }
}

/** What the device says to a message; its camera is on again afterwards. */
async function answer(device: Device, qr: string): Promise<string> {
  await device.see(qr)
  const { screen } = device
  if (screen.kind !== 'message') return screen.kind
  await device.press('right')
  return screen.code
}

describe.for(names)('of %s', (name) => {
  const find = () => cases.find((one) => one.name === name)!

  test('no flipped bit yields a code', async () => {
    const { device, sealed, camera } = find()
    for (let bit = 0; bit < sealed.message.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed.message)
      flipped[bit >> 3]! ^= 0x80 >> (bit & 7)
      const said = await answer(device, qrText(flipped))
      // The first byte is version and type; a type may be another one that is out of turn.
      const wanted = bit < 4 ? ['E-VER'] : bit < 8 ? ['E-TYPE', 'E-SEQ', 'E-AUTH'] : ['E-AUTH']
      expect(wanted, `bit ${bit}`).toContain(said)
      expect(device.screen.kind).toBe(camera)
    }
  })

  test('no other bytes yield a code', async () => {
    const { device, sealed, camera } = find()
    const { message } = sealed
    const changed: fc.Arbitrary<Bytes> = fc.oneof(
      fc.integer({ min: 0, max: message.length - 1 }).map((length) => message.slice(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 4 }).map((more) => concat(message, more)),
      fc
        .tuple(
          fc.integer({ min: 0, max: message.length - 1 }),
          fc.uint8Array({ minLength: 1, maxLength: 8 }),
        )
        .map(([at, bytes]) => concat(message.slice(0, at), bytes, message.slice(at + bytes.length)))
        .filter((bytes) => qrText(bytes) !== sealed.qr),
      fc.uint8Array({ maxLength: 120 }).map((rest) => concat(message.slice(0, 1), rest)),
    )
    await fc.assert(
      fc.asyncProperty(changed, async (bytes) => {
        expect(await answer(device, qrText(bytes))).toMatch(/^E-(AUTH|VER|TYPE|SEQ)$/)
        expect(device.screen.kind).toBe(camera)
      }),
      { numRuns: 300 },
    )
  })

  test('no change of the text yields a code', async () => {
    const { device, sealed, camera } = find()
    const letter = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:a\n')
    const place = fc.integer({ min: 0, max: sealed.qr.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, letter, async (at, letter) => {
        const text = sealed.qr.slice(0, at) + letter + sealed.qr.slice(at + 1)
        if (text === sealed.qr) return
        await answer(device, text)
        expect(device.screen.kind).toBe(camera)
      }),
      { numRuns: 200 },
    )
  })

  test('the right message is still shown after all that', async () => {
    const { device, sealed, shown } = find()
    expect(await answer(device, sealed.qr)).toBe(shown)
  })
})

describe('a device complains of', () => {
  const factoryKey = bytesOfHex(vectors.factoryKey)

  test('a lower sequence, and of the same one with other bytes: E-OLD', async () => {
    const { bank, device } = await ready()
    const first = await bank.transaction()
    const second = await bank.transaction()
    expect(await answer(device, second.qr)).toBe('fields')
    await pressRight(device, 4)
    expect(await answer(device, first.qr)).toBe('E-OLD')
    bank.count.transaction = 1
    expect(await answer(device, (await bank.transaction()).qr)).toBe('E-OLD')
    expect(await answer(device, (await bank.transaction()).qr)).toBe('fields')
  })

  test('an old ACT1, also after the power was off: E-OLD', async () => {
    const bank = createBank()
    const drawer = await newDrawer()
    const old = await bank.actOne()
    await untilTwelveDigits(deviceOf(drawer), bank)
    const device = deviceOf(drawer)
    await device.hold('centre')
    await device.press('right')
    expect(await answer(device, old.qr)).toBe('E-OLD')
    bank.count.activation = 1
    expect(await answer(device, (await bank.actOne()).qr)).toBe('E-OLD')
  })

  test('ACT2 without ACT1, and a transaction before the registration: E-SEQ', async () => {
    const { bank } = await ready()
    const device = deviceOf(await newDrawer())
    await device.hold('centre')
    await device.press('right')
    expect(await answer(device, vectors.act2.qr)).toBe('E-SEQ')
    expect(await answer(device, (await bank.transaction()).qr)).toBe('E-SEQ')
    expect(device.screen).toEqual({ kind: 'camera' })
  })

  test('ACT2 for the nonce of another time: E-AUTH', async () => {
    const bank = createBank()
    const drawer = await newDrawer()
    const second = await bank.actTwo(await untilTwelveDigits(deviceOf(drawer), bank))
    const device = deviceOf(drawer)
    bank.count.activation = 5
    await untilTwelveDigits(device, bank)
    await pressRight(device, 3)
    expect(await answer(device, second.qr)).toBe('E-AUTH')
    expect(device.screen).toEqual({ kind: 'camera-two' }) // and still waits for the right one
  })

  test('messages for another device: E-AUTH', async () => {
    const { device } = await ready()
    const facts = { bankCode, serial, software: false, sequence: 99 }
    const key = await importFactoryKey(Uint8Array.from(factoryKey))
    const otherKey = await importFactoryKey(new Uint8Array(32))
    for (const foreign of [
      sealActivationOne(key, { ...facts, serial: '3104800124' }, loginId),
      sealActivationOne(key, { ...facts, bankCode: '9998' }, loginId),
      sealActivationOne(otherKey, facts, loginId),
    ]) {
      expect(await answer(device, (await foreign).qr)).toBe('E-AUTH')
    }
    const other = await ready()
    expect(await answer(device, (await other.bank.transaction()).qr)).toBe('E-AUTH')
  })

  test('versions, types and ways of signing that it does not have', async () => {
    const { bank, device } = await ready()
    const sealed = await bank.transaction()
    const changed = (first: number) => qrText(concat(Uint8Array.of(first), sealed.message.slice(1)))
    expect(await answer(device, changed(0x23))).toBe('E-VER')
    expect(await answer(device, changed(0x14))).toBe('E-TYPE')
    const enc = await instanceEnc(await importFactoryKey(factoryKey), bank.instance(), 'bank')
    const withPin = { ...sealed.header, pinWanted: true, iv: newIv() }
    const { qr } = await seal(enc, withPin, contentBytes(transfer))
    expect(await answer(device, qr)).toBe('E-TYPE')
  })

  test('a content that it cannot show whole: E-TAG', async () => {
    const { bank, device } = await ready()
    const { header, plaintext } = await bank.transaction()
    const key = await importFactoryKey(bytesOfHex(vectors.factoryKey))
    const enc = await instanceEnc(key, bank.instance(), 'bank')
    const sealedWith = async (...more: readonly number[]) => {
      const content = concat(plaintext, Uint8Array.from(more))
      return (await seal(enc, { ...header, iv: newIv() }, content)).qr
    }
    expect(await answer(device, await sealedWith(0x7f, 1, 0))).toBe('E-TAG')
    expect(await answer(device, await sealedWith(0x80, 2, 0))).toBe('E-TAG')
    expect(await answer(device, await sealedWith(0x80, 1, 0xab))).toBe('fields')
    await device.press('right')
    expect(device.screen).toMatchObject({
      page: 2,
      fields: [{ tag: 'account' }, { tag: 'date' }, { tag: 'reference' }, { tag: 0x80, hex: 'ab' }],
    })
  })

  test('nothing while it sees other 2D codes, or its camera is off', async () => {
    const { bank, device } = await ready()
    await device.see('https://bank.example/')
    expect(device.screen).toEqual({ kind: 'camera' })
    await device.press('left')
    await device.see((await bank.transaction()).qr)
    expect(device.screen).toEqual({ kind: 'ready' })
    await device.hold('centre')
    await device.see((await bank.transaction()).qr)
    expect(device.screen).toEqual({ kind: 'off' })
  })
})
