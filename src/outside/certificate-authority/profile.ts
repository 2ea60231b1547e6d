/**
 * 証明書の様式 — what stands in a certificate of the built-in authority (RFC 5280;
 * certificates-and-security.md B2). ECDSA P-256 with SHA-256 throughout.
 */
import { createHash, randomBytes } from 'node:crypto'
import * as der from '#kit/der.ts'
import type { Der } from '#kit/der.ts'
import { loginUri } from './port.ts'
import type { ClientCertificate, HostCertificate, ListIssuer } from './port.ts'

/** Who signs: the name and key identifier that stand in what it signs, and the key in the vault. */
export interface Signer {
  readonly name: Uint8Array // Name, DER
  readonly keyId: Uint8Array
  sign(message: Uint8Array): Promise<Uint8Array> // 64 bytes, r‖s
}

/** Where outsiders find lists, certificates and answers. */
export interface Addresses {
  readonly publicOrigin: string
}

interface Profile {
  readonly subject: Uint8Array
  readonly publicKey: Uint8Array // SubjectPublicKeyInfo
  readonly notBefore: Temporal.Instant
  readonly notAfter: Temporal.Instant
  readonly extensions: readonly Der[]
}

export const ecdsaWithSha256 = der.sequence(der.oid('1.2.840.10045.4.3.2'))

export async function certificate(signer: Signer, profile: Profile): Promise<Der> {
  const { subject, publicKey, notBefore, notAfter, extensions } = profile
  const info = der.sequence(
    der.context(0, der.integer(2)), // version 3
    der.integer(newSerialNumber()),
    ecdsaWithSha256,
    signer.name,
    der.sequence(der.x509Time(notBefore), der.x509Time(notAfter)),
    subject,
    publicKey,
    der.context(3, der.sequence(...extensions)),
  )
  return signed(signer, info)
}

/** What is signed, the algorithm, the signature: the form of certificates and of lists. */
export async function signed(signer: Signer, info: Der): Promise<Der> {
  return der.sequence(info, ecdsaWithSha256, await signatureOf(signer, info))
}

export async function signatureOf(signer: Signer, message: Der): Promise<Der> {
  const both = await signer.sign(message)
  const [r, s] = [both.subarray(0, 32), both.subarray(32)]
  return der.bits(der.sequence(der.integer(r), der.integer(s)))
}

/** 16 random bytes; positive, and of one length, for the first bits are 01. */
function newSerialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes
}

type NamePart = 'C' | 'O' | 'OU' | 'CN'
const nameOids = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' } as const

export function distinguishedName(parts: readonly (readonly [NamePart, string])[]): Der {
  const sets = parts.map(([part, text]) => {
    const value = part === 'C' ? der.printable(text) : der.utf8(text)
    return der.setOf(der.sequence(der.oid(nameOids[part]), value))
  })
  return der.sequence(...sets)
}

/** RFC 5280 §4.2.1.2, method 1: SHA-1 over the key's bits. It finds a key and secures nothing. */
export function keyIdOf(publicKey: Uint8Array): Uint8Array {
  const [, key] = der.inside(der.readOnly(publicKey), 'sequence')
  if (!der.is(key, 'bits')) throw new Error('this is no SubjectPublicKeyInfo')
  return createHash('sha1').update(key.content.subarray(1)).digest()
}

function extension(id: string, value: Der, critical?: 'critical'): Der {
  const mark = critical === undefined ? [] : [der.yes]
  return der.sequence(der.oid(id), ...mark, der.octets(value))
}

const usages = { digitalSignature: 0x80, keyCertSign: 0x04, cRLSign: 0x02 } as const

function keyUsage(...names: readonly (keyof typeof usages)[]): Der {
  const byte = names.reduce((sum, name) => sum | usages[name], 0)
  const unused = 31 - Math.clz32(byte & -byte) // zeros at the end, as DER wants named bits
  return extension('2.5.29.15', der.bits(Uint8Array.of(byte), unused), 'critical')
}

const purposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const

function purpose(name: keyof typeof purposes): Der {
  return extension('2.5.29.37', der.sequence(der.oid(purposes[name])))
}

const noAuthority = extension('2.5.29.19', der.sequence(), 'critical') // basicConstraints

function ownKey(publicKey: Uint8Array): Der {
  return extension('2.5.29.14', der.octets(keyIdOf(publicKey)))
}

export function keyOf({ keyId }: Pick<Signer, 'keyId'>): Der {
  return extension('2.5.29.35', der.sequence(der.context(0, keyId, 'primitive')))
}

/** 一覧番号 of a list. */
export function listNumber(number: number): Der {
  return extension('2.5.29.20', der.integer(number))
}

const uri = (address: string) => der.context(6, new TextEncoder().encode(address), 'primitive')

function listAt(issuer: ListIssuer, { publicOrigin }: Addresses): Der {
  const address = uri(`${publicOrigin}/pki/${issuer}.crl`)
  const point = der.sequence(der.context(0, der.context(0, address)))
  return extension('2.5.29.31', der.sequence(point))
}

function issuerAt(issuer: ListIssuer, { publicOrigin }: Addresses, answers: boolean): Der {
  const ocsp = der.sequence(der.oid('1.3.6.1.5.5.7.48.1'), uri(`${publicOrigin}/pki/ocsp`))
  const parent = der.oid('1.3.6.1.5.5.7.48.2') // caIssuers
  const own = der.sequence(parent, uri(`${publicOrigin}/pki/${issuer}.crt`))
  return extension('1.3.6.1.5.5.7.1.1', der.sequence(...(answers ? [ocsp] : []), own))
}

/** An authority's own certificate. @param issuing null for the root, which signs itself */
export function authorityExtensions(
  publicKey: Uint8Array,
  issuing: { readonly signer: Signer; readonly at: Addresses } | null,
): readonly Der[] {
  const constraints = issuing === null ? [der.yes] : [der.yes, der.integer(0)] // pathlen 0
  const always = [
    extension('2.5.29.19', der.sequence(...constraints), 'critical'),
    keyUsage('keyCertSign', 'cRLSign'),
    ownKey(publicKey),
  ]
  if (issuing === null) return always
  const { signer, at } = issuing
  return [...always, keyOf(signer), listAt('root', at), issuerAt('root', at, false)]
}

export function clientProfile(asked: ClientCertificate, signer: Signer, at: Addresses): Profile {
  const { publicKey, loginId, userNumber, serviceName, notBefore, notAfter } = asked
  return {
    ...{ publicKey, notBefore, notAfter },
    subject: distinguishedName([
      ['C', 'JP'],
      ['O', serviceName],
      ['OU', userNumber],
      ['CN', loginId],
    ]),
    extensions: [
      noAuthority,
      keyUsage('digitalSignature'),
      purpose('clientAuth'),
      extension('2.5.29.17', der.sequence(uri(loginUri(loginId)))), // subjectAltName
      ownKey(publicKey),
      keyOf(signer),
      listAt('issuing', at),
      issuerAt('issuing', at, true),
    ],
  }
}

export function hostProfile(asked: HostCertificate, signer: Signer): Profile {
  const { publicKey, names, addresses, notBefore, notAfter } = asked
  const all = [
    ...names.map((name) => der.context(2, new TextEncoder().encode(name), 'primitive')),
    ...addresses.map((bytes) => der.context(7, Uint8Array.from(bytes), 'primitive')),
  ]
  return {
    ...{ publicKey, notBefore, notAfter },
    subject: distinguishedName([['CN', names[0] ?? 'host']]),
    extensions: [
      noAuthority,
      keyUsage('digitalSignature'),
      purpose('serverAuth'),
      extension('2.5.29.17', der.sequence(...all)),
      ownKey(publicKey),
      keyOf(signer),
    ],
  }
}

/** Whoever trusts the issuing CA trusts this one's answers, and asks nobody about it (nocheck). */
export function responderProfile(
  given: Pick<Profile, 'publicKey' | 'notBefore' | 'notAfter'> & { readonly subject: Der },
  signer: Signer,
): Profile {
  return {
    ...given,
    extensions: [
      noAuthority,
      keyUsage('digitalSignature'),
      purpose('ocspSigning'),
      extension('1.3.6.1.5.5.7.48.1.5', der.nothing), // id-pkix-ocsp-nocheck
      ownKey(given.publicKey),
      keyOf(signer),
    ],
  }
}
