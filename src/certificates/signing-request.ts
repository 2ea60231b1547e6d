/**
 * 証明書署名要求 — PKCS#10 (RFC 2986), as a browser or Windows makes it.
 *
 * Two things of it count: the public key, and that its private half signed the request. Names and
 * wishes in it are not looked at: whose certificate it becomes is known from the password.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import * as der from '#kit/der.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'

export interface RequestedKey {
  readonly publicKey: Uint8Array // SubjectPublicKeyInfo, in the one form that we write
  readonly hash: Uint8Array // SHA-256 of it
}

/** In the order in which they are checked. */
export type RequestRefusal = 'request-malformed' | 'key-not-taken'

const signatures: readonly (readonly [oid: string, hash: string])[] = [
  ['1.2.840.10045.4.3.2', 'sha256'], // ECDSA
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['1.2.840.113549.1.1.11', 'sha256'], // RSA PKCS#1 1.5
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
]

export function readSigningRequest(bytes: Uint8Array): Outcome<RequestedKey, RequestRefusal> {
  const [info, algorithm, signature, ...more] = der.inside(der.readOnly(bytes), 'sequence')
  const [version, subject, key] = der.inside(info, 'sequence')
  const [signedBy] = der.inside(algorithm, 'sequence')
  if (info === undefined || signedBy === undefined || more.length > 0) {
    return refused('request-malformed')
  }
  if (!der.is(version, 'integer') || !der.is(subject, 'sequence') || !der.is(key, 'sequence')) {
    return refused('request-malformed')
  }
  if (!der.is(signature, 'bits') || signature.content[0] !== 0) return refused('request-malformed')
  const hash = signatures.find(([oid]) => der.same(signedBy.whole, der.oid(oid)))?.[1]
  if (hash === undefined) return refused('request-malformed')

  const publicKey = keyOf(key.whole)
  if (publicKey === null) return refused('request-malformed')
  if (!isTaken(publicKey)) return refused('key-not-taken')
  if (!verify(hash, info.whole, publicKey, signature.content.subarray(1))) {
    return refused('request-malformed')
  }
  const own = publicKey.export({ type: 'spki', format: 'der' })
  return granted({ publicKey: own, hash: createHash('sha256').update(own).digest() })
}

/** OpenSSL says by a throw that bytes are no key; the bytes are the customer's. */
function keyOf(bytes: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(bytes), type: 'spki', format: 'der' })
  } catch {
    return null
  }
}

/** P-256, or RSA with 2048 to 4096 bits and the usual exponent. */
function isTaken({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  const { namedCurve, modulusLength = 0, publicExponent } = asymmetricKeyDetails ?? {}
  if (asymmetricKeyType === 'ec') return namedCurve === 'prime256v1'
  const isOfLength = modulusLength >= 2_048 && modulusLength <= 4_096
  return asymmetricKeyType === 'rsa' && isOfLength && publicExponent === 65_537n
}
