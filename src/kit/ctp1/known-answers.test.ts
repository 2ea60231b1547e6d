/** CTP1 byte for byte: every known answer, from the bank's side and from the device's. */
import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  sealActivationOne,
  sealActivationTwo,
  takeAuthenticationCode,
  twelveDigits,
} from './activation.ts'
import { bankCode, loginId, newDrawer, pressRight, serial, transfer } from './bank.fixture.ts'
import { bytesOfHex, hexOf, utf8, type Bytes } from './bytes.ts'
import { createDevice, type Device } from './device.ts'
import { contentBytes } from './fields.ts'
import {
  activationOneKeys,
  activationTwoKey,
  importFactoryKey,
  instanceKeys,
  type Instance,
} from './keys.ts'
import { open, readMessage } from './message.ts'
import { sealTransaction, transactionCode } from './transaction.ts'
import { vectors } from './vectors.fixture.ts'

const factoryKey = await importFactoryKey(bytesOfHex(vectors.factoryKey))
const nonce = vectors.deviceNonce
const instance: Instance = {
  bankCode,
  serial,
  nonce,
  instance: BigInt(`0x${vectors.instance}`),
  seed: bytesOfHex(vectors.seed),
}
const facts = { bankCode, serial, software: false }
const ivOf = (message: string): Bytes => bytesOfHex(message).slice(12, 24)

describe('keys', () => {
  const data = utf8('data')

  test('of the device open what the known keys seal', async () => {
    const one = await activationOneKeys(factoryKey, serial, 'device')
    const two = await activationTwoKey(factoryKey, { serial, nonce }, 'device')
    const { enc } = await instanceKeys(factoryKey, instance, 'device')
    for (const [key, known] of [
      [one.enc, vectors.keys.act1Enc],
      [two, vectors.keys.act2Enc],
      [enc, vectors.keys.instEnc],
    ] as const) {
      const iv = new Uint8Array(12)
      const cipher = createCipheriv('aes-256-gcm', bytesOfHex(known), iv)
      const sealed = Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()])
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed)
      expect(hexOf(new Uint8Array(opened))).toBe(hexOf(data))
    }
  })

  test('for codes are the known ones, also in their length', async () => {
    const one = await activationOneKeys(factoryKey, serial, 'bank')
    const { mac } = await instanceKeys(factoryKey, instance, 'bank')
    for (const [key, known] of [
      [one.mac, vectors.keys.act1Mac],
      [mac, vectors.keys.instMac],
    ] as const) {
      const made = await crypto.subtle.sign('HMAC', key, data)
      const wanted = createHmac('sha256', bytesOfHex(known)).update(data).digest('hex')
      expect(hexOf(new Uint8Array(made))).toBe(wanted)
      expect(key.algorithm).toMatchObject({ length: 256 })
    }
  })
})

describe('at the bank', () => {
  test('ACT1 and its 12 digits', async () => {
    const { message, plaintext, qr, code12 } = vectors.act1
    const sealed = await sealActivationOne(
      factoryKey,
      { ...facts, sequence: 1, iv: ivOf(message) },
      loginId,
    )
    expect(hexOf(sealed.plaintext)).toBe(plaintext)
    expect(hexOf(sealed.message)).toBe(message)
    expect(sealed.qr).toBe(qr)
    const { digest } = sealed
    expect(await takeAuthenticationCode(factoryKey, { serial, digest }, code12)).toBe(nonce)
    const { mac } = await activationOneKeys(factoryKey, serial, 'bank')
    expect(await twelveDigits(mac, digest, nonce)).toBe(code12)
  })

  test('ACT2 and its 8 digits', async () => {
    const { message, plaintext, qr, code8 } = vectors.act2
    const sealed = await sealActivationTwo(
      factoryKey,
      { software: false, sequence: 2, iv: ivOf(message) },
      instance,
    )
    expect(hexOf(sealed.plaintext)).toBe(plaintext)
    expect(hexOf(sealed.message)).toBe(message)
    expect(sealed.qr).toBe(qr)
    const { mac } = await instanceKeys(factoryKey, instance, 'bank')
    expect(await transactionCode(mac, sealed.digest)).toBe(code8)
  })

  test('a transaction and its 8 digits', async () => {
    const { message, plaintext, qr, code8 } = vectors.tx
    expect(hexOf(contentBytes(transfer))).toBe(plaintext)
    const { enc, mac } = await instanceKeys(factoryKey, instance, 'bank')
    const sealed = await sealTransaction(
      enc,
      {
        bankCode,
        software: false,
        instance: instance.instance,
        sequence: 7,
        iv: ivOf(message),
      },
      transfer,
    )
    expect(hexOf(sealed.message)).toBe(message)
    expect(sealed.qr).toBe(qr)
    expect(await transactionCode(mac, sealed.digest)).toBe(code8)
  })
})

describe('at the device', () => {
  /** Its generator gives the known nonce, with the three bits above that are cut away. */
  async function knownDevice(): Promise<Device> {
    const random = () => Uint8Array.of((nonce >> 8) | 0xe0, nonce & 0xff)
    const device = createDevice({ store: await newDrawer(), now: () => 0, random })
    await device.hold('centre')
    await device.press('right')
    return device
  }

  test('all three messages get the known digits', async () => {
    const device = await knownDevice()
    await device.see(vectors.act1.qr)
    expect(device.screen).toEqual({
      kind: 'authentication-code',
      loginId,
      code12: vectors.act1.code12,
    })
    await pressRight(device, 3)
    await device.see(vectors.act2.qr)
    expect(device.screen).toMatchObject({ kind: 'registration-code', code8: vectors.act2.code8 })
    await pressRight(device, 4)
    await device.see(vectors.tx.qr)
    await pressRight(device, 2)
    expect(device.screen).toMatchObject({ kind: 'transaction-code', code8: vectors.tx.code8 })
  })

  test('each message is opened by its own key only', async () => {
    const one = await activationOneKeys(factoryKey, serial, 'device')
    const two = await activationTwoKey(factoryKey, { serial, nonce: nonce + 1 }, 'device')
    for (const text of [vectors.act2.message, vectors.tx.message]) {
      const read = readMessage(bytesOfHex(text))
      if (!read.granted) throw new Error(read.reason)
      expect(await open(one.enc, read.value)).toBeNull()
      expect(await open(two, read.value)).toBeNull()
    }
  })

  test('another implementation of the device agrees with the bank', async () => {
    // The digits are made here by node:crypto alone, from the bytes of the 2D code.
    const { mac } = await instanceKeys(factoryKey, instance, 'bank')
    const header = bytesOfHex(vectors.tx.message).subarray(0, 24)
    const question = createHash('sha256').update(header).update(bytesOfHex(vectors.tx.plaintext))
    const digest = question.digest()
    const input = Buffer.concat([
      Buffer.from('OCRA-1:HOTP-SHA256-8:QH64\0'),
      digest,
      Buffer.alloc(128 - digest.length),
    ])
    const hmac = createHmac('sha256', bytesOfHex(vectors.keys.instMac)).update(input).digest()
    const value = hmac.readUInt32BE(hmac.at(-1)! & 15) & 0x7fff_ffff
    const code = String(value % 100_000_000).padStart(8, '0')
    expect(await transactionCode(mac, Uint8Array.from(digest))).toBe(code)
  })
})
