/** Base45: the examples of RFC 9285, and everything that has no meaning. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { utf8 } from './bytes.ts'

describe('base45', () => {
  test.for([
    ['AB', 'BB8'], // §4.3
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'], // §4.4
    ['', ''],
  ] as const)('writes and reads «%s» as RFC 9285 does', ([plain, text]) => {
    expect(encodeBase45(utf8(plain))).toBe(text)
    expect(decodeBase45(text)).toEqual(utf8(plain))
  })

  test.for([
    ['FGW', 'GGW'], // FFFF and 10000, §6
    ['U5', 'V5'], // FF and 100
  ] as const)('reads %s, the largest, and refuses the next', ([largest, next]) => {
    expect(encodeBase45(decodeBase45(largest)!)).toBe(largest)
    expect(decodeBase45(next)).toBeNull()
  })

  test.for([':::', '::', 'A', 'BB8A', 'bb8', 'BB８', 'BB_', 'BB8\n', '==', 'BB8 BB8', '😀A'])(
    'refuses «%s»',
    (text) => expect(decodeBase45(text)).toBeNull(),
  )

  test('reads back all that it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(Uint8Array.from(bytes))
      }),
    )
  })

  test('gives every text one meaning or none', () => {
    const letter = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:')
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 12 }), (letters) => {
        const bytes = decodeBase45(letters.join(''))
        if (bytes !== null) expect(encodeBase45(bytes)).toBe(letters.join(''))
      }),
    )
  })
})
