/** DER: what is written is read again, and nothing else is read at all. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as der from './der.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const at = Temporal.Instant.from('2026-11-22T01:02:03.9Z')

test.each([
  ['0 in one byte', der.integer(0), '020100'],
  ['a high bit behind a zero', der.integer(128), '02020080'],
  ['bytes without their leading zeros', der.integer(bytes('0000ff')), '020200ff'],
  ['a whole number', der.integer(100_000), '02030186a0'],
  ['an object identifier', der.oid('1.2.840.113549.1.7.1'), '06092a864886f70d010701'],
  ['a set in the order of its bytes', der.setOf(bytes('0402ff'), bytes('0401')), '310504010402ff'],
  ['bits', der.bits(Uint8Array.of(0x06), 1), '03020106'],
  ['a context tag', der.context(0, der.nothing), 'a0020500'],
  ['an implicit one', der.context(6, Uint8Array.of(0x61), 'primitive'), '860161'],
  ['UTF-16', der.bmp('窓a'), '1e047a930061'],
  ['a moment', der.time(at), hex(Buffer.concat([bytes('180f'), Buffer.from('20261122010203Z')]))],
  [
    'X.509’s time',
    der.x509Time(at),
    hex(Buffer.concat([bytes('170d'), Buffer.from('261122010203Z')])),
  ],
])('writes %s', (_what, written, wanted) => {
  expect(hex(written)).toBe(wanted)
})

test('writes four digits of the year from 2050 on', () => {
  const [last, first] = ['2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z']
  expect(der.x509Time(Temporal.Instant.from(last))[0]).toBe(0x17)
  expect(der.x509Time(Temporal.Instant.from(first))[0]).toBe(0x18)
})

describe('reads', () => {
  test('what was written, of every length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const written = der.octets(new Uint8Array(length).fill(7))
      const part = der.readOnly(written)
      expect([part?.content.length, hex(part!.whole) === hex(written)]).toEqual([length, true])
    }
  })

  test('into the parts of a sequence', () => {
    const written = der.sequence(der.integer(5), der.context(1, der.utf8('a')))
    const [number, tagged] = der.inside(der.readOnly(written), 'sequence')
    expect(number!.content).toEqual(Uint8Array.of(5))
    expect(der.is(der.inside(tagged, 1)[0], 'utf8')).toBe(true)
    expect(der.inside(tagged, 2)).toEqual([])
    expect(der.inside(undefined, 'sequence')).toEqual([])
  })

  test.each([
    ['a length that is longer than the bytes', '0403aabb'],
    ['a length of unknown end', '3080020105000000'],
    ['a length in more bytes than it needs', '040101'.replace('01', '8101')],
    ['a length with leading zeros', `04820080${'00'.repeat(128)}`],
    ['a length of four bytes', '048400000001ff'],
    ['a tag of several bytes', '1f8101'],
    ['half a head', '04'],
    ['something behind the end', '0500ff'],
  ])('not %s', (_what, text) => {
    expect(der.readOnly(bytes(text))).toBeUndefined()
  })

  test('any bytes without a fault, and never beyond their end', () => {
    const any = fc.uint8Array({ maxLength: 64 })
    fc.assert(
      fc.property(any, (given) => {
        const parts = der.read(given)
        const length = parts?.reduce((sum, { whole }) => sum + whole.length, 0)
        return parts === null || length === given.length
      }),
    )
  })
})
