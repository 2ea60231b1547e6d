/**
 * The factory key of a software token (camera-token.md A9) — nobody burns it in: device and bank
 * agree on it by ECDH on P-256. The device never holds its bytes; the bank seals them.
 */
import type { Bytes } from './bytes.ts'
import type { Side } from './keys.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** Its private key cannot be exported; the device's gives no bytes either, only a key. */
export async function newAgreementPair(side: Side): Promise<{
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}> {
  return crypto.subtle.generateKey(curve, false, [side === 'bank' ? 'deriveBits' : 'deriveKey'])
}

/** 65 bytes, uncompressed. */
export async function agreementKeyBytes(publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
}

/** @returns null for what is not a point of the curve, uncompressed */
export async function readAgreementKey(bytes: Bytes): Promise<CryptoKey | null> {
  if (bytes.length !== 65 || bytes[0] !== 4) return null
  try {
    return await crypto.subtle.importKey('raw', bytes, curve, true, [])
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'DataError') return null
    throw fault
  }
}

/** On the device: an HKDF key whose bytes never reach the program. */
export function agreeFactoryKey(privateKey: CryptoKey, publicKey: CryptoKey): Promise<CryptoKey> {
  const algorithm = { name: 'ECDH', public: publicKey }
  return crypto.subtle.deriveKey(algorithm, privateKey, { name: 'HKDF' }, false, ['deriveKey'])
}

/** At the bank: the same 32 bytes, to be sealed in the key vault and then overwritten. */
export async function agreeFactoryKeyBytes(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
): Promise<Bytes> {
  const algorithm = { name: 'ECDH', public: publicKey }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, 256))
}
