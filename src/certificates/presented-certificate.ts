/** 提示された電子証明書 — read from what TLS, or a proxy's header, hands over. Nothing of it is believed. */
import { createHash, X509Certificate } from 'node:crypto'
import type { Presented } from './entry-judgement.ts'

export interface Shown extends Presented {
  readonly fingerprint: Uint8Array // SHA-256 of the DER
  readonly thumbprint: string // the same in hex, for the record
  readonly serialNumber: string // hex, lower case
}

const clientAuth = '1.3.6.1.5.5.7.3.2'

/** @param issuing our issuing CA */
export function presentedCertificate(given: X509Certificate, issuing: X509Certificate): Shown {
  const fingerprint = createHash('sha256').update(given.raw).digest()
  const common = given.toLegacyObject().subject?.CN
  return {
    ofOurs: !given.ca && given.checkIssued(issuing) && given.verify(issuing.publicKey),
    forClients: given.keyUsage?.includes(clientAuth) ?? false,
    names: {
      common: typeof common === 'string' ? common : null, // two of them make a list
      uri: /^URI:(\S+)$/.exec(given.subjectAltName ?? '')?.[1] ?? null,
    },
    notBefore: Temporal.Instant.fromEpochMilliseconds(given.validFromDate.getTime()),
    notAfter: Temporal.Instant.fromEpochMilliseconds(given.validToDate.getTime()),
    fingerprint,
    thumbprint: fingerprint.toString('hex'),
    serialNumber: given.serialNumber.toLowerCase(),
  }
}

/**
 * RFC 9440 `Client-Cert: :<base64>:`.
 * @returns null where the header holds no certificate
 */
export function certificateInHeader(header: string): X509Certificate | null {
  const base64 = /^\s*:([A-Za-z0-9+/]+=*):\s*$/.exec(header)?.[1]
  if (base64 === undefined) return null
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return null // these bytes came from outside; OpenSSL says so by a throw
  }
}
