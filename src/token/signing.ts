/**
 * トランザクション認証 — the port by which every kind of order has its content signed on the device.
 *
 *   issue ──2D code──▶ open ──right code, with the business change──▶ used
 *                       ├── three wrong codes ──▶ spent
 *                       ├── a newer one of the same user and purpose ──▶ spent
 *                       └── five minutes ──▶ expired
 *
 * What is signed is a canonical text of the caller, of which the SHA-256 is kept beside the bytes
 * that the device was shown. The code is checked once, in the transaction that makes the change;
 * the caller compares again at the moment of execution (camera-token.md A5, A7; design §5.5).
 */
import type { Challenge, ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import type { Content } from '#kit/ctp1/fields.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Origin } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'

export interface Signer {
  readonly companyId: CompanyId
  readonly userId: UserId
}

/** What a code is asked for. A user has one open challenge for each purpose and subject. */
export interface SigningSubject {
  readonly purpose: string // the operation, e.g. `certificate-issue`
  readonly subjectId: string // the order, the user, the certificate
}

export interface Asked extends SigningSubject {
  readonly signer: Signer
  readonly content: Content // what the device shows
  /** Everything that the signature binds, as one text (RFC 8785 JSON of the stored order). */
  readonly canonical: string
}

export interface Typed extends SigningSubject {
  readonly signer: Signer
  readonly challengeId: string
  readonly code: string // digits as typed
}

export type Redeemed<Value> =
  | { readonly granted: true; readonly value: Value }
  | {
      readonly granted: false
      readonly reason: CodeRefusal
      readonly facts: Readonly<Record<string, string>>
    }

export interface Signing {
  /** Whether this user has a token that can sign. */
  hasToken(tx: Tx, signer: Signer): Promise<boolean>
  /** Serial of the device that this user signs with; null: none is registered. */
  deviceOf(tx: Tx, signer: Signer): Promise<string | null>
  /** The 2D code, within the caller's transaction (as the company or as the bank). */
  issue(tx: Tx, asked: Asked, now: Temporal.Instant): Promise<Outcome<Challenge, ChallengeRefusal>>
  /**
   * Checks the code and makes the change in one transaction. The try is counted before in another
   * one, so that a wrong code stays counted whatever becomes of the change; call it outside of a
   * transaction. When `change` throws, the challenge stays open and the counted try is what is lost.
   * @param work.canonical the text of what is stored now, read under the caller's own lock
   */
  redeem<Value>(
    typed: Typed,
    came: { readonly now: Temporal.Instant; readonly origin: Origin },
    work: {
      readonly canonical: (tx: Tx) => Promise<string | null>
      readonly change: (tx: Tx, signed: { readonly challengeId: string }) => Promise<Value>
    },
  ): Promise<Redeemed<Value>>
  /** At execution: true when this is still what was signed, by a code that was used. */
  holds(
    tx: Tx,
    signed: SigningSubject & {
      readonly companyId: CompanyId
      readonly challengeId: string
      readonly canonical: string
    },
  ): Promise<boolean>
}
