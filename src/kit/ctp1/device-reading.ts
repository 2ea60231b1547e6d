/**
 * Reading at the device — what it makes of a 2D code before it shows anything. Every check stands
 * here, in the published order; nothing is believed before the bank's seal is found whole.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { hexOf, uintOf, type Bytes } from './bytes.ts'
import type { DeviceError, LastSeen, StoredDevice } from './device-screens.ts'
import { readContent, readFields, type ReceivedContent } from './fields.ts'
import { activationOneKeys, activationTwoKey } from './keys.ts'
import {
  digestOf,
  fingerprintOf,
  messageInQr,
  open,
  serialBytes,
  type Message,
  type QrRefusal,
} from './message.ts'

/** Nothing of the bank's: a camera sees many 2D codes, and the device waits on. */
export type NotOurs = 'not-ctp1'

interface Accepted {
  readonly digest: Bytes
  readonly seen: LastSeen
}
export type Reading =
  | (Accepted & { readonly type: 'activation-one'; readonly loginId: string })
  | (Accepted & { readonly type: 'activation-two'; readonly handle: bigint; readonly seed: Bytes })
  | (Accepted & { readonly type: 'transaction'; readonly content: ReceivedContent })

/**
 * In this order: form (E-VER, E-TYPE, E-AUTH), addressee (E-AUTH), turn (E-SEQ), seal (E-AUTH),
 * way of signing (E-TYPE), age (E-OLD), content (E-TAG).
 * @param nonce of the registration in progress, or null
 */
export async function readAtDevice(
  text: string,
  device: StoredDevice,
  nonce: number | null,
): Promise<Outcome<Reading, DeviceError | NotOurs>> {
  const read = messageInQr(text)
  if (!read.granted) return refused(formErrors[read.reason])
  const message = read.value

  if (!isAddressee(device, message)) return refused('E-AUTH')
  if (!isItsTurn(device, message, nonce)) return refused('E-SEQ')
  const plaintext = await open(await openingKey(device, message, nonce), message)
  if (plaintext === null) return refused('E-AUTH')
  if (message.header.pinWanted) return refused('E-TYPE') // three buttons take no PIN

  const seen = {
    sequence: message.header.sequence,
    fingerprint: await fingerprintOf(message.bytes),
  }
  if (isOld(seen, lastOf(device, message))) return refused('E-OLD')
  const digest = await digestOf(message.headerBytes, plaintext)
  const content = contentOf(message, plaintext)
  return content === null ? refused('E-TAG') : granted({ ...content, digest, seen })
}

/** A flag, a bank code or a letter that cannot be is as good as a flipped bit. */
const formErrors: Record<QrRefusal, DeviceError | NotOurs> = {
  'not-ctp1': 'not-ctp1',
  'base45-malformed': 'E-AUTH',
  'too-short': 'E-AUTH',
  'version-unknown': 'E-VER',
  'type-unknown': 'E-TYPE',
  'flags-unknown': 'E-AUTH',
  'bank-code-malformed': 'E-AUTH',
  'serial-malformed': 'E-AUTH',
}

/** A transaction of another instance — also of this device's former one — is E-AUTH too. */
function isAddressee(device: StoredDevice, { header }: Message): boolean {
  if (header.bankCode !== device.bankCode) return false
  if (header.type === 'transaction') {
    return device.instance === null || header.instance === device.instance.handle
  }
  return hexOf(serialBytes(header.serial)) === hexOf(serialBytes(device.serial))
}

function isItsTurn(device: StoredDevice, { header }: Message, nonce: number | null): boolean {
  if (header.type === 'activation-two') return nonce !== null
  return header.type === 'activation-one' || device.instance !== null
}

async function openingKey(
  { factoryKey, serial, instance }: StoredDevice,
  { header }: Message,
  nonce: number | null,
): Promise<CryptoKey> {
  if (header.type === 'activation-one') {
    return (await activationOneKeys(factoryKey, serial, 'device')).enc
  }
  if (header.type === 'activation-two' && nonce !== null) {
    return activationTwoKey(factoryKey, { serial, nonce }, 'device')
  }
  if (header.type === 'transaction' && instance !== null) return instance.enc
  throw new Error(`no key for ${header.type} out of turn`)
}

function lastOf(device: StoredDevice, { header }: Message): LastSeen | null {
  return header.type === 'transaction' ? (device.instance?.last ?? null) : device.lastActivation
}

/** The same bytes once more are no new message: they get the same code (A5). */
function isOld(seen: LastSeen, last: LastSeen | null): boolean {
  if (last === null || seen.sequence > last.sequence) return false
  return seen.sequence < last.sequence || seen.fingerprint !== last.fingerprint
}

type ContentOf<One> = One extends Reading ? Omit<One, keyof Accepted> : never

/** @returns null when the device could not show all of it */
function contentOf({ header: { type } }: Message, plaintext: Bytes): ContentOf<Reading> | null {
  if (type === 'activation-one') {
    const fields = readFields(plaintext)
    const only = fields.granted && fields.value.length === 1 ? fields.value[0]! : null
    return only?.tag === 'login-id' && 'value' in only ? { type, loginId: only.value } : null
  }
  if (type === 'activation-two') {
    if (plaintext.length !== 37) return null
    return { type, handle: uintOf(plaintext.subarray(0, 5)), seed: plaintext.slice(5) }
  }
  const content = readContent(plaintext)
  return content.granted ? { type, content: content.value } : null
}
