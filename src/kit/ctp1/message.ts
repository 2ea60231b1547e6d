/**
 * Message — the bytes in the 2D code (camera-token.md A4): a header of 24 bytes, the ciphertext,
 * and the GCM tag that covers both. All numbers are big-endian.
 *
 *   0  1  version 1 in the high half, type in the low half
 *   1  1  flags: bit 0 software profile, bit 1 PIN wanted, the others 0
 *   2  2  bank code                         4  5  serial, or for a transaction the instance handle
 *   9  3  sequence                         12 12  IV, which is the challenge's id
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { concat, hexOf, uintBytes, uintOf, type Bytes } from './bytes.ts'

export const messageTypes = {
  'activation-one': 1, // ACT1, the first 2D code of 手順 4
  'activation-two': 2, // ACT2, the second
  transaction: 3, // TX
} as const
export type MessageType = keyof typeof messageTypes

interface Facts {
  readonly bankCode: string // 金融機関コード, 4 digits
  readonly software: boolean // written for a software token
  readonly pinWanted: boolean
  readonly sequence: number // uint24, counted per serial and per instance
  readonly iv: Bytes // 12 bytes, random
}

export interface ActivationHeader extends Facts {
  readonly type: 'activation-one' | 'activation-two'
  readonly serial: string // シリアル番号, up to 12 digits; read back without leading zeros
}

export interface TransactionHeader extends Facts {
  readonly type: 'transaction'
  readonly instance: bigint // the handle: uint40, random, without a meaning
}

export type Header = ActivationHeader | TransactionHeader

export interface Message {
  readonly header: Header
  readonly bytes: Bytes // all of them
  readonly headerBytes: Bytes // bytes 0–23, which are the AAD
  readonly sealed: Bytes // ciphertext and tag
}

const version = 1
const headerLength = 24
const tagLength = 16
export const sequenceMax = 0xff_ff_ff
const serialMax = 999_999_999_999n
const softwareFlag = 0b01
const pinFlag = 0b10

/** @throws RangeError for what does not fit: our own mistake, since nobody types these */
export function headerBytes(header: Header): Bytes {
  if (!/^\d{4}$/.test(header.bankCode)) throw new RangeError('a bank code has 4 digits')
  if (header.iv.length !== 12) throw new RangeError('an IV has 12 bytes')
  return concat(
    Uint8Array.of(
      (version << 4) | messageTypes[header.type],
      (header.software ? softwareFlag : 0) | (header.pinWanted ? pinFlag : 0),
    ),
    uintBytes(header.bankCode, 2),
    header.type === 'transaction' ? uintBytes(header.instance, 5) : serialBytes(header.serial),
    uintBytes(header.sequence, 3),
    header.iv,
  )
}

/** @throws RangeError for a serial that is not 1 to 12 digits */
export function serialBytes(serial: string): Bytes {
  if (!/^\d{1,12}$/.test(serial)) throw new RangeError('a serial has 1 to 12 digits')
  return uintBytes(serial, 5)
}

/** In the order of their checks. */
export type MessageRefusal =
  | 'too-short'
  | 'version-unknown'
  | 'type-unknown'
  | 'flags-unknown'
  | 'bank-code-malformed'
  | 'serial-malformed'

export function readMessage(bytes: Bytes): Outcome<Message, MessageRefusal> {
  if (bytes.length < headerLength + tagLength) return refused('too-short')
  if (bytes[0]! >> 4 !== version) return refused('version-unknown')
  const type = typeNumbered(bytes[0]! & 0x0f)
  if (type === null) return refused('type-unknown')
  const flags = bytes[1]!
  if ((flags & ~(softwareFlag | pinFlag)) !== 0) return refused('flags-unknown')
  const bankCode = uintOf(bytes.subarray(2, 4)).toString().padStart(4, '0')
  if (bankCode.length > 4) return refused('bank-code-malformed')
  const address = uintOf(bytes.subarray(4, 9))
  if (type !== 'transaction' && address > serialMax) return refused('serial-malformed')

  const facts = {
    bankCode,
    software: (flags & softwareFlag) !== 0,
    pinWanted: (flags & pinFlag) !== 0,
    sequence: Number(uintOf(bytes.subarray(9, 12))),
    iv: bytes.slice(12, headerLength),
  }
  return granted({
    header:
      type === 'transaction'
        ? { type, ...facts, instance: address }
        : { type, ...facts, serial: address.toString() },
    bytes,
    headerBytes: bytes.slice(0, headerLength),
    sealed: bytes.slice(headerLength),
  })
}

function typeNumbered(number: number): MessageType | null {
  const found = Object.entries(messageTypes).find(([, one]) => one === number)
  return found ? (found[0] as MessageType) : null
}

const prefix = 'CTP1:'

/** The text of the 2D code: capitals and digits only, so that it is stored alphanumerically. */
export function qrText(message: Bytes): string {
  return prefix + encodeBase45(message)
}

/** `not-ctp1`: any other 2D code that a camera happens to see. */
export type QrRefusal = 'not-ctp1' | 'base45-malformed' | MessageRefusal

export function messageInQr(text: string): Outcome<Message, QrRefusal> {
  if (!text.startsWith(prefix)) return refused('not-ctp1')
  const bytes = decodeBase45(text.slice(prefix.length))
  if (bytes === null) return refused('base45-malformed')
  return readMessage(bytes)
}

/** What every code is bound to: SHA-256 of the header and the plaintext. */
export async function digestOf(header: Bytes, plaintext: Bytes): Promise<Bytes> {
  return sha256(concat(header, plaintext))
}

/** Of the whole message, by which a device knows one that it has seen. */
export async function fingerprintOf(message: Bytes): Promise<string> {
  return hexOf(await sha256(message))
}

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

export interface Sealed {
  readonly header: Header
  readonly message: Bytes
  readonly qr: string
  readonly plaintext: Bytes
  readonly digest: Bytes // what the code is made of; kept with the challenge
}

/** @param key AES-256-GCM, for encryption */
export async function seal(key: CryptoKey, header: Header, plaintext: Bytes): Promise<Sealed> {
  const aad = headerBytes(header)
  const algorithm = { name: 'AES-GCM', iv: header.iv, additionalData: aad, tagLength: 128 }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plaintext))
  const message = concat(aad, sealed)
  const digest = await digestOf(aad, plaintext)
  return { header, message, qr: qrText(message), plaintext, digest }
}

/** @returns the plaintext, or null when a single bit is not as it was sealed, or the key another */
export async function open(key: CryptoKey, message: Message): Promise<Bytes | null> {
  const algorithm = {
    name: 'AES-GCM',
    iv: message.header.iv,
    additionalData: message.headerBytes,
    tagLength: 128,
  }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, message.sealed))
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'OperationError') return null
    throw fault // a key of the wrong kind is our own mistake
  }
}

/** 96 random bits: no two challenges share an IV, and nobody guesses an id (ASVS 6.7.2). */
export function newIv(): Bytes {
  return crypto.getRandomValues(new Uint8Array(12))
}

/** トークンコード: the handle in decimal, as Token info and the pull-down of 共用 show it. */
export function tokenCodeOf(instance: bigint): string {
  return uintOf(uintBytes(instance, 5)).toString().padStart(13, '0')
}
