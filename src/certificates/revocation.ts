/**
 * 証明書失効 — at once: the next login by it is refused, and so is the next call of a session that
 * began with it. The lists for outsiders follow when they are next asked for (lists.ts).
 */
import type { ConfirmationRefusal } from '#identity/index.ts'
import { isId, type UserId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { mayRevoke, type Certificate } from './certificate.ts'
import { certificateById, endCertificate, lockUser } from './certificates-store.ts'
import type { CertificateDesk, IssueDesk } from './needs.ts'
import { note, noteRefusal, type Came } from './recording.ts'

/** In the order in which they are checked. */
export type RevocationRefusal =
  | 'administrator-required'
  | 'certificate-unknown'
  | ConfirmationRefusal
  | 'certificate-over'

export function isAdministrator({ role }: Pick<Visitor, 'role'>): boolean {
  return role === 'master' || role === 'administrator'
}

/** By an administrator of the company, the master's own too. */
export async function revokeByAdministrator(
  needs: IssueDesk,
  visitor: Visitor,
  { id, confirmationPassword, ...came }: Came & { id: string; confirmationPassword: string },
): Promise<{
  readonly refuse: RevocationRefusal
  readonly facts: Readonly<Record<string, string>>
} | null> {
  const { companyId, userId } = visitor
  const outcome = await attempt(needs, visitor, { id, confirmationPassword, came })
  if (outcome === null) return null
  const operation = 'certificate-revocation'
  await noteRefusal(needs, came, { companyId, userId, operation, refusal: outcome.refuse })
  return outcome
}

async function attempt(
  needs: IssueDesk,
  visitor: Visitor,
  { id, confirmationPassword, came }: { id: string; confirmationPassword: string; came: Came },
) {
  const { database, identity } = needs
  if (!isAdministrator(visitor)) return { refuse: 'administrator-required' as const, facts: {} }
  const certificate = isId(id)
    ? await database.asCompany(visitor.companyId, (tx) => certificateById(tx, id))
    : null
  if (certificate === null) return { refuse: 'certificate-unknown' as const, facts: {} }

  const confirmed = await identity.confirmationPassword.check(visitor, confirmationPassword, came)
  if (!confirmed.granted) return { refuse: confirmed.reason, facts: confirmed.facts }

  const ended = await database.asCompany(visitor.companyId, (tx) =>
    revoke(needs, tx, { certificate, by: visitor.userId, reason: 'by-administrator' }, came),
  )
  return ended.granted ? null : { refuse: ended.reason, facts: {} }
}

export interface Revocation {
  readonly certificate: Certificate
  /** null: the bank. */
  readonly by: UserId | null
  /** For the registry; a mail says the bank's in its own words. */
  readonly reason: string
}

export async function revoke(
  needs: Pick<CertificateDesk, 'administration' | 'mails' | 'history'>,
  tx: Tx,
  { certificate: { id, companyId, userId, serialNumber }, by, reason }: Revocation,
  came: Came,
): Promise<Outcome<void, 'certificate-over'>> {
  const { now } = came
  await lockUser(tx, userId)
  const present = await certificateById(tx, id)
  const allowed = present === null ? refused('certificate-over') : mayRevoke(present, now)
  if (!allowed.granted) return allowed
  await endCertificate(tx, { id, as: 'revoked', by, reason }, now)

  const user = await needs.administration.userById(tx, userId)
  const told = by === null ? 'by-bank' : 'by-administrator'
  const facts = { userName: user?.name ?? '', at: now, reason: told } as const
  const mail = { companyId, userId, template: 'certificate-revoked', facts } as const
  await needs.mails.queueToUserAndMasters(tx, mail, now)
  await note(needs, tx, came, {
    ...{ companyId, userId: by, operation: 'certificate-revocation' },
    facts: { certificate: serialNumber, loginId: user?.loginId ?? '' },
  })
  return granted(undefined)
}
