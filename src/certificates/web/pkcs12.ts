/**
 * 電子証明書ファイル — what is made where the private key is born: the request (PKCS#10, RFC 2986)
 * and the .p12 that operating systems and browsers import (RFC 7292).
 *
 * The server's tests and the demo use the same file. Secured with PBES2 (AES-256-CBC,
 * PBKDF2-SHA256) and HMAC-SHA256.
 */
import { BmpString, OctetString, Utf8String } from 'asn1js'
import {
  Attribute,
  AttributeTypeAndValue,
  AuthenticatedSafe,
  CertBag,
  CertificationRequest,
  CryptoEngine,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
  type ContentEncryptionAlgorithm,
  type ICryptoEngine,
} from 'pkijs'

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

type Bytes = Uint8Array<ArrayBuffer>

const defaultRounds = 100_000
const hash = 'SHA-256'

/** A new key for a certificate. Extractable, for it leaves the page in the .p12. */
export async function newKeyPair(): Promise<KeyPair> {
  const P256 = { name: 'ECDSA', namedCurve: 'P-256' }
  return crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
}

/** The request for a certificate. Its name is for the reader; the bank believes only the key. */
export async function makeRequest(pair: KeyPair, name: string): Promise<Bytes> {
  const engine = ownEngine()
  const request = new CertificationRequest({ version: 0, attributes: [] })
  const commonName = { type: '2.5.4.3', value: new Utf8String({ value: name }) }
  request.subject.typesAndValues.push(new AttributeTypeAndValue(commonName))
  await request.subjectPublicKeyInfo.importKey(pair.publicKey, engine)
  await request.sign(pair.privateKey, hash, engine)
  return new Uint8Array(request.toSchema().toBER())
}

const keyBag = '1.2.840.113549.1.12.10.1.2' // pkcs8ShroudedKeyBag
const certificateBag = '1.2.840.113549.1.12.10.1.3'
const plain = 0 // `privacyMode` of a content whose bags are sealed one by one
const sealed = 1 // and of one that is sealed as a whole
const byPassword = 0 // `integrityMode`

/** @throws TypeError for a password that is empty or not printable ASCII */
export async function buildPkcs12(given: Pkcs12): Promise<Bytes> {
  const { privateKey, certificate, chain, name, password, rounds = defaultRounds } = given
  if (!/^[ -~]+$/.test(password)) throw new TypeError('the password is not printable ASCII')
  const engine = ownEngine()
  const how = {
    password: new TextEncoder().encode(password).buffer,
    // The library draws salt and iv itself.
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 } as ContentEncryptionAlgorithm,
    hmacHashAlgorithm: hash,
    iterationCount: rounds,
  }
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', privateKey)
  const bagAttributes = await attributesOf(certificate, name)

  // From the inside out: the key, the two contents, the whole with its integrity check.
  const key = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(pkcs8) })
  await key.makeInternalValues(how, engine)
  const keys = [new SafeBag({ bagId: keyBag, bagValue: key, bagAttributes })]
  const certificates = [
    new SafeBag({ ...bagOf(certificate), bagAttributes }),
    ...chain.map((link) => new SafeBag(bagOf(link))),
  ]
  const authenticatedSafe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: sealed, value: new SafeContents({ safeBags: certificates }) },
        { privacyMode: plain, value: new SafeContents({ safeBags: keys }) },
      ],
    },
  })
  await authenticatedSafe.makeInternalValues({ safeContents: [how, {}] }, engine)
  const file = new PFX({ parsedValue: { integrityMode: byPassword, authenticatedSafe } })
  const check = { password: how.password, iterations: rounds, hmacHashAlgorithm: hash }
  await file.makeInternalValues({ ...check, pbkdf2HashAlgorithm: hash }, engine)
  return new Uint8Array(file.toSchema().toBER())
}

/** The key and its certificate carry the same: the name that lists show, and what ties the two. */
async function attributesOf(certificate: Uint8Array, name: string): Promise<Attribute[]> {
  const id = await crypto.subtle.digest(hash, Uint8Array.from(certificate))
  const localKeyId = new OctetString({ valueHex: id.slice(0, 20) })
  return [
    new Attribute({ type: '1.2.840.113549.1.9.20', values: [new BmpString({ value: name })] }),
    new Attribute({ type: '1.2.840.113549.1.9.21', values: [localKeyId] }),
  ]
}

/** The certificate byte by byte as it came: written anew, its signature might not hold. */
function bagOf(certificate: Uint8Array) {
  const certValue = new OctetString({ valueHex: certificate })
  const certId = '1.2.840.113549.1.9.22.1' // x509Certificate
  return { bagId: certificateBag, bagValue: new CertBag({ certId, certValue }) }
}

/** Given to the library by hand, so that nothing of it is set for everybody. */
function ownEngine(): ICryptoEngine {
  return new CryptoEngine({ crypto }) as unknown as ICryptoEngine
}
