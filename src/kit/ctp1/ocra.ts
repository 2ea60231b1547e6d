/**
 * OCRA (RFC 6287) — a code of 4 to 10 digits out of a question, by HMAC. The camera token uses one
 * suite of it; the others are here so that the RFC's own answers can be asked for.
 */
import { bytesOfHex, concat, uintBytes, utf8, type Bytes } from './bytes.ts'

/** `OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1-S064-T1M` */
const suiteForm =
  /^OCRA-1:HOTP-(SHA1|SHA256|SHA512)-([4-9]|10):(C-)?Q([ANH])(\d\d)(-PSHA(?:1|256|512))?(-S\d{3})?(-T(?:[1-9]|[1-5]\d)[SM]|-T(?:[0-9]|[1-3]\d|4[0-8])H)?$/

const hashes = { SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' } as const
const passwordLengths = { '-PSHA1': 20, '-PSHA256': 32, '-PSHA512': 64 } as const

interface Suite {
  readonly hash: (typeof hashes)[keyof typeof hashes]
  readonly digits: number
  readonly counted: boolean
  readonly question: 'A' | 'N' | 'H'
  readonly passwordLength: number // 0: none
  readonly sessionLength: number // 0: none
  readonly timed: boolean
}

/** What the suite asks for must be given, and nothing else. */
export interface OcraInput {
  readonly question: string // as its format says: alphanumeric, decimal or hexadecimal
  readonly counter?: bigint
  readonly passwordHash?: Bytes
  readonly session?: Bytes
  readonly timeSteps?: bigint // since 1970, in the suite's steps
}

/** @throws RangeError for a suite that RFC 6287 §6 does not know, or one without a code */
export function readSuite(suite: string): Suite {
  const found = suiteForm.exec(suite)
  if (found === null || Number(found[5]) < 4 || Number(found[5]) > 64) {
    throw new RangeError(`not a suite of OCRA: ${suite}`)
  }
  const [, hash, digits, counter, question, , password, session, time] = found
  return {
    hash: hashes[hash as keyof typeof hashes],
    digits: Number(digits),
    counted: counter !== undefined,
    question: question as Suite['question'],
    passwordLength: password ? passwordLengths[password as keyof typeof passwordLengths] : 0,
    sessionLength: session ? Number(session.slice(2)) : 0,
    timed: time !== undefined,
  }
}

export async function importOcraKey(suite: string, bytes: Bytes): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: readSuite(suite).hash }
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
}

/** @param key an HMAC key of the suite's hash */
export async function ocraCode(suite: string, key: CryptoKey, input: OcraInput): Promise<string> {
  const data = dataInput(suite, readSuite(suite), input)
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
  return truncated(mac, readSuite(suite).digits)
}

/** §5.1: the suite's name, 00, and then its parts, each of a fixed length. */
function dataInput(name: string, suite: Suite, input: OcraInput): Bytes {
  return concat(
    utf8(name),
    Uint8Array.of(0),
    suite.counted ? uintBytes(given(input.counter, 'counter'), 8) : Uint8Array.of(),
    questionBytes(suite.question, input.question),
    ofLength(input.passwordHash, suite.passwordLength, 'password hash'),
    ofLength(input.session, suite.sessionLength, 'session'),
    suite.timed ? uintBytes(given(input.timeSteps, 'time'), 8) : Uint8Array.of(),
  )
}

/** 128 bytes, filled with zeros on the right — also within the last byte (§5.1, appendix A). */
function questionBytes(format: Suite['question'], question: string): Bytes {
  const hex = {
    A: () => Array.from(utf8(question), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    N: () => BigInt(question).toString(16),
    H: () => question,
  }[format]()
  if (hex.length > 256) throw new RangeError('a question has at most 128 bytes')
  return bytesOfHex(hex.padEnd(256, '0'))
}

function ofLength(bytes: Bytes | undefined, length: number, name: string): Bytes {
  const part = bytes ?? Uint8Array.of()
  if (part.length !== length) throw new RangeError(`the ${name} has ${length} bytes in this suite`)
  return part
}

function given(value: bigint | undefined, name: string): bigint {
  if (value === undefined) throw new RangeError(`this suite asks for a ${name}`)
  return value
}

/** RFC 4226 §5.3: four bytes, at the place that the last half byte tells. */
function truncated(mac: Bytes, digits: number): string {
  const at = mac.at(-1)! & 0x0f
  const value = new DataView(mac.buffer).getUint32(at) & 0x7fff_ffff
  return (value % 10 ** digits).toString().padStart(digits, '0')
}
