/** PKCS#10 as it comes from the world: good ones of every kind, and what is no request at all. */
import { BitString, Constructed, fromBER, Integer, ObjectIdentifier, Sequence } from 'asn1js'
import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readSigningRequest } from './signing-request.ts'
import { makeRequest, newKeyPair } from './web/pkcs12.ts'

const outcome = (bytes: Uint8Array) => {
  const read = readSigningRequest(bytes)
  return read.granted ? 'granted' : read.reason
}

/** A request over any key, signed with any other. */
function requestOf({
  publicKey,
  privateKey,
  algorithm = '1.2.840.10045.4.3.2',
  hash = 'sha256',
  version = 0,
}: {
  publicKey: KeyObject
  privateKey: KeyObject
  algorithm?: string
  hash?: string | null
  version?: number
}): Uint8Array {
  const spki = fromBER(publicKey.export({ type: 'spki', format: 'der' })).result
  const attributes = new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 } })
  const value = [new Integer({ value: version }), new Sequence(), spki, attributes]
  const info = new Sequence({ value })
  const signature = sign(hash, Buffer.from(info.toBER()), privateKey)
  const how = new Sequence({ value: [new ObjectIdentifier({ value: algorithm })] })
  const bits = new BitString({ valueHex: signature })
  return new Uint8Array(new Sequence({ value: [info, how, bits] }).toBER())
}
const rsa = { algorithm: '1.2.840.113549.1.1.11' }

describe('a request is taken', () => {
  test('as the page makes it', async () => {
    const pair = await newKeyPair()
    const read = readSigningRequest(await makeRequest(pair, 'tanaka01'))
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
    expect(read).toMatchObject({ granted: true })
    expect(read.granted && Buffer.from(read.value.publicKey).equals(spki)).toBe(true)
    expect(read.granted && read.value.hash).toHaveLength(32)
  })

  test.each([2_048, 3_072, 4_096])('with an RSA key of %i bits', (modulusLength) => {
    expect(outcome(requestOf({ ...generateKeyPairSync('rsa', { modulusLength }), ...rsa }))).toBe(
      'granted',
    )
  })

  test('whatever it calls itself, and with SHA-384', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const algorithm = '1.2.840.10045.4.3.3'
    expect(outcome(requestOf({ ...pair, algorithm, hash: 'sha384', version: 7 }))).toBe('granted')
  })
})

describe('a key is not taken', () => {
  test.each([
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }), {}],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), {}],
    ['RSA with 1,024 bits', generateKeyPairSync('rsa', { modulusLength: 1_024 }), rsa],
    ['RSA with 4,608 bits', generateKeyPairSync('rsa', { modulusLength: 4_608 }), rsa],
    [
      'RSA with exponent 3',
      generateKeyPairSync('rsa', { modulusLength: 2_048, publicExponent: 3 }),
      rsa,
    ],
    ['Ed25519', generateKeyPairSync('ed25519'), { hash: null }],
  ])('%s', (_what, pair, more) => {
    expect(outcome(requestOf({ ...pair, ...more }))).toBe('key-not-taken')
  })
})

describe('no request', () => {
  const mine = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let good: Uint8Array
  beforeAll(() => {
    good = requestOf(mine)
    expect(outcome(good)).toBe('granted')
  })

  test('is one over somebody else’s key', () => {
    const stolen = { publicKey: theirs.publicKey, privateKey: mine.privateKey }
    expect(outcome(requestOf(stolen))).toBe('request-malformed')
  })

  test('is one with another algorithm than its signature', () => {
    expect(outcome(requestOf({ ...mine, algorithm: '1.2.840.10045.4.3.4' }))).toBe(
      'request-malformed',
    )
    expect(outcome(requestOf({ ...mine, algorithm: '1.2.840.10045.4.1' }))).toBe(
      'request-malformed',
    )
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('-----BEGIN CERTIFICATE REQUEST-----')],
    ['a sequence of nothing', Uint8Array.of(0x30, 0)],
    ['a key', mine.publicKey.export({ type: 'spki', format: 'der' })],
    [
      'a private key',
      createPrivateKey(mine.privateKey.export({ type: 'pkcs8', format: 'pem' })).export({
        type: 'pkcs8',
        format: 'der',
      }),
    ],
  ])('is %s', (_what, bytes) => {
    expect(outcome(bytes)).toBe('request-malformed')
  })

  test('is one with something behind its end', () => {
    expect(outcome(Buffer.concat([good, Buffer.of(5, 0)]))).toBe('request-malformed')
  })

  test('is one whose length does not fit', () => {
    const shorter = Uint8Array.from(good)
    expect(shorter[1]).toBe(0x81) // one byte of length follows
    shorter[2]! -= 1
    expect(outcome(shorter)).toBe('request-malformed')
  })

  test('is one of which any bit was flipped', () => {
    const bit = fc.integer({ min: 0, max: good.length * 8 - 1 })
    fc.assert(
      fc.property(bit, (at) => {
        const forged = Uint8Array.from(good)
        forged[at >> 3]! ^= 1 << (at & 7)
        return outcome(forged) !== 'granted'
      }),
      { numRuns: 400 },
    )
  })
})
