/**
 * 電子証明書発行 — from the proof of 証明書取得認証 to the certificate.
 *
 * The code of the token, or of the letter, is used up in the transaction that issues. The same
 * request again, in the same authentication, gets the same certificate: an answer may be lost.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Company, User } from '#administration/index.ts'
import type { Challenge, ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import { refused, type Outcome } from '#kit/outcome.ts'
import type { Tx } from '#platform/database/database.ts'
import { askCode, canonicalIssue, issuePurpose, stillValidFacts } from './authentication.ts'
import { mayIssue, type Certificate } from './certificate.ts'
import { certificateByKey, hasHadOne, heldBy, lockUser } from './certificates-store.ts'
import { tokenHash } from './entry-tokens.ts'
import * as store from './issue-store.ts'
import type { Authentication } from './issue-store.ts'
import { issueUnderLock } from './issuing.ts'
import { letterCodeHash } from './letter-code.ts'
import type { CertificateDesk, IssueDesk } from './needs.ts'
import { note, noteRefusal, type Came } from './recording.ts'
import { readSigningRequest, type RequestedKey, type RequestRefusal } from './signing-request.ts'

export interface IssueForm {
  readonly request: Uint8Array // PKCS#10
  readonly challengeId: string | null
  readonly transactionCode: string | null
  readonly letterCode: string | null
}

export type IssueRefusal =
  | 'authentication-over'
  | RequestRefusal
  | 'certificate-still-valid'
  | 'letter-code-wrong' // facts: triesLeft
  | 'letter-code-spent'
  | CodeRefusal

export interface IssueDone {
  readonly certificate: Certificate
  readonly coolDownUntil: Temporal.Instant | null
}

type Refused<Reason extends string> = {
  readonly refuse: Reason
  readonly facts: Readonly<Record<string, string>>
}
const no = <const Reason extends string>(
  refuse: Reason,
  facts: Readonly<Record<string, string>> = {},
): Refused<Reason> => ({ refuse, facts })

/** Another 2D code for the same authentication. */
export async function renewIssueChallenge(
  needs: IssueDesk,
  entryToken: string | null,
  now: Temporal.Instant,
): Promise<Outcome<Challenge, 'authentication-over' | ChallengeRefusal>> {
  return needs.database.asBank(async (tx) => {
    const found = await openAuthentication(needs, tx, entryToken, now)
    if (found === null || found.certificateId !== null) return refused('authentication-over')
    return askCode(needs, tx, found, now)
  })
}

interface Found extends Authentication {
  readonly user: User
  readonly company: Company
}

/** @returns null when its time is over, or when its user or company was stopped since */
async function openAuthentication(
  { administration }: CertificateDesk,
  tx: Tx,
  entryToken: string | null,
  now: Temporal.Instant,
): Promise<Found | null> {
  if (entryToken === null) return null
  const found = await store.authenticationOf(tx, tokenHash(entryToken), now)
  if (found === null) return null
  const user = await administration.userById(tx, found.userId)
  const company = await administration.companyById(tx, found.companyId)
  if (user?.state !== 'active' || company?.state !== 'active') return null
  return { ...found, user, company }
}

interface Asked {
  readonly found: Found
  readonly entryToken: string
  readonly key: RequestedKey
  readonly form: IssueForm
  readonly came: Came
}

export async function issueByProof(
  needs: IssueDesk,
  { entryToken, form, ...came }: Came & { entryToken: string | null; form: IssueForm },
): Promise<IssueDone | Refused<IssueRefusal>> {
  const { database } = needs
  const found = await database.asBank((tx) => openAuthentication(needs, tx, entryToken, came.now))
  if (found === null || entryToken === null) return no('authentication-over')

  const key = readSigningRequest(form.request)
  const outcome = key.granted
    ? await withKey(needs, { found, entryToken, key: key.value, form, came })
    : no(key.reason)
  if ('refuse' in outcome) {
    const { userId, companyId } = found
    const refusal = outcome.refuse
    await noteRefusal(needs, came, { userId, companyId, operation: 'certificate-issue', refusal })
  }
  return outcome
}

async function withKey(needs: IssueDesk, asked: Asked): Promise<IssueDone | Refused<IssueRefusal>> {
  const before = () => needs.database.asBank((tx) => issuedBefore(needs, tx, asked))
  const issued = await before()
  if (issued !== null) return issued
  const outcome = await attempt(needs, asked)
  // The same request twice at once: the other one was faster.
  return 'refuse' in outcome ? ((await before()) ?? outcome) : outcome
}

async function attempt(needs: IssueDesk, asked: Asked): Promise<IssueDone | Refused<IssueRefusal>> {
  const { found, key, came } = asked
  if (found.certificateId !== null) return no('authentication-over')
  const { held, known } = await needs.database.asBank(async (tx) => ({
    held: await heldBy(tx, found.userId),
    known: await certificateByKey(tx, key.hash),
  }))
  if (known !== null) return no('key-not-taken')
  const allowed = mayIssue(held, came.now)
  if (!allowed.granted) return no(allowed.reason, stillValidFacts(held))
  // The chain is read on a connection of its own, so before there is a transaction.
  await needs.authority.chain()
  return found.proof === 'token' ? byToken(needs, asked) : byLetter(needs, asked)
}

/** What this authentication was issued for this very key. */
async function issuedBefore(
  { identity }: IssueDesk,
  tx: Tx,
  { entryToken, key, came: { now } }: Asked,
): Promise<IssueDone | null> {
  const present = await store.authenticationOf(tx, tokenHash(entryToken), now)
  const certificate = await certificateByKey(tx, key.hash)
  if (certificate === null || present?.certificateId !== certificate.id) return null
  return { certificate, coolDownUntil: await identity.coolDowns.until(tx, certificate, now) }
}

async function byToken(needs: IssueDesk, asked: Asked): Promise<IssueDone | Refused<IssueRefusal>> {
  const { found, form, came } = asked
  const { id, userId, companyId } = found
  const { challengeId, transactionCode } = form
  if (challengeId === null || transactionCode === null) return no('challenge-unknown')
  const redeemed = await needs.signing.redeem(
    {
      signer: { companyId, userId },
      ...{ purpose: issuePurpose, subjectId: id, challengeId, code: transactionCode },
    },
    came,
    {
      canonical: async (tx) => {
        await lockUser(tx, userId)
        const user = await needs.administration.userById(tx, userId)
        if (user === null) return null
        return canonicalIssue({ authenticationId: id, loginId: user.loginId, userId })
      },
      change: (tx) => issueOnce(needs, tx, asked),
    },
  )
  return redeemed.granted ? redeemed.value : no(redeemed.reason, redeemed.facts)
}

async function byLetter(
  needs: IssueDesk,
  asked: Asked,
): Promise<IssueDone | Refused<IssueRefusal>> {
  const { found, came } = asked
  const { database, signing } = needs
  const counted = await database.asCompany(found.companyId, async (tx) =>
    // Whoever has registered a token since signs with it.
    (await signing.hasToken(tx, found)) ? no('authentication-over') : countLetter(needs, tx, asked),
  )
  if ('refuse' in counted) return counted
  return database.asCompany(found.companyId, async (tx) => {
    await lockUser(tx, found.userId)
    if (!(await store.useLetter(tx, counted.letterId, came.now))) return no('letter-code-spent')
    return issueOnce(needs, tx, asked)
  })
}

/** The try is counted, and stays counted, before its code is known to be right. */
async function countLetter(
  { parameters }: CertificateDesk,
  tx: Tx,
  { found, form, came: { now } }: Asked,
): Promise<{ letterId: string } | Refused<'letter-code-wrong' | 'letter-code-spent'>> {
  const letter = await store.openLetter(tx, found.userId)
  if (letter === null || letter.tries >= parameters.letterCodeTries) return no('letter-code-spent')
  if (Temporal.Instant.compare(now, letter.expiresAt) >= 0) return no('letter-code-spent')
  await store.countLetterTry(tx, letter.id)
  if (timingSafeEqual(letterCodeHash(form.letterCode ?? ''), letter.codeHash)) {
    return { letterId: letter.id }
  }
  const triesLeft = parameters.letterCodeTries - letter.tries - 1
  return no('letter-code-wrong', { triesLeft: String(triesLeft) })
}

/** Under the user's lock, in the transaction that uses up the proof. */
async function issueOnce(
  needs: IssueDesk,
  tx: Tx,
  { found, entryToken, key, came }: Asked,
): Promise<
  IssueDone | Refused<'authentication-over' | 'certificate-still-valid' | 'key-not-taken'>
> {
  const { user, userId, companyId, proof } = found
  const { now } = came
  const present = await store.authenticationOf(tx, tokenHash(entryToken), now)
  if (present === null || present.certificateId !== null) return no('authentication-over')
  const held = await heldBy(tx, userId)
  const allowed = mayIssue(held, now)
  if (!allowed.granted) return no(allowed.reason, stillValidFacts(held))
  if ((await certificateByKey(tx, key.hash)) !== null) return no('key-not-taken')
  const again = await hasHadOne(tx, userId)

  const certificate = await issueUnderLock(needs, tx, { user, key, proof, ...allowed.value }, now)
  const used = { id: found.id, certificateId: certificate.id }
  if (!(await store.useAuthentication(tx, used))) throw new Error('issued twice by one proof')
  const cause = { companyId, userId, cause: 'certificate-issued' } as const
  const coolDownUntil = again ? await needs.identity.coolDowns.begin(tx, cause, now) : null
  const { notAfter: validUntil, serialNumber } = certificate
  const facts = { userName: user.name, at: now, validUntil }
  const mail = { companyId, userId, template: 'certificate-issued', facts } as const
  await needs.mails.queueToUserAndMasters(tx, mail, now)
  await note(needs, tx, came, {
    ...{ companyId, userId, operation: 'certificate-issue' },
    facts: { certificate: serialNumber },
  })
  return { certificate, coolDownUntil }
}
