/**
 * 証明書署名要求 — PKCS#10 (RFC 2986), as a browser or Windows makes it.
 *
 * Two things of it count: the public key, and that its private half signed the request. Names and
 * wishes in it are not looked at: whose certificate it becomes is known from the password.
 */
import { fromBER } from 'asn1js'
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { CertificationRequest } from 'pkijs'
import { granted, refused, type Outcome } from '#kit/outcome.ts'

export interface RequestedKey {
  readonly publicKey: Uint8Array // SubjectPublicKeyInfo, in the one form that we write
  readonly hash: Uint8Array // SHA-256 of it
}

/** In the order in which they are checked. */
export type RequestRefusal = 'request-malformed' | 'key-not-taken'

const signatures = new Map([
  ['1.2.840.10045.4.3.2', 'sha256'], // ECDSA
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['1.2.840.113549.1.1.11', 'sha256'], // RSA PKCS#1 1.5
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
])

export function readSigningRequest(bytes: Uint8Array): Outcome<RequestedKey, RequestRefusal> {
  const request = parsed(bytes)
  if (request === null) return refused('request-malformed')
  const hash = signatures.get(request.signatureAlgorithm.algorithmId)
  const { valueHexView: signature, unusedBits } = request.signatureValue.valueBlock
  if (hash === undefined || unusedBits !== 0) return refused('request-malformed')

  const publicKey = keyOf(request.subjectPublicKeyInfo.toSchema().toBER())
  if (publicKey === null) return refused('request-malformed')
  if (!isTaken(publicKey)) return refused('key-not-taken')
  // By OpenSSL, as all that is verified here; the library would do it later, in a promise.
  if (!verify(hash, request.tbsView, publicKey, signature)) return refused('request-malformed')
  const own = publicKey.export({ type: 'spki', format: 'der' })
  return granted({ publicKey: own, hash: createHash('sha256').update(own).digest() })
}

/**
 * The library says by a throw that bytes are no request; the bytes are the customer's. It forgives
 * lengths that do not fit: whatever it would write otherwise is not taken.
 */
function parsed(bytes: Uint8Array): CertificationRequest | null {
  try {
    const { result } = fromBER(bytes)
    if (!Buffer.from(result.toBER()).equals(bytes)) return null
    return new CertificationRequest({ schema: result })
  } catch {
    return null
  }
}

/** OpenSSL says by a throw that bytes are no key; the bytes are the customer's. */
function keyOf(bytes: ArrayBuffer): KeyObject | null {
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
