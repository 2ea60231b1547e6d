/**
 * 署名 — how the libraries reach the vault: they ask a WebCrypto to sign, and get one that knows a
 * single key. Times are handed to them here as well, as the Date that they want.
 */
import { CryptoEngine, Time, TimeType, type ICryptoEngine } from 'pkijs'

/** Who signs: the name and key identifier that stand in what it signs, and the key in the vault. */
export interface Signer {
  readonly name: Uint8Array // Name, DER
  readonly keyId: Uint8Array
  sign(message: Uint8Array): Promise<Uint8Array> // 64 bytes, r‖s
}

/** Stands where the libraries want the key: ECDSA P-256 with SHA-256 throughout. */
export const keyInVault = {
  algorithm: { name: 'ECDSA', namedCurve: 'P-256' },
} as unknown as CryptoKey
export const hash = 'SHA-256'

type Sign = (how: unknown, key: unknown, message: ArrayBuffer | Uint8Array) => Promise<ArrayBuffer>

export function cryptoOf(signer: Pick<Signer, 'sign'>): Crypto {
  const sign: Sign = async (_how, _key, message) =>
    // A copy: the libraries look at the buffer behind the bytes.
    Uint8Array.from(await signer.sign(new Uint8Array(message))).buffer
  return { subtle: { sign } } as unknown as Crypto
}

export function engineOf(signer: Pick<Signer, 'sign'>): ICryptoEngine {
  return new CryptoEngine({ name: 'vault', crypto: cryptoOf(signer) }) as unknown as ICryptoEngine
}

/** To the second: RFC 5280 §4.1.2.5.2 forbids fractions. */
export function dateOf(at: Temporal.Instant): Date {
  return new Date(at.round({ smallestUnit: 'second', roundingMode: 'floor' }).epochMilliseconds)
}

/** Time of X.509: with two digits of the year until 2049 (RFC 5280 §4.1.2.5). */
export function timeOf(at: Temporal.Instant): Time {
  const value = dateOf(at)
  const isLate = value.getUTCFullYear() >= 2050
  return new Time({ type: isLate ? TimeType.GeneralizedTime : TimeType.UTCTime, value })
}
