/**
 * 電子証明書ログイン, as the login needs it. Implemented by `certificates`.
 *
 * The certificate is shown at another listener, which is never the session itself: it hands the
 * browser a one-time ticket back to the counter. The entry cookie ties both ends to one browser.
 */
import type { UserId } from '#kit/ids.ts'
import type { Language } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'

/** A certificate that this browser has shown, within the last quarter of an hour. */
export interface ShownCertificate {
  readonly certificateId: string
  readonly userId: UserId
}

export interface CertificateEntry {
  /** Where the browser shows its certificate; null where the bank has no such listener. */
  addressFor(entryToken: string, language: Language): string | null
  /**
   * Takes the ticket once, within 60 seconds of its making, in the browser that began. As the bank.
   * @returns null for everything else; whose certificate it is, and until when the password may follow
   */
  takeTicket(
    tx: Tx,
    shown: { readonly ticket: string; readonly entryToken: string },
    now: Temporal.Instant,
  ): Promise<{ readonly loginId: string; readonly expiresAt: Temporal.Instant } | null>
  /** What this browser has shown and not yet logged in with. Looks at the registry anew. As the bank. */
  shownBy(tx: Tx, entryToken: string, now: Temporal.Instant): Promise<ShownCertificate | null>
  /**
   * The password was right: what was shown is used up, and the certificate has had a login. The
   * first one by a renewed certificate ends its predecessor. As the bank.
   */
  loggedIn(
    tx: Tx,
    used: { readonly entryToken: string; readonly certificateId: string },
    now: Temporal.Instant,
  ): Promise<void>
  /** For every call of a session that began with it: false once it is revoked. As the bank. */
  isValid(tx: Tx, certificateId: string, now: Temporal.Instant): Promise<boolean>
}
