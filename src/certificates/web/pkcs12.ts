/**
 * 電子証明書ファイル — what is made where the private key is born: the request (PKCS#10, RFC 2986)
 * and the .p12 that operating systems and browsers import (RFC 7292).
 *
 * WebCrypto and nothing else, so that the page carries no library for it; the server's tests and
 * the demo use the same file. Secured with PBES2 (AES-256-CBC, PBKDF2-SHA256) and HMAC-SHA256.
 */
import {
  bits,
  bmp,
  context,
  integer,
  joined,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  utf16,
  utf8,
  type Der,
} from '#kit/der.ts'

export interface KeyPair {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

export interface Pkcs12 {
  readonly privateKey: CryptoKey // extractable
  readonly certificate: Uint8Array // DER
  /** The authority's certificates, issuing CA first. */
  readonly chain: readonly Uint8Array[]
  /** What the browser's list shows: the login ID. */
  readonly name: string
  /** Printable ASCII: outside of it Windows, macOS and OpenSSL spell passwords differently. */
  readonly password: string
  /** Rounds of PBKDF2 and of the integrity check; a password that everybody knows needs few. */
  readonly rounds?: number
}

const defaultRounds = 100_000

/** A new key for a certificate. Extractable, for it leaves the page in the .p12. */
export async function newKeyPair(): Promise<KeyPair> {
  const P256 = { name: 'ECDSA', namedCurve: 'P-256' }
  return crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
}

/** The request for a certificate. Its name is for the reader; the bank believes only the key. */
export async function makeRequest({ privateKey, publicKey }: KeyPair, name: string): Promise<Der> {
  const subject = sequence(setOf(sequence(oid('2.5.4.3'), utf8(name)))) // CN
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const info = sequence(integer(0), subject, spki, context(0, new Uint8Array()))
  return sequence(info, ...(await signatureOf(privateKey, info)))
}

/** @returns algorithm and BIT STRING */
async function signatureOf(key: CryptoKey, message: Der): Promise<readonly [Der, Der]> {
  if (key.algorithm.name !== 'ECDSA') {
    const signature = await crypto.subtle.sign(key.algorithm.name, key, message)
    const rsaWithSha256 = sequence(oid('1.2.840.113549.1.1.11'), nothing)
    return [rsaWithSha256, bits(new Uint8Array(signature))]
  }
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const both = new Uint8Array(await crypto.subtle.sign(how, key, message))
  const half = both.length / 2
  const pair = sequence(integer(both.subarray(0, half)), integer(both.subarray(half)))
  return [sequence(oid('1.2.840.10045.4.3.2')), bits(pair)]
}

const data = '1.2.840.113549.1.7.1'
const encryptedData = '1.2.840.113549.1.7.6'
const keyBag = '1.2.840.113549.1.12.10.1.2' // pkcs8ShroudedKeyBag
const certificateBag = '1.2.840.113549.1.12.10.1.3'

/** @throws TypeError for a password that is empty or not printable ASCII */
export async function buildPkcs12(given: Pkcs12): Promise<Der> {
  const { privateKey, certificate, chain, name, password, rounds = defaultRounds } = given
  if (!/^[ -~]+$/.test(password)) throw new TypeError('the password is not printable ASCII')
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey))
  const id = await sha256(Uint8Array.from(certificate))
  const attributes = setOf(
    sequence(oid('1.2.840.113549.1.9.20'), setOf(bmp(name))), // friendlyName
    sequence(oid('1.2.840.113549.1.9.21'), setOf(octets(id.subarray(0, 20)))), // localKeyId
  )

  const sealedKey = sequence(...(await sealed(pkcs8, password, rounds)).map(asOctets))
  const keys = sequence(sequence(oid(keyBag), context(0, sealedKey), attributes))
  const certificates = sequence(
    bagOf(certificate, attributes),
    ...chain.map((link) => bagOf(link, null)),
  )
  const [how, bytes] = await sealed(certificates, password, rounds)
  const content = sequence(oid(data), how, context(0, bytes, 'primitive'))
  const contents = sequence(
    sequence(oid(encryptedData), context(0, sequence(integer(0), content))),
    sequence(oid(data), context(0, octets(keys))),
  )
  return sequence(
    integer(3),
    sequence(oid(data), context(0, octets(contents))),
    await integrityOf(contents, password, rounds),
  )
}

function asOctets(part: Der, at: number): Der {
  return at === 0 ? part : octets(part)
}

function bagOf(certificate: Uint8Array, attributes: Der | null): Der {
  const x509 = sequence(oid('1.2.840.113549.1.9.22.1'), context(0, octets(certificate)))
  return sequence(oid(certificateBag), context(0, x509), ...(attributes ? [attributes] : []))
}

/** PBES2. @returns the algorithm with its parameters, and the encrypted bytes */
async function sealed(plain: Der, password: string, rounds: number): Promise<readonly [Der, Der]> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(16))
  const secret = new TextEncoder().encode(password)
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-CBC', length: 256 },
    false,
    ['encrypt'],
  )
  const bytes = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, plain)
  const hmacWithSha256 = sequence(oid('1.2.840.113549.2.9'), nothing)
  const derivation = sequence(octets(salt), integer(rounds), hmacWithSha256)
  const algorithm = sequence(
    oid('1.2.840.113549.1.5.13'),
    sequence(
      sequence(oid('1.2.840.113549.1.5.12'), derivation),
      sequence(oid('2.16.840.1.101.3.4.1.42'), octets(iv)), // aes256-CBC
    ),
  )
  return [algorithm, new Uint8Array(bytes)]
}

/** MacData: HMAC-SHA256 over everything, under a key of RFC 7292 appendix B. */
async function integrityOf(contents: Der, password: string, rounds: number): Promise<Der> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const raw = await integrityKey(password, salt, rounds)
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', raw, how, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, contents))
  const algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'), nothing) // sha256
  return sequence(sequence(algorithm, octets(mac)), octets(salt), integer(rounds))
}

const blockBytes = 64
const forIntegrity = 3 // the purpose byte of RFC 7292 appendix B.3

/** RFC 7292 appendix B.2, of which one block of SHA-256 is enough. */
async function integrityKey(password: string, salt: Der, rounds: number): Promise<Der> {
  const diversifier = new Uint8Array(blockBytes).fill(forIntegrity)
  const filled = [salt, utf16(`${password}\0`)].map(toWholeBlocks)
  let key = await sha256(joined([diversifier, ...filled]))
  // oxlint-disable-next-line no-await-in-loop -- each round needs the one before
  for (let round = 1; round < rounds; round += 1) key = await sha256(key)
  return key
}

function toWholeBlocks(bytes: Der): Der {
  const length = Math.ceil(bytes.length / blockBytes) * blockBytes
  return Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length]!)
}

async function sha256(bytes: Der): Promise<Der> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
