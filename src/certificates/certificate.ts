/**
 * 電子証明書 — its life, and what may be done with it.
 *
 *   issue ──▶ unused ──first login──▶ valid ──40 days before its end: renewal──▶ (the next one: unused)
 *               │                       │
 *               ├── issued again ───────┴── first login by the next one ──▶ superseded
 *               └── by an administrator, or the bank ─────────────────────▶ revoked
 *
 * `expired` is no state of the registry: the clock alone says it. One certificate per login ID: a
 * valid one must be revoked before another is issued, so that a password alone, or a caller who
 * has it, cannot put one of his own beside it (certificates-and-security.md B1, C1).
 */
import type { CompanyId, Id, UserId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'

export type CertificateId = Id<'certificate'>
export type CertificateState = 'unused' | 'valid' | 'superseded' | 'revoked'
export type Proof = 'token' | 'letter' | 'renewal' | 'demo'

export interface Certificate {
  readonly id: CertificateId
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly loginId: string
  readonly serialNumber: string // hex
  readonly keyHash: Uint8Array
  readonly der: Uint8Array
  readonly notBefore: Temporal.Instant
  readonly notAfter: Temporal.Instant // 有効期限
  readonly replaces: CertificateId | null
  readonly state: CertificateState
  readonly issuedAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
}

type Period = Pick<Certificate, 'notBefore' | 'notAfter'>
type Standing = Pick<Certificate, 'state'> & Period

export function stateNow(
  { state, notAfter }: Pick<Certificate, 'state' | 'notAfter'>,
  now: Temporal.Instant,
): CertificateState | 'expired' {
  const standing = state === 'unused' || state === 'valid'
  return standing && isOver(notAfter, now) ? 'expired' : state
}

/** Whether one may log in with it, and go on with what was begun with it. */
export function isUsable(certificate: Standing, now: Temporal.Instant): boolean {
  const state = stateNow(certificate, now)
  const begun = Temporal.Instant.compare(now, certificate.notBefore) >= 0
  return begun && (state === 'unused' || state === 'valid')
}

/** 発行. @param held the user's certificates that are unused or valid */
export function mayIssue<One extends Standing>(
  held: readonly One[],
  now: Temporal.Instant,
): Outcome<
  { readonly unused: One | null; readonly replaces: One | null },
  'certificate-still-valid'
> {
  const valid = held.find(({ state }) => state === 'valid') ?? null
  const unused = held.find(({ state }) => state === 'unused') ?? null
  if (valid !== null && !isOver(valid.notAfter, now)) return refused('certificate-still-valid')
  return granted({ unused, replaces: valid })
}

/** 更新. The present one stays until the first login by the next. */
export function mayRenew<One extends Standing>(
  held: readonly One[],
  now: Temporal.Instant,
  parameters: { readonly renewableDays: number },
): Outcome<
  { readonly present: One; readonly unused: One | null },
  'no-certificate' | 'not-renewable-yet'
> {
  const present = presentOf(held, now)
  if (present === null) return refused('no-certificate')
  if (Temporal.Instant.compare(now, renewableFrom(present, parameters)) < 0) {
    return refused('not-renewable-yet')
  }
  return granted({ present, unused: held.find(({ state }) => state === 'unused') ?? null })
}

/** The one that the user logs in with. */
export function presentOf<One extends Standing>(
  held: readonly One[],
  now: Temporal.Instant,
): One | null {
  const found = held.find((one) => one.state === 'valid')
  return found === undefined || isOver(found.notAfter, now) ? null : found
}

export function renewableFrom(
  { notAfter }: Pick<Certificate, 'notAfter'>,
  { renewableDays }: { readonly renewableDays: number },
): Temporal.Instant {
  return notAfter.subtract({ hours: 24 * renewableDays })
}

/** 失効. In the published order of refusals. */
export function mayRevoke(
  certificate: Standing,
  now: Temporal.Instant,
): Outcome<void, 'certificate-over'> {
  const state = stateNow(certificate, now)
  const stands = state === 'unused' || state === 'valid'
  return stands ? granted(undefined) : refused('certificate-over')
}

/** Of the days before the end on which a mail is due, those that have come. */
export function mailDaysDue(
  { notAfter }: Pick<Certificate, 'notAfter'>,
  now: Temporal.Instant,
  mailDays: readonly number[],
): readonly number[] {
  const left = daysLeft({ notAfter }, now)
  return left <= 0 ? [] : mailDays.filter((days) => left <= days)
}

/** Begun days count: with an hour left it is one. */
export function daysLeft(
  { notAfter }: Pick<Certificate, 'notAfter'>,
  now: Temporal.Instant,
): number {
  return Math.ceil(now.until(notAfter).total('hours') / 24)
}

function isOver(notAfter: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, notAfter) >= 0
}
