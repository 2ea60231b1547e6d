/**
 * Keys (camera-token.md A3) — every key is one HKDF-SHA256 from the factory key, never a chain, so
 * that key bytes never reach the program: all keys are CryptoKeys that cannot be exported.
 *
 *   Kf ── act1 enc, act1 mac   of the serial             the first 2D code and its 12 digits
 *      ├─ act2 enc             of the serial and nonce   only the device that made the nonce opens it
 *      └─ inst enc, inst mac   salted with the seed      transactions and their 8 digits
 */
import { concat, uintBytes, utf8, type Bytes } from './bytes.ts'
import { serialBytes } from './message.ts'

/** The bank writes what the device reads, and neither can do the other's part. */
export type Side = 'bank' | 'device'

/** @param bytes 32 bytes; the caller overwrites them afterwards */
export async function importFactoryKey(bytes: Bytes): Promise<CryptoKey> {
  if (bytes.length !== 32) throw new RangeError('a factory key has 32 bytes')
  return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
}

export interface KeyPair {
  readonly enc: CryptoKey // AES-256-GCM
  readonly mac: CryptoKey // HMAC-SHA256
}

export async function activationOneKeys(
  factoryKey: CryptoKey,
  serial: string,
  side: Side,
): Promise<KeyPair> {
  const enc = await encKey(factoryKey, { info: info('CTP1 act1 enc', serialBytes(serial)) }, side)
  return { enc, mac: await activationOneMac(factoryKey, serial) }
}

export function activationOneMac(factoryKey: CryptoKey, serial: string): Promise<CryptoKey> {
  return macKey(factoryKey, { info: info('CTP1 act1 mac', serialBytes(serial)) })
}

export function activationTwoKey(
  factoryKey: CryptoKey,
  { serial, nonce }: { readonly serial: string; readonly nonce: number },
  side: Side,
): Promise<CryptoKey> {
  const context = [serialBytes(serial), nonceBytes(nonce)]
  return encKey(factoryKey, { info: info('CTP1 act2 enc', ...context) }, side)
}

/** An instance: one registration of one device. */
export interface Instance {
  readonly bankCode: string
  readonly serial: string
  readonly instance: bigint // handle
  readonly nonce: number // of the device, 13 bits
  readonly seed: Bytes // 32 bytes, of the bank
}

export async function instanceKeys(
  factoryKey: CryptoKey,
  instance: Instance,
  side: Side,
): Promise<KeyPair> {
  return {
    enc: await instanceEnc(factoryKey, instance, side),
    mac: await instanceMac(factoryKey, instance),
  }
}

export function instanceEnc(
  factoryKey: CryptoKey,
  instance: Instance,
  side: Side,
): Promise<CryptoKey> {
  const context = instanceContext(instance)
  return encKey(factoryKey, { salt: instance.seed, info: info('CTP1 inst enc', context) }, side)
}

export function instanceMac(factoryKey: CryptoKey, instance: Instance): Promise<CryptoKey> {
  const context = instanceContext(instance)
  return macKey(factoryKey, { salt: instance.seed, info: info('CTP1 inst mac', context) })
}

function instanceContext({ bankCode, serial, instance, nonce, seed }: Instance): Bytes {
  if (seed.length !== 32) throw new RangeError('a seed has 32 bytes')
  return concat(
    uintBytes(bankCode, 2),
    serialBytes(serial),
    uintBytes(instance, 5),
    nonceBytes(nonce),
  )
}

/** 13 random bits of the device, so that its 12 digits can carry them. */
export const nonceMax = 0x1fff

/** @throws RangeError for more than 13 bits */
export function nonceBytes(nonce: number): Bytes {
  if (nonce > nonceMax) throw new RangeError('a nonce has 13 bits')
  return uintBytes(nonce, 2)
}

function info(label: string, ...context: readonly Uint8Array[]): Bytes {
  return concat(utf8(label), Uint8Array.of(0), ...context)
}

interface Derivation {
  readonly salt?: Bytes
  readonly info: Bytes
}

function hkdf({ salt = new Uint8Array(0), info }: Derivation) {
  return { name: 'HKDF', hash: 'SHA-256', salt, info }
}

function encKey(factoryKey: CryptoKey, from: Derivation, side: Side): Promise<CryptoKey> {
  const algorithm = { name: 'AES-GCM', length: 256 }
  const usage = side === 'bank' ? 'encrypt' : 'decrypt'
  return crypto.subtle.deriveKey(hkdf(from), factoryKey, algorithm, false, [usage])
}

/** The length is given: without it WebCrypto would make an HMAC key of 512 bits. */
function macKey(factoryKey: CryptoKey, from: Derivation): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  return crypto.subtle.deriveKey(hkdf(from), factoryKey, algorithm, false, ['sign'])
}
