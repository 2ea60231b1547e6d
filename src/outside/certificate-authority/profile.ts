/**
 * 証明書の様式 — what stands in a certificate of the built-in authority (RFC 5280;
 * certificates-and-security.md B2).
 */
import 'reflect-metadata' // @peculiar/x509 finds its parts by it, and wants it to be there first
import {
  AuthorityInfoAccessExtension,
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { randomBytes } from 'node:crypto'
import { loginUri } from './port.ts'
import type { ClientCertificate, HostCertificate, ListIssuer } from './port.ts'
import { cryptoOf, dateOf, keyInVault, type Signer } from './signing.ts'

/** Where outsiders find lists, certificates and answers. */
export interface Addresses {
  readonly publicOrigin: string
}

interface Profile {
  readonly subject: Uint8Array // Name, DER
  readonly publicKey: Uint8Array // SubjectPublicKeyInfo
  readonly notBefore: Temporal.Instant
  readonly notAfter: Temporal.Instant
  /** Beside the identifiers of its key and of its signer's. */
  readonly extensions: readonly Extension[]
}

export async function certificate(signer: Signer, profile: Profile): Promise<Uint8Array> {
  const { subject, publicKey, notBefore, notAfter, extensions } = profile
  const [own, above] = [hexOf(await keyIdOf(publicKey)), hexOf(signer.keyId)]
  const signsItself = own === above
  const made = await X509CertificateGenerator.create(
    {
      serialNumber: newSerialNumber(),
      issuer: new Name(Uint8Array.from(signer.name)),
      subject: new Name(Uint8Array.from(subject)),
      publicKey: Uint8Array.from(publicKey),
      ...{ notBefore: dateOf(notBefore), notAfter: dateOf(notAfter) },
      extensions: [
        ...extensions,
        new SubjectKeyIdentifierExtension(own),
        ...(signsItself ? [] : [new AuthorityKeyIdentifierExtension(above)]),
      ],
      signingKey: keyInVault,
    },
    cryptoOf(signer),
  )
  return new Uint8Array(made.rawData)
}

/** 16 random bytes; positive, and of one length, for the first bits are 01. */
function newSerialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes.toString('hex')
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** @returns the name of a certificate and its public key, DER */
export function readCertificate(own: Uint8Array) {
  const { subjectName, publicKey } = new X509Certificate(Uint8Array.from(own))
  return {
    subject: new Uint8Array(subjectName.toArrayBuffer()),
    publicKey: new Uint8Array(publicKey.rawData),
  }
}

/** Values are given as objects: the library would look for escapes in a bare string. */
export function distinguishedName(
  parts: readonly (readonly ['C' | 'O' | 'OU' | 'CN', string])[],
): Uint8Array {
  const name = parts.map(([part, text]) => ({
    [part]: [part === 'C' ? { printableString: text } : { utf8String: text }],
  }))
  return new Uint8Array(new Name(name).toArrayBuffer())
}

/** RFC 5280 §4.2.1.2, method 1: SHA-1 over the key's bits. It finds a key and secures nothing. */
export async function keyIdOf(publicKey: Uint8Array): Promise<Uint8Array> {
  const key = new PublicKey(Uint8Array.from(publicKey))
  return new Uint8Array(await key.getKeyIdentifier(crypto))
}

const critical = true
const noAuthority = () => new BasicConstraintsExtension(false, undefined, critical)
const forSignatures = () => new KeyUsagesExtension(KeyUsageFlags.digitalSignature, critical)

function listAt(issuer: ListIssuer, { publicOrigin }: Addresses): Extension {
  return new CRLDistributionPointsExtension([`${publicOrigin}/pki/${issuer}.crl`])
}

function issuerAt(issuer: ListIssuer, { publicOrigin }: Addresses, answers: boolean): Extension {
  return new AuthorityInfoAccessExtension({
    ...(answers ? { ocsp: `${publicOrigin}/pki/ocsp` } : {}),
    caIssuers: `${publicOrigin}/pki/${issuer}.crt`,
  })
}

/** An authority's own certificate. @param below where outsiders find the root; null for itself */
export function authorityExtensions(below: Addresses | null): readonly Extension[] {
  const pathLength = below === null ? undefined : 0
  const always = [
    new BasicConstraintsExtension(true, pathLength, critical),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, critical),
  ]
  return below === null
    ? always
    : [...always, listAt('root', below), issuerAt('root', below, false)]
}

export function clientProfile(asked: ClientCertificate, at: Addresses): Profile {
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
      noAuthority(),
      forSignatures(),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
      new SubjectAlternativeNameExtension([{ type: 'url', value: loginUri(loginId) }]),
      listAt('issuing', at),
      issuerAt('issuing', at, true),
    ],
  }
}

export function hostProfile(asked: HostCertificate): Profile {
  const { publicKey, names, addresses, notBefore, notAfter } = asked
  return {
    ...{ publicKey, notBefore, notAfter },
    subject: distinguishedName([['CN', names[0] ?? 'host']]),
    extensions: [
      noAuthority(),
      forSignatures(),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((bytes) => ({ type: 'ip' as const, value: addressOf(bytes) })),
      ]),
    ],
  }
}

/** The library reads an IP address as people write it. */
function addressOf(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.')
  return hexOf(Uint8Array.from(bytes)).match(/.{4}/g)!.join(':')
}

/** Whoever trusts the issuing CA trusts this one's answers, and asks nobody about it (nocheck). */
export function responderProfile(given: Omit<Profile, 'extensions'>): Profile {
  const nothing = Uint8Array.of(5, 0) // NULL
  return {
    ...given,
    extensions: [
      noAuthority(),
      forSignatures(),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.ocspSigning]),
      new Extension('1.3.6.1.5.5.7.48.1.5', false, nothing), // id-pkix-ocsp-nocheck
    ],
  }
}
