/** What the bank takes as the 12 digits, and what it seals. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  newInstance,
  sealActivationOne,
  takeAuthenticationCode,
  twelveDigits,
} from './activation.ts'
import { createBank, deviceOf, loginId, newDrawer, untilTwelveDigits } from './bank.fixture.ts'
import { bytesOfHex } from './bytes.ts'
import { activationOneMac, importFactoryKey, nonceMax } from './keys.ts'
import { vectors } from './vectors.fixture.ts'

const { serial } = vectors
const factoryKey = await importFactoryKey(bytesOfHex(vectors.factoryKey))
const mac = await activationOneMac(factoryKey, serial)
const digest = new Uint8Array(32).fill(7)
const shown = { serial, digest }

describe('the 12 digits', () => {
  test('bring back every nonce, the largest too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: nonceMax }), async (nonce) => {
        const code = await twelveDigits(mac, digest, nonce)
        expect(code).toMatch(/^\d{12}$/)
        expect(Number(code)).toBeLessThanOrEqual(549_755_813_887)
        expect(await takeAuthenticationCode(factoryKey, shown, code)).toBe(nonce)
      }),
      { examples: [[0], [nonceMax]] },
    )
  })

  test('are refused with any one digit changed', async () => {
    const code = await twelveDigits(mac, digest, 4321)
    for (let at = 0; at < 12; at += 1) {
      for (let more = 1; more < 10; more += 1) {
        const digit = (Number(code[at]) + more) % 10
        const wrong = code.slice(0, at) + digit + code.slice(at + 1)
        expect(await takeAuthenticationCode(factoryKey, shown, wrong)).toBeNull()
      }
    }
  })

  test('are refused for another message, serial or factory key', async () => {
    const code = await twelveDigits(mac, digest, 1)
    const other = new Uint8Array(32)
    const otherKey = await importFactoryKey(new Uint8Array(32))
    expect(await takeAuthenticationCode(factoryKey, { serial, digest: other }, code)).toBeNull()
    expect(await takeAuthenticationCode(factoryKey, { serial: '1', digest }, code)).toBeNull()
    expect(await takeAuthenticationCode(otherKey, shown, code)).toBeNull()
  })

  test.for([
    '',
    '12345678',
    '1234567890123',
    '12345678901a',
    '１２３４５６７８９０１２',
    '549755813888',
  ])('are not «%s»', async (code) =>
    expect(await takeAuthenticationCode(factoryKey, shown, code)).toBeNull(),
  )

  test('of a device are taken at the bank that asked', async () => {
    const bank = createBank()
    const code12 = await untilTwelveDigits(deviceOf(await newDrawer()), bank)
    await expect(bank.actTwo(code12)).resolves.toBeDefined()
  })
})

test('no two messages share an IV, no two instances a handle or a seed', async () => {
  const facts = { bankCode: '9999', serial, software: false, sequence: 1 }
  const one = await sealActivationOne(factoryKey, facts, loginId)
  const other = await sealActivationOne(factoryKey, facts, loginId)
  expect(one.header.iv).not.toEqual(other.header.iv)
  expect(newInstance()).not.toEqual(newInstance())
})

test('a login ID that the message cannot carry is our own mistake', async () => {
  const facts = { bankCode: '9999', serial, software: false, sequence: 1 }
  for (const impossible of ['', '田中', 'a'.repeat(256)]) {
    await expect(sealActivationOne(factoryKey, facts, impossible)).rejects.toThrow(RangeError)
  }
})
