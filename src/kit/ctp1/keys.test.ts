/** Keys: that nobody can take them out, and that a software token agrees on them with the bank. */
import { describe, expect, test } from 'vitest'
import {
  agreeFactoryKey,
  agreeFactoryKeyBytes,
  agreementKeyBytes,
  newAgreementPair,
  readAgreementKey,
} from './agreement.ts'
import { twelveDigits } from './activation.ts'
import { bytesOfHex } from './bytes.ts'
import {
  activationOneKeys,
  activationOneMac,
  activationTwoKey,
  importFactoryKey,
  instanceKeys,
  nonceBytes,
} from './keys.ts'
import { vectors } from './vectors.fixture.ts'

const { serial } = vectors
const factoryKey = await importFactoryKey(bytesOfHex(vectors.factoryKey))
const instance = { bankCode: '9999', serial, instance: 1n, nonce: 2, seed: new Uint8Array(32) }

describe('keys', () => {
  test('cannot be exported, and do one side’s part only', async () => {
    for (const side of ['bank', 'device'] as const) {
      const one = await activationOneKeys(factoryKey, serial, side)
      const two = await activationTwoKey(factoryKey, { serial, nonce: 1 }, side)
      const three = await instanceKeys(factoryKey, instance, side)
      for (const key of [factoryKey, one.enc, one.mac, two, three.enc, three.mac]) {
        expect(key.extractable).toBe(false)
      }
      for (const key of [one.enc, two, three.enc]) {
        expect(key.usages).toEqual([side === 'bank' ? 'encrypt' : 'decrypt'])
      }
      expect([one.mac.usages, three.mac.usages]).toEqual([['sign'], ['sign']])
    }
    expect(factoryKey.usages).toEqual(['deriveKey'])
  })

  test('are made of nothing that has another length', async () => {
    await expect(importFactoryKey(new Uint8Array(31))).rejects.toThrow(RangeError)
    await expect(importFactoryKey(new Uint8Array(33))).rejects.toThrow(RangeError)
    const short = { ...instance, seed: new Uint8Array(31) }
    await expect(instanceKeys(factoryKey, short, 'bank')).rejects.toThrow(RangeError)
    expect(() => nonceBytes(0x1fff)).not.toThrow()
    expect(() => nonceBytes(0x2000)).toThrow(RangeError)
  })
})

describe('the factory key of a software token', () => {
  test('is the same at the device and at the bank', async () => {
    const device = await newAgreementPair('device')
    const bank = await newAgreementPair('bank')
    const [ofDevice, ofBank] = [device, bank].map(({ publicKey }) => agreementKeyBytes(publicKey))
    const atDevice = await agreeFactoryKey(
      device.privateKey,
      (await readAgreementKey(await ofBank!))!,
    )
    const bytes = await agreeFactoryKeyBytes(
      bank.privateKey,
      (await readAgreementKey(await ofDevice!))!,
    )
    const atBank = await importFactoryKey(bytes)

    const codes = [atDevice, atBank].map(async (key) =>
      twelveDigits(await activationOneMac(key, serial), new Uint8Array(32), 1),
    )
    expect(await codes[0]).toBe(await codes[1])
    await expect(agreeFactoryKeyBytes(device.privateKey, bank.publicKey)).rejects.toThrow()
    expect([atDevice.extractable, device.privateKey.extractable]).toEqual([false, false])
  })

  test('is agreed on with points of the curve only', async () => {
    const good = await agreementKeyBytes((await newAgreementPair('bank')).publicKey)
    expect(await readAgreementKey(good)).not.toBeNull()
    const offTheCurve = Uint8Array.from(good)
    offTheCurve[64]! ^= 1
    expect(await readAgreementKey(offTheCurve)).toBeNull()
    expect(await readAgreementKey(good.slice(0, 64))).toBeNull()
    expect(await readAgreementKey(Uint8Array.of(2, ...good.slice(1, 33)))).toBeNull()
    expect(await readAgreementKey(new Uint8Array(65))).toBeNull()
  })
})
