/**
 * トランザクション認証, the bank's side (camera-token.md A4, A5): the content goes to the device under
 * the instance's key, and the 8 digits prove that this device showed exactly this content.
 */
import { hexOf, type Bytes } from './bytes.ts'
import { contentBytes, type Content } from './fields.ts'
import { newIv, seal, type Sealed } from './message.ts'
import { ocraCode } from './ocra.ts'

export interface TransactionFacts {
  readonly bankCode: string
  readonly instance: bigint
  readonly software: boolean
  readonly sequence: number // of the instance
  readonly iv?: Bytes // random, but for known answers
}

/** TX. @param enc of `instanceEnc`. @throws RangeError for a content that no device can show */
export function sealTransaction(
  enc: CryptoKey,
  { iv = newIv(), ...facts }: TransactionFacts,
  content: Content,
): Promise<Sealed> {
  const header = { type: 'transaction', pinWanted: false, iv, ...facts } as const
  return seal(enc, header, contentBytes(content))
}

const suite = 'OCRA-1:HOTP-SHA256-8:QH64'

/**
 * トランザクション認証番号: 8 digits for a transaction, and for ACT2 too.
 * @param mac of `instanceMac`
 * @param digest of the message (`Sealed.digest`), so of purpose, amount, payee, instance and IV
 */
export function transactionCode(mac: CryptoKey, digest: Bytes): Promise<string> {
  return ocraCode(suite, mac, { question: hexOf(digest) })
}
