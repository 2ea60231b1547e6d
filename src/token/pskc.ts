/**
 * 鍵ファイル — a PSKC key container (RFC 6030) with the factory keys of a delivery of tokens.
 *
 * Of RFC 6030 §6 we take the pre-shared key (§6.1) with AES-128-CBC or AES-256-CBC, and a MAC by
 * HMAC-SHA-1 (the RFC's own) or HMAC-SHA-256. Every MAC is checked before anything is decrypted.
 * The MAC covers the encrypted key alone, not the serial beside it: who can change the file can
 * swap serials, so it must come on a way that is trusted, and two people bring it in.
 */
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { blockBytes, ciphers, macs, namespaces } from './pskc-algorithms.ts'
import { readXml, type Element, type XmlRefusal } from './pskc-xml.ts'
import { serialTyped } from './serials.ts'

export { writePskc } from './pskc-writing.ts'

/** In this order; each one is looked for in the whole file before the next. */
export type PskcRefusalReason =
  | 'too-large' // facts: bytes, max
  | XmlRefusal
  | 'not-a-key-container'
  | 'version-unsupported' // facts: version
  | 'no-keys'
  | 'plain-text-secret' // facts: package
  | 'serial-malformed' // facts: package
  | 'serial-twice' // facts: serial
  | 'secret-missing' // facts: serial
  | 'algorithm-unsupported' // facts: algorithm
  | 'mac-key-missing'
  | 'pre-shared-key-wrong' // facts: bytes, where the length is wrong
  | 'mac-broken' // facts: serial
  | 'secret-not-32-bytes' // facts: serial

export interface PskcRefusal {
  readonly granted: false
  readonly reason: PskcRefusalReason
  readonly facts: Readonly<Record<string, string>>
}

export interface PskcToken {
  /** Without zeros in front. */
  readonly serial: string
  readonly factoryKey: Uint8Array // 32 bytes
  readonly manufacturer?: string
  readonly model?: string
}

export interface PskcFile {
  readonly tokens: readonly PskcToken[]
  readonly sha256: string // of the file, hex
}

/** A KeyPackage, as far as it can be read without the key. */
interface Package {
  readonly at: string // counted from 1
  readonly serial: string | null
  readonly manufacturer: string
  readonly model: string
  readonly secret: Encrypted | null
  readonly mac: Uint8Array | null
}

/** `EncryptedValue` and `MACKey` alike (XML Encryption). */
interface Encrypted {
  readonly algorithm: string
  readonly value: Uint8Array | null // initialisation vector, then ciphertext
}

interface MacMethod {
  readonly algorithm: string
  readonly key: Encrypted | null
}

const bytesMax = 4 * 1024 * 1024 // some 4,000 tokens
const factoryKeyBytes = 32
/** As long as a hash, or a block of it: else it was decrypted with another key. */
const macKeyBytes: readonly number[] = [16, 20, 32, 64]

export function readPskc(
  file: Uint8Array,
  preSharedKey: Uint8Array,
): { readonly granted: true; readonly value: PskcFile } | PskcRefusal {
  if (file.length > bytesMax) {
    return refuse('too-large', { bytes: String(file.length), max: String(bytesMax) })
  }
  const xml = readXml(file)
  if (!xml.granted) return refuse(xml.reason)
  const container = xml.value
  const wrong = mistakeInContainer(container)
  if (wrong) return wrong
  const packages = childrenOf(container, 'KeyPackage').map(readPackage)
  const mac = readMacMethod(container)
  const mistake = mistakeInPackages(packages) ?? mistakeInAlgorithms(container, packages, mac)
  if (mistake) return mistake

  if (!mac?.key?.value) return refuse('mac-key-missing')
  const { keyBytes } = ciphers.get(mac.key.algorithm)!
  if (preSharedKey.length !== keyBytes) {
    return refuse('pre-shared-key-wrong', { bytes: String(preSharedKey.length) })
  }
  const macKey = decrypt(mac.key, preSharedKey)
  if (macKey === null || !macKeyBytes.includes(macKey.length)) return refuse('pre-shared-key-wrong')
  const broken = packages.find((one) => !holds(one, macs.get(mac.algorithm)!, macKey))
  macKey.fill(0)
  if (broken) return refuse('mac-broken', { serial: broken.serial! })

  const tokens = packages.map((one) => tokenOf(one, preSharedKey))
  const odd = tokens.find(({ factoryKey }) => factoryKey.length !== factoryKeyBytes)
  if (odd) return refuse('secret-not-32-bytes', { serial: odd.serial })
  const sha256 = createHash('sha256').update(file).digest('hex')
  return { granted: true, value: { tokens, sha256 } }
}

function refuse(
  reason: PskcRefusalReason,
  facts: Readonly<Record<string, string>> = {},
): PskcRefusal {
  return { granted: false, reason, facts }
}

function mistakeInContainer(container: Element): PskcRefusal | null {
  const { namespace, name, attributes } = container
  if (namespace !== namespaces.pskc || name !== 'KeyContainer') {
    return refuse('not-a-key-container')
  }
  const version = attributes['Version'] ?? ''
  if (version !== '1.0') return refuse('version-unsupported', { version: short(version) })
  if (childrenOf(container, 'KeyPackage').length === 0) return refuse('no-keys')
  const plain = childrenOf(container, 'KeyPackage').findIndex(hasPlainSecret)
  if (plain >= 0) return refuse('plain-text-secret', { package: String(plain + 1) })
  return null
}

/** Wherever it hides: also beside an encrypted one. A counter may be plain. */
function hasPlainSecret(element: Element): boolean {
  const found = element.name === 'Secret' && element.children.some(isNamed('PlainValue'))
  return found || element.children.some(hasPlainSecret)
}

function readPackage(element: Element, index: number): Package {
  const device = only(element, 'DeviceInfo')
  const serial = only(device, 'SerialNo')?.text ?? ''
  const secret = only(only(only(element, 'Key'), 'Data'), 'Secret')
  return {
    at: String(index + 1),
    serial: /^\d{1,12}$/.test(serial) ? serialTyped(serial) : null,
    manufacturer: only(device, 'Manufacturer')?.text ?? '',
    model: only(device, 'Model')?.text ?? '',
    secret: readEncrypted(only(secret, 'EncryptedValue')),
    mac: readBase64(only(secret, 'ValueMAC')),
  }
}

function readMacMethod(container: Element): MacMethod | null {
  const element = only(container, 'MACMethod')
  if (element === null) return null
  const algorithm = element.attributes['Algorithm'] ?? ''
  return { algorithm, key: readEncrypted(only(element, 'MACKey')) }
}

function readEncrypted(element: Element | null): Encrypted | null {
  if (element === null) return null
  const method = only(element, 'EncryptionMethod', namespaces.xenc)
  const data = only(element, 'CipherData', namespaces.xenc)
  const value = readBase64(only(data, 'CipherValue', namespaces.xenc))
  return { algorithm: method?.attributes['Algorithm'] ?? '', value }
}

/** @returns null for what is cut off or no base64 at all, where Buffer would read what it can */
function readBase64(element: Element | null): Uint8Array | null {
  const digits = element?.text.replaceAll(/\s/g, '') ?? ''
  const bytes = Buffer.from(digits, 'base64')
  return digits !== '' && bytes.toString('base64') === digits ? bytes : null
}

function mistakeInPackages(packages: readonly Package[]): PskcRefusal | null {
  const malformed = packages.find(({ serial }) => serial === null)
  if (malformed) return refuse('serial-malformed', { package: malformed.at })
  const seen = new Set<string | null>()
  const twice = packages.find(({ serial }) => seen.has(serial) || !seen.add(serial))
  if (twice) return refuse('serial-twice', { serial: twice.serial! })
  const lacking = packages.find(({ secret }) => secret === null)
  if (lacking) return refuse('secret-missing', { serial: lacking.serial! })
  return null
}

/** A key derived from a password, or wrapped for a certificate, is not what we agreed upon. */
function mistakeInAlgorithms(
  container: Element,
  packages: readonly Package[],
  mac: MacMethod | null,
): PskcRefusal | null {
  const foreign = childrenOf(container, 'EncryptionKey')
    .flatMap(({ children }) => children)
    .find(({ name }) => name !== 'KeyName')
  if (foreign) return refuse('algorithm-unsupported', { algorithm: short(foreign.name) })
  const used = [...packages.map(({ secret }) => secret!), ...(mac?.key ? [mac.key] : [])]
  // One key for all: a file of two ciphers would need two.
  const cipher = used.map(({ algorithm }) => algorithm)
  const other = cipher.find((name) => !ciphers.has(name) || name !== cipher[0])
  if (other !== undefined) return refuse('algorithm-unsupported', { algorithm: short(other) })
  if (mac && !macs.has(mac.algorithm)) {
    return refuse('algorithm-unsupported', { algorithm: short(mac.algorithm) })
  }
  return null
}

function holds({ secret, mac }: Package, hash: 'sha1' | 'sha256', macKey: Uint8Array): boolean {
  if (!secret?.value || mac === null) return false
  const expected = createHmac(hash, macKey).update(secret.value).digest()
  return mac.length === expected.length && timingSafeEqual(mac, expected)
}

function tokenOf(one: Package, preSharedKey: Uint8Array): PskcToken {
  const { serial, manufacturer, model, secret } = one
  return {
    serial: serial!,
    factoryKey: decrypt(secret!, preSharedKey) ?? new Uint8Array(),
    ...(manufacturer && { manufacturer }),
    ...(model && { model }),
  }
}

/** The last byte tells the padding's length; the others may be anything (XML Encryption §5.2). */
function decrypt({ algorithm, value }: Encrypted, key: Uint8Array): Uint8Array | null {
  if (!value || value.length < 2 * blockBytes || value.length % blockBytes !== 0) return null
  const decipher = createDecipheriv(
    ciphers.get(algorithm)!.node,
    key,
    value.subarray(0, blockBytes),
  )
  decipher.setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(value.subarray(blockBytes)), decipher.final()])
  const padding = padded.at(-1)!
  if (padding < 1 || padding > blockBytes) return null
  const plain = Uint8Array.from(padded.subarray(0, -padding))
  padded.fill(0)
  return plain
}

function childrenOf(element: Element, name: string, namespace: string = namespaces.pskc) {
  return element.children.filter(isNamed(name, namespace))
}

/** Two of what there may be one of are none: nobody may choose between them. */
function only(element: Element | null, name: string, namespace?: string): Element | null {
  const found = element === null ? [] : childrenOf(element, name, namespace)
  return found.length === 1 ? found[0]! : null
}

function isNamed(name: string, namespace: string = namespaces.pskc) {
  return (element: Element) => element.name === name && element.namespace === namespace
}

/** Words of the file that are told back. */
function short(text: string): string {
  return text.slice(0, 100)
}
