/**
 * 電子証明書の確認 — whether the certificate that a browser shows lets its user go on to the password.
 *
 * Judged anew at every request: a TLS connection that is resumed is not checked by TLS itself
 * (certificates-and-security.md B3-2). A stopped user or company is not told here, but after the
 * password (after-login.ts): a certificate alone learns nothing.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { stateNow, type Certificate } from './certificate.ts'

/** In the order in which they are checked. */
export const entryRefusals = [
  'certificate-missing',
  'certificate-foreign', // not issued by us, or not for logging in
  'certificate-unknown', // issued by us, and not in the registry
  'certificate-revoked',
  'certificate-superseded',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-of-another-id',
] as const
export type EntryRefusal = (typeof entryRefusals)[number]

/** What the browser showed, as presented-certificate.ts reads it. */
export interface Presented {
  /** Signed by our issuing CA, by its key and not by its name alone. */
  readonly ofOurs: boolean
  readonly forClients: boolean // extended key usage clientAuth
  readonly names: { readonly common: string | null; readonly uri: string | null }
  readonly notBefore: Temporal.Instant
  readonly notAfter: Temporal.Instant
}

export function judgeEntry<Known extends Pick<Certificate, 'state' | 'loginId'>>(
  presented: Presented | null,
  found: {
    readonly certificate: Known | null // by its fingerprint
    /** What the user is called now, and what a certificate of that name carries. */
    readonly present: { readonly loginId: string; readonly uri: string } | null
    readonly now: Temporal.Instant
  },
): Outcome<Known, EntryRefusal> {
  const { certificate, present, now } = found
  if (presented === null) return refused('certificate-missing')
  if (!presented.ofOurs || !presented.forClients) return refused('certificate-foreign')
  if (certificate === null) return refused('certificate-unknown')

  const { state, loginId } = certificate
  const { notBefore, notAfter, names } = presented
  if (state === 'revoked') return refused('certificate-revoked')
  if (state === 'superseded') return refused('certificate-superseded')
  if (stateNow({ state, notAfter }, now) === 'expired') return refused('certificate-expired')
  if (Temporal.Instant.compare(now, notBefore) < 0) return refused('certificate-not-yet-valid')

  const agree =
    loginId === present?.loginId && names.common === loginId && names.uri === present.uri
  return agree ? granted(certificate) : refused('certificate-of-another-id')
}
