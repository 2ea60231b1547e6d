/**
 * 更新 — the next certificate, signed for with the token, from 40 days before the present one ends.
 * The present one stays until the first login by the next, so that a lost .p12 locks nobody out.
 */
import type { Challenge, ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import { refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { contentOf } from './authentication.ts'
import { mayRenew, presentOf, renewableFrom, type Certificate } from './certificate.ts'
import { certificateByKey, heldBy, lockUser } from './certificates-store.ts'
import { issueUnderLock } from './issuing.ts'
import type { CertificateDesk } from './needs.ts'
import { note, noteRefusal, type Came } from './recording.ts'
import { readSigningRequest, type RequestedKey, type RequestRefusal } from './signing-request.ts'

const purpose = 'certificate-renewal'

type NotDue = 'no-certificate' | 'not-renewable-yet'
export type RenewalRefusal = NotDue | RequestRefusal | CodeRefusal

export interface OwnCertificate {
  readonly certificate: Certificate
  readonly renewableFrom: Temporal.Instant
  readonly renewable: boolean
  readonly renewed: boolean // 更新済み: the next one waits for its first login
}

/** 現在の電子証明書 */
export async function ownCertificate(
  { parameters }: Pick<CertificateDesk, 'parameters'>,
  tx: Tx,
  { userId }: Pick<Visitor, 'userId'>,
  now: Temporal.Instant,
): Promise<OwnCertificate | null> {
  const held = await heldBy(tx, userId)
  const certificate = presentOf(held, now)
  if (certificate === null) return null
  return {
    certificate,
    renewableFrom: renewableFrom(certificate, parameters),
    renewable: mayRenew(held, now, parameters).granted,
    renewed: held.some(({ replaces }) => replaces === certificate.id),
  }
}

export function beginRenewal(
  { database, signing, parameters }: CertificateDesk,
  visitor: Visitor,
  now: Temporal.Instant,
): Promise<Outcome<Challenge, NotDue | ChallengeRefusal>> {
  const { companyId, companyName, userId, loginId } = visitor
  return database.asCompany(companyId, async (tx) => {
    const allowed = mayRenew(await heldBy(tx, userId), now, parameters)
    if (!allowed.granted) return refused(allowed.reason)
    const certificateId = allowed.value.present.id
    const canonical = canonicalRenewal({ certificateId, loginId, userId })
    const content = contentOf({ loginId, companyName })
    const signer = { companyId, userId }
    const asked = { signer, purpose, subjectId: certificateId, content, canonical }
    return signing.issue(tx, asked, now)
  })
}

export interface RenewalForm {
  readonly request: Uint8Array // PKCS#10
  readonly challengeId: string
  readonly transactionCode: string
}

type Refused<Reason extends string> = {
  readonly refuse: Reason
  readonly facts: Readonly<Record<string, string>>
}

/** The same request again gets the same certificate: an answer may be lost. */
export async function renew(
  needs: CertificateDesk,
  visitor: Visitor,
  { form, ...came }: Came & { readonly form: RenewalForm },
): Promise<Certificate | Refused<RenewalRefusal>> {
  const outcome = await attempt(needs, { visitor, form, came })
  if ('refuse' in outcome) {
    const { userId, companyId } = visitor
    const refusal = outcome.refuse
    await noteRefusal(needs, came, { userId, companyId, operation: purpose, refusal })
  }
  return outcome
}

interface Asked {
  readonly visitor: Visitor
  readonly form: RenewalForm
  readonly came: Came
}

async function attempt(
  needs: CertificateDesk,
  asked: Asked,
): Promise<Certificate | Refused<RenewalRefusal>> {
  const { visitor, form, came } = asked
  const { companyId, userId } = visitor
  const { database, parameters } = needs
  const held = await database.asCompany(companyId, (tx) => heldBy(tx, userId))
  const allowed = mayRenew(held, came.now, parameters)
  if (!allowed.granted) return { refuse: allowed.reason, facts: {} }
  const key = readSigningRequest(form.request)
  if (!key.granted) return { refuse: key.reason, facts: {} }

  const { present } = allowed.value
  const known = () => database.asBank((tx) => certificateByKey(tx, key.value.hash))
  const before = await known()
  if (isNextOf(present, before)) return before
  if (before !== null) return { refuse: 'key-not-taken', facts: {} }
  // The chain is read on a connection of its own, so before there is a transaction.
  await needs.authority.chain()
  const outcome = await redeem(needs, asked, { key: key.value, present })
  if (!('refuse' in outcome)) return outcome
  // The same request twice at once: the other one was faster.
  const since = await known()
  return isNextOf(present, since) ? since : outcome
}

function isNextOf(present: Certificate, found: Certificate | null): found is Certificate {
  return found !== null && found.replaces === present.id && found.state === 'unused'
}

async function redeem(
  needs: CertificateDesk,
  { visitor, form, came }: Asked,
  { key, present }: { readonly key: RequestedKey; readonly present: Certificate },
): Promise<Certificate | Refused<RenewalRefusal>> {
  const { companyId, userId } = visitor
  const { challengeId, transactionCode: code } = form
  const redeemed = await needs.signing.redeem(
    { signer: { companyId, userId }, purpose, subjectId: present.id, challengeId, code },
    came,
    {
      canonical: async (tx) => {
        await lockUser(tx, userId)
        const user = await needs.administration.userById(tx, userId)
        if (user === null) return null
        const { loginId } = user
        return canonicalRenewal({ certificateId: present.id, loginId, userId })
      },
      change: (tx) => renewOnce(needs, tx, { visitor, key, came }),
    },
  )
  if (redeemed.granted) return redeemed.value
  return { refuse: redeemed.reason, facts: redeemed.facts }
}

/** Under the user's lock, in the transaction that uses up the code. */
async function renewOnce(
  needs: CertificateDesk,
  tx: Tx,
  { visitor, key, came }: { visitor: Visitor; key: RequestedKey; came: Came },
): Promise<Certificate | Refused<NotDue | 'key-not-taken'>> {
  const { userId, companyId, loginId, userName } = visitor
  const { now } = came
  const allowed = mayRenew(await heldBy(tx, userId), now, needs.parameters)
  if (!allowed.granted) return { refuse: allowed.reason, facts: {} }
  if ((await certificateByKey(tx, key.hash)) !== null) return { refuse: 'key-not-taken', facts: {} }

  const { present, unused } = allowed.value
  const user = { id: userId, companyId, loginId }
  const asked = { user, key, proof: 'renewal', unused, replaces: present } as const
  const certificate = await issueUnderLock(needs, tx, asked, now)
  const facts = { userName, at: now, validUntil: certificate.notAfter }
  const mail = { companyId, userId, template: 'certificate-renewed', facts } as const
  await needs.mails.queueToUserAndMasters(tx, mail, now)
  await note(needs, tx, came, {
    ...{ companyId, userId, operation: purpose },
    facts: { certificate: certificate.serialNumber },
  })
  return certificate
}

/** What the code binds: RFC 8785 JSON, whose names stand in their order. */
function canonicalRenewal(signed: {
  readonly certificateId: string
  readonly loginId: string
  readonly userId: string
}): string {
  const { certificateId, loginId, userId } = signed
  return JSON.stringify({ certificateId, loginId, userId })
}
