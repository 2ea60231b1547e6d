/**
 * 認証局 — who signs the customers' certificates: the bank's own by default, or one that the bank
 * already has. It issues, lists and answers; which certificate is valid is known to the registry
 * of `certificates` alone (certificates-and-security.md B2, B3).
 *
 * An authority that cannot sign throws, and the caller fails closed.
 */
export interface CertificateAuthority {
  /** The same for everybody and for as long as the authority lives. */
  chain(): Promise<AuthorityChain>
  /** @returns the certificate, DER */
  issueClientCertificate(asked: ClientCertificate): Promise<Uint8Array>
  /** A signed list (CRL, RFC 5280 §5), DER. The root's holds issuing CAs, and there is one. */
  revocationList(issuer: ListIssuer, list: RevocationList): Promise<Uint8Array>
  /**
   * Answers a request of OCSP (RFC 6960), DER; one that cannot be read is told so in the answer.
   * @param statusOf asked for certificates of the issuing CA only
   */
  ocspAnswer(
    request: Uint8Array,
    statusOf: (serialNumber: string) => Promise<CertificateStatus>,
  ): Promise<Uint8Array>
}

/** The demo's listener needs a certificate of its own; a bank's has a public one. */
export interface HostCertificates {
  issueHostCertificate(asked: HostCertificate): Promise<Uint8Array>
}

export interface AuthorityChain {
  readonly issuing: Uint8Array // DER
  readonly root: Uint8Array // DER
}

export interface ClientCertificate {
  /** SubjectPublicKeyInfo, DER. The caller has proof that the asker holds its private half. */
  readonly publicKey: Uint8Array
  readonly loginId: string
  readonly userNumber: string
  readonly serviceName: string
  readonly notBefore: Temporal.Instant
  readonly notAfter: Temporal.Instant
}

export interface HostCertificate {
  readonly publicKey: Uint8Array
  readonly names: readonly string[]
  readonly addresses: readonly (readonly number[])[] // bytes of IP addresses
  readonly notBefore: Temporal.Instant
  readonly notAfter: Temporal.Instant
}

export type ListIssuer = 'root' | 'issuing'

export interface RevocationList {
  readonly number: number // grows with each list of this issuer
  readonly thisUpdate: Temporal.Instant
  readonly nextUpdate: Temporal.Instant
  readonly revoked: readonly Revoked[]
}

export interface Revoked {
  readonly serialNumber: string // hex, lower case, without leading zeros
  readonly at: Temporal.Instant
  readonly reason: RevocationReason
}
export type RevocationReason = 'unspecified' | 'superseded'

export type CertificateStatus =
  | { readonly status: 'good' }
  | { readonly status: 'unknown' }
  | { readonly status: 'revoked'; readonly at: Temporal.Instant; readonly reason: RevocationReason }

/** The name by which a certificate says whose it is, beside its CN. */
export function loginUri(loginId: string): string {
  return `urn:madoguchi:login:${encodeURIComponent(loginId)}`
}
