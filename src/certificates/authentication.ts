/**
 * 証明書取得認証 — login ID and password, before a certificate is issued.
 *
 * The password is not enough for a certificate. What must follow is the token's code, or, only where
 * there is no token, the code of a letter: whoever has phished a password must not choose the
 * weaker way (certificates-and-security.md B1).
 */
import type { Company, User } from '#administration/index.ts'
import type { Authenticated, Came, LoginForm, LoginRefusal } from '#identity/index.ts'
import type { Challenge, ChallengeRefusal } from '#kit/challenge.ts'
import { newId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Tx } from '#platform/database/database.ts'
import { mayIssue } from './certificate.ts'
import { heldBy } from './certificates-store.ts'
import { newToken, tokenHash } from './entry-tokens.ts'
import { insertAuthentication, type Authentication } from './issue-store.ts'
import type { CertificateDesk, IssueDesk } from './needs.ts'
import { note } from './recording.ts'

export const issuePurpose = 'certificate-issue'

export interface AuthenticatedForIssue {
  readonly entryToken: string
  readonly user: User
  readonly company: Company
  readonly proof: 'token' | 'letter'
  readonly challenge: Challenge | null
  readonly expiresAt: Temporal.Instant
}

export type AuthenticationRefusal =
  | LoginRefusal
  | {
      readonly refuse:
        | 'certificates-not-used'
        | 'certificate-still-valid' // facts: validUntil
        | Exclude<ChallengeRefusal, 'token-missing'>
      readonly facts: Readonly<Record<string, string>>
    }

export function authenticateForIssue(
  needs: IssueDesk,
  form: LoginForm,
  came: Came,
): Promise<AuthenticatedForIssue | AuthenticationRefusal> {
  return needs.identity.authenticate<AuthenticatedForIssue | AuthenticationRefusal>(
    form,
    came,
    async (tx, who) => {
      const outcome = await begin(needs, tx, who, came.now)
      if ('refuse' in outcome) {
        const { id: userId, companyId } = who.user
        const operation = 'certificate-issue'
        await note(needs, tx, came, { userId, companyId, operation, refusal: outcome.refuse })
      }
      return outcome
    },
  )
}

async function begin(
  needs: IssueDesk,
  tx: Tx,
  { user, company }: Authenticated,
  now: Temporal.Instant,
): Promise<AuthenticatedForIssue | AuthenticationRefusal> {
  if (company.loginMethod === 'password') return { refuse: 'certificates-not-used', facts: {} }
  const held = await heldBy(tx, user.id)
  const issue = mayIssue(held, now)
  if (!issue.granted) return { refuse: issue.reason, facts: stillValidFacts(held) }

  const { id: userId, companyId } = user
  const id = newId<'certificate-authentication'>(now.epochMilliseconds)
  const asked = await askCode(needs, tx, { id, userId, companyId, user, company }, now)
  if (!asked.granted && asked.reason !== 'token-missing') {
    return { refuse: asked.reason, facts: {} }
  }
  const proof = asked.granted ? 'token' : 'letter'
  const entryToken = newToken()
  const expiresAt = now.add({ minutes: needs.parameters.authenticationMinutes })
  const made = { id, companyId, userId, proof, at: now, expiresAt } as const
  await insertAuthentication(tx, { ...made, entryHash: tokenHash(entryToken) })
  return {
    ...{ entryToken, user, company, proof, expiresAt },
    challenge: asked.granted ? asked.value : null,
  }
}

export function stillValidFacts(
  held: readonly { readonly state: string; readonly notAfter: Temporal.Instant }[],
): Readonly<Record<string, string>> {
  const valid = held.find(({ state }) => state === 'valid')
  return valid === undefined ? {} : { validUntil: valid.notAfter.toString() }
}

/** The 2D code of the issue; a newer one takes the place of the last. */
export function askCode(
  { signing }: Pick<CertificateDesk, 'signing'>,
  tx: Tx,
  asked: Pick<Authentication, 'id' | 'userId' | 'companyId'> & {
    readonly user: Pick<User, 'loginId'>
    readonly company: Pick<Company, 'name'>
  },
  now: Temporal.Instant,
): Promise<Outcome<Challenge, ChallengeRefusal>> {
  const { id, userId, companyId, user, company } = asked
  return signing.issue(
    tx,
    {
      signer: { companyId, userId },
      ...{ purpose: issuePurpose, subjectId: id },
      content: contentOf({ loginId: user.loginId, companyName: company.name }),
      canonical: canonicalIssue({ authenticationId: id, loginId: user.loginId, userId }),
    },
    now,
  )
}

/** What the code binds: RFC 8785 JSON, whose names stand in their order. */
export function canonicalIssue(signed: {
  readonly authenticationId: string
  readonly loginId: string
  readonly userId: string
}): string {
  const { authenticationId, loginId, userId } = signed
  return JSON.stringify({ authenticationId, loginId, userId })
}

/** So much of a long 企業名 fits into a 2D code beside the rest, three bytes a sign. */
const nameLengthMax = 50

export function contentOf(told: { readonly loginId: string; readonly companyName: string }) {
  const text = Array.from(told.companyName).slice(0, nameLengthMax).join('')
  return {
    template: 'certificate-issue',
    fields: [
      { tag: 'login-id', value: told.loginId },
      { tag: 'text', value: text },
    ],
  } as const
}
