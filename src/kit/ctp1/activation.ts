/**
 * トランザクション認証利用開始登録, the bank's side (camera-token.md A3–A6): the first 2D code tells the
 * device for whom, its 12 digits bring back the device's nonce, and the second 2D code brings the
 * instance and its seed.
 */
import { concat, sameCode, uintBytes, uintOf, utf8, type Bytes } from './bytes.ts'
import { fieldBytes } from './fields.ts'
import {
  activationOneKeys,
  activationOneMac,
  activationTwoKey,
  nonceBytes,
  nonceMax,
  type Instance,
} from './keys.ts'
import { newIv, seal, type Sealed } from './message.ts'

export interface ActivationFacts {
  readonly bankCode: string
  readonly serial: string
  readonly software: boolean
  readonly sequence: number // of the serial
  readonly iv?: Bytes // random, but for known answers
}

/** ACT1. @throws RangeError for a login ID that is not ASCII or kana, or too long */
export async function sealActivationOne(
  factoryKey: CryptoKey,
  { iv = newIv(), ...facts }: ActivationFacts,
  loginId: string,
): Promise<Sealed> {
  const { enc } = await activationOneKeys(factoryKey, facts.serial, 'bank')
  const header = { type: 'activation-one', pinWanted: false, iv, ...facts } as const
  return seal(enc, header, fieldBytes([{ tag: 'login-id', value: loginId }]))
}

/** ACT2. The handle and the seed are of `newInstance`, the nonce of `takeAuthenticationCode`. */
export async function sealActivationTwo(
  factoryKey: CryptoKey,
  { software, sequence, iv = newIv() }: Omit<ActivationFacts, 'bankCode' | 'serial'>,
  instance: Instance,
): Promise<Sealed> {
  const { bankCode, serial } = instance
  const key = await activationTwoKey(factoryKey, instance, 'bank')
  const header = {
    type: 'activation-two',
    pinWanted: false,
    bankCode,
    serial,
    software,
    sequence,
    iv,
  } as const
  return seal(key, header, concat(uintBytes(instance.instance, 5), instance.seed))
}

/** 40 random bits without a meaning, and 32 random bytes that only ever stand in a 2D code. */
export function newInstance(): { readonly instance: bigint; readonly seed: Bytes } {
  return {
    instance: uintOf(crypto.getRandomValues(new Uint8Array(5))),
    seed: crypto.getRandomValues(new Uint8Array(32)),
  }
}

const macBits = 2 ** 26

/**
 * Reads トークン認証コード.
 * @param digest of the ACT1 that was shown
 * @returns the device's nonce, or null for any other code than this serial's for this message
 */
export async function takeAuthenticationCode(
  factoryKey: CryptoKey,
  { serial, digest }: { readonly serial: string; readonly digest: Bytes },
  code: string,
): Promise<number | null> {
  if (!/^\d{12}$/.test(code)) return null
  const nonce = Math.floor(Number(code) / macBits)
  if (nonce > nonceMax) return null
  const expected = await twelveDigits(await activationOneMac(factoryKey, serial), digest, nonce)
  return sameCode(expected, code) ? nonce : null
}

/** トークン認証コード: 12 digits that carry the nonce and 26 bits of proof (A5). */
export async function twelveDigits(mac: CryptoKey, digest: Bytes, nonce: number): Promise<string> {
  const data = concat(utf8('CTP1-A1'), digest, nonceBytes(nonce))
  const proof = new Uint8Array(await crypto.subtle.sign('HMAC', mac, data))
  const first26 = Number(uintOf(proof.subarray(0, 4)) >> 6n)
  return (nonce * macBits + first26).toString().padStart(12, '0')
}
