/** The bytes of a message: both sides of every boundary, and the order of the refusals. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase45 } from './base45.ts'
import { bytesOfHex, hexOf, sameCode, uintBytes, uintOf } from './bytes.ts'
import {
  headerBytes,
  messageInQr,
  readMessage,
  sequenceMax,
  tokenCodeOf,
  type Header,
} from './message.ts'
import { vectors } from './vectors.fixture.ts'

const iv = new Uint8Array(12).fill(0xa1)
const header: Header = {
  type: 'activation-one',
  bankCode: '0009',
  serial: '3104800123',
  software: true,
  pinWanted: false,
  sequence: 1,
  iv,
}
const written = (changes: object) => headerBytes({ ...header, ...changes } as Header)

const headers: fc.Arbitrary<Header> = fc
  .record({
    bankCode: fc.integer({ min: 0, max: 9999 }).map((code) => String(code).padStart(4, '0')),
    software: fc.boolean(),
    pinWanted: fc.boolean(),
    sequence: fc.integer({ min: 0, max: sequenceMax }),
    iv: fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Uint8Array.from(bytes)),
  })
  .chain((facts) =>
    fc.oneof(
      fc.record({
        type: fc.constantFrom('activation-one' as const, 'activation-two' as const),
        serial: fc.bigInt({ min: 0n, max: 999_999_999_999n }).map(String),
        ...constants(facts),
      }),
      fc.record({
        type: fc.constant('transaction' as const),
        instance: fc.bigInt({ min: 0n, max: 2n ** 40n - 1n }),
        ...constants(facts),
      }),
    ),
  )

function constants<Facts extends object>(facts: Facts) {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, fc.constant(value)]),
  ) as { [Name in keyof Facts]: fc.Arbitrary<Facts[Name]> }
}

describe('a header', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(headers, (header) => {
        const read = readMessage(Uint8Array.of(...headerBytes(header), ...new Uint8Array(16)))
        expect(read).toMatchObject({ granted: true, value: { header } })
      }),
    )
  })

  test('has 24 bytes, each at its place', () => {
    expect(hexOf(written({}))).toBe(`1101000900b90f7d7b000001${'a1'.repeat(12)}`)
    const changes = { type: 'transaction', instance: 2n ** 40n - 1n, pinWanted: true }
    expect(hexOf(written({ ...changes, software: false, sequence: sequenceMax }))).toBe(
      `13020009${'ff'.repeat(5)}ffffff${'a1'.repeat(12)}`,
    )
  })

  test.for([
    { bankCode: '999' },
    { bankCode: '99999' },
    { bankCode: '99 9' },
    { serial: '' },
    { serial: '1234567890123' },
    { serial: '12a' },
    { type: 'transaction', instance: 2n ** 40n },
    { type: 'transaction', instance: -1n },
    { sequence: sequenceMax + 1 },
    { sequence: -1 },
    { iv: new Uint8Array(11) },
  ])('is not written with %o', (changes) => {
    expect(() => written(changes)).toThrow(RangeError)
  })
})

describe('a message', () => {
  const with_ = (at: number, ...bytes: readonly number[]) => {
    const message = bytesOfHex(vectors.act1.message)
    message.set(bytes, at)
    return message
  }

  test.for([
    ['too-short', with_(0, 0x29, 0xff).slice(0, 39)],
    ['version-unknown', with_(0, 0x29, 0xff)],
    ['version-unknown', with_(0, 0x01)],
    ['type-unknown', with_(0, 0x14, 0xff)],
    ['type-unknown', with_(0, 0x10)],
    ['flags-unknown', with_(1, 0x04, 0xff)],
    ['flags-unknown', with_(1, 0x80)],
    ['bank-code-malformed', with_(2, 0x27, 0x10, 0xff)], // 10000
    ['serial-malformed', with_(4, 0xe8, 0xd4, 0xa5, 0x10, 0x00)], // 10^12
  ] as const)('is refused as %s', ([reason, bytes]) => {
    expect(readMessage(Uint8Array.from(bytes))).toEqual({ granted: false, reason })
  })

  test('is taken at the other side of each boundary', () => {
    expect(readMessage(with_(0, 0x11).slice(0, 40)).granted).toBe(true)
    expect(readMessage(with_(1, 0x03)).granted).toBe(true)
    expect(readMessage(with_(2, 0x27, 0x0f)).granted).toBe(true) // 9999
    expect(readMessage(with_(4, 0xe8, 0xd4, 0xa5, 0x0f, 0xff)).granted).toBe(true)
    expect(readMessage(with_(0, 0x13, 0, 0, 9, 0xff, 0xff, 0xff, 0xff, 0xff)).granted).toBe(true)
  })

  test.for([
    ['not-ctp1', 'https://bank.example/'],
    ['not-ctp1', 'ctp1:W629'],
    ['not-ctp1', ''],
    ['base45-malformed', 'CTP1:a'],
    ['base45-malformed', `${vectors.act1.qr} `.padEnd(vectors.act1.qr.length + 2)],
    ['too-short', 'CTP1:'],
    ['version-unknown', `CTP1:${encodeBase45(with_(0, 0x21))}`],
  ] as const)('is refused as %s in «%s»', ([reason, text]) => {
    expect(messageInQr(text)).toEqual({ granted: false, reason })
  })
})

describe('numbers', () => {
  test('of five bytes are read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 40n - 1n }), (value) => {
        expect(uintOf(uintBytes(value, 5))).toBe(value)
      }),
    )
  })

  test('a トークンコード has 13 digits', () => {
    expect(tokenCodeOf(0x0102030405n)).toBe('0004328719365')
    expect(tokenCodeOf(2n ** 40n - 1n)).toBe('1099511627775')
    expect(() => tokenCodeOf(2n ** 40n)).toThrow(RangeError)
  })

  test('codes are the same in every digit or not the same', () => {
    expect(sameCode('12345678', '12345678')).toBe(true)
    for (const other of ['12345679', '02345678', '1234567', '123456789', '']) {
      expect(sameCode('12345678', other)).toBe(false)
    }
  })
})
