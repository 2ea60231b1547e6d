/** ログイン — what the browser may ask. The rules are in the files named after them. */
import type { CompanyId, SessionId } from '#kit/ids.ts'
import { rights } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { refuse, routes, type Call, type Handlers, type Routes } from '#platform/http/routes.ts'
import type { OperationHistory } from '#operation-history/index.ts'
import { contract, type SessionFacts, type Step } from './contract.ts'
import type { CertificateEntry } from './certificate-entry.ts'
import type { Login } from './login.ts'
import type { LoginNotice, LoginNotices } from './login-notices.ts'
import { changeDue, type createPasswordChange } from './password-change.ts'
import type { PasswordPolicy } from './passwords.ts'
import type { SessionKeeper } from './session-keeper.ts'
import * as sessions from './sessions-store.ts'
import { newToken, tokenForm } from './tokens.ts'

export interface RouteNeeds {
  readonly database: Database
  readonly history: Pick<OperationHistory, 'record'>
  readonly loginNotices: LoginNotices
  readonly certificateEntry: CertificateEntry
  readonly keeper: SessionKeeper
  readonly login: Login
  readonly changePasswords: ReturnType<typeof createPasswordChange>
  readonly policy: PasswordPolicy
}

type Answers = Handlers<typeof contract>
type Arrival = Pick<
  Call<(typeof contract)['login']>,
  'origin' | 'now' | 'deviceToken' | 'entryToken' | 'reply'
>

/** 最近３回のログイン日時 */
const loginsShown = 3

export function identityRoutes(needs: RouteNeeds): Routes {
  return routes(contract, {
    login: ({ input, ...call }) => login(needs, input.body, call),
    showSession: (call) => showSession(needs, call),
    keepSession: ({ visitor, now }) => keepSession(needs, { visitor, now }),
    logout: async ({ visitor, reply, ...came }) => {
      await needs.keeper.logout(visitor, came)
      reply.endSession()
      return undefined
    },
    ...certificateRoutes(needs),
    ...passwordRoutes(needs),
    ...noticeRoutes(needs),
  })
}

async function login(
  { keeper, login: attempt }: RouteNeeds,
  {
    byCertificate = false,
    ...form
  }: { loginId: string; loginPassword: string; byCertificate?: boolean | undefined },
  { reply, ...came }: Arrival,
) {
  const { entryToken } = came
  if (byCertificate && entryToken === null) return refuse('certificate-login-over')
  const outcome = await attempt(form, came, byCertificate ? entryToken : null)
  if ('refuse' in outcome) return refuse(outcome.refuse, { facts: outcome.facts })
  if (byCertificate) reply.holdEntry(null)
  const { begun } = outcome
  const advanced = await keeper.advance(begun, came)
  if ('over' in advanced) {
    // Replaced by another login at this very moment: the next call is told so.
    reply.beginSession(begun.token)
    return { next: 'home' as const }
  }
  if ('refuse' in advanced) return refuse(advanced.refuse, { facts: advanced.facts })
  reply.beginSession(advanced.renewed?.token ?? begun.token)
  if (advanced.renewed !== null) reply.rememberDevice(advanced.renewed.deviceToken)
  return { next: advanced.next }
}

function certificateRoutes({
  database,
  certificateEntry,
}: RouteNeeds): Pick<Answers, 'beginCertificateLogin' | 'takeCertificateTicket'> {
  return {
    beginCertificateLogin: async ({ origin, reply }) => {
      const entryToken = newToken()
      const address = certificateEntry.addressFor(entryToken, origin.language)
      if (address === null) return refuse('certificate-login-closed')
      reply.holdEntry(entryToken)
      return { address }
    },

    takeCertificateTicket: async ({ input, entryToken, now }) => {
      const { ticket } = input.body
      // A ticket without the browser that began is somebody else's, or a planted one.
      if (entryToken === null || !tokenForm.test(ticket)) return refuse('ticket-over')
      const taken = await database.asBank((tx) =>
        certificateEntry.takeTicket(tx, { ticket, entryToken }, now),
      )
      if (taken === null) return refuse('ticket-over')
      return { loginId: taken.loginId, expiresAt: taken.expiresAt.toString() }
    },
  }
}

/** Asks the chain, and hands the browser its new tokens where the chain was passed. */
async function goOn(
  { keeper }: RouteNeeds,
  session: { id: SessionId; companyId: CompanyId },
  { reply, ...came }: Arrival,
) {
  const advanced = await keeper.advance(session, came)
  if ('over' in advanced) return refuse('session-over')
  if ('refuse' in advanced) return refuse(advanced.refuse, { facts: advanced.facts })
  if (advanced.renewed !== null) {
    reply.beginSession(advanced.renewed.token)
    reply.rememberDevice(advanced.renewed.deviceToken)
  }
  return { next: advanced.next }
}

function sessionOf({ sessionId: id, companyId }: Visitor) {
  return { id, companyId }
}

async function showSession(needs: RouteNeeds, call: Call<(typeof contract)['showSession']>) {
  const { visitor, now } = call
  const { companyId } = visitor
  const known = await needs.database.asCompany(companyId, async (tx) => {
    const session = await sessions.liveSession(tx, visitor.sessionId)
    if (session === null) return null
    return { session, lastLogins: await sessions.lastLogins(tx, visitor, loginsShown) }
  })
  if (known === null) return refuse('session-over')
  const next = await goOn(needs, sessionOf(visitor), call)
  if ('refusal' in next) return next
  return factsOf(needs, { ...known, visitor, now, next: next.next })
}

function factsOf(
  { keeper }: RouteNeeds,
  known: {
    visitor: Visitor
    session: sessions.Session
    lastLogins: readonly Temporal.Instant[]
    now: Temporal.Instant
    next: Step
  },
): SessionFacts {
  const { visitor, session, lastLogins, now, next } = known
  return {
    next,
    stage: next === 'home' ? 'signed-in' : 'signing-in',
    user: { loginId: visitor.loginId, name: visitor.userName, role: visitor.role },
    company: { name: visitor.companyName },
    rights: rights.filter((right) => visitor.rights.has(right)),
    loggedInAt: session.startedAt.toString(),
    lastLogins: lastLogins.map(String),
    limits: keeper.limitsOf(session, now),
  }
}

async function keepSession(
  { database, keeper }: RouteNeeds,
  { visitor, now }: { visitor: Visitor; now: Temporal.Instant },
) {
  // That the visitor was recognised has moved the idle limit already.
  const session = await database.asCompany(visitor.companyId, (tx) =>
    sessions.liveSession(tx, visitor.sessionId),
  )
  return session === null ? refuse('session-over') : keeper.limitsOf(session, now)
}

type PasswordAnswers =
  | 'showPasswordChange'
  | 'changePasswords'
  | 'showPasswordChangeResult'
  | 'confirmPasswordChangeResult'

function passwordRoutes(needs: RouteNeeds): Pick<Answers, PasswordAnswers> {
  const { database, policy } = needs
  return {
    showPasswordChange: async ({ visitor }) => {
      const due = await database.asCompany(visitor.companyId, (tx) => changeDue(tx, visitor))
      if (due === null) return refuse('session-over')
      if (due.reasons.length === 0) return refuse('no-password-change-due')
      const { profile, lengthMin, lengthMax } = policy
      const { reasons, fields } = due
      return { reasons: [...reasons], fields: [...fields], profile, lengthMin, lengthMax }
    },

    changePasswords: async ({ visitor, input, ...came }) => {
      const refused = await needs.changePasswords(visitor, input.body, came)
      if (refused === null) return { next: 'password-change-result' }
      const { refuse: name, ...more } = refused
      return refuse(name, more)
    },

    showPasswordChangeResult: async ({ visitor }) => {
      const session = await database.asCompany(visitor.companyId, (tx) =>
        sessions.liveSession(tx, visitor.sessionId),
      )
      if (session === null) return refuse('session-over')
      const { passwordsChanged } = session
      if (passwordsChanged === null) return refuse('no-password-change-result')
      return {
        changedAt: passwordsChanged.at.toString(),
        changed: passwordsChanged.kinds.map((kind) => `${kind}-password` as const),
      }
    },

    confirmPasswordChangeResult: async ({ visitor, ...call }) => {
      const refused = await database.asCompany(visitor.companyId, async (tx) => {
        const session = await sessions.liveSession(tx, visitor.sessionId)
        if (session === null) return refuse('session-over')
        if (session.passwordsChanged === null) return refuse('no-password-change-result')
        await sessions.savePasswordsChanged(tx, { id: session.id, changed: null })
        return null
      })
      return refused ?? goOn(needs, sessionOf(visitor), call)
    },
  }
}

function noticeRoutes(
  needs: RouteNeeds,
): Pick<Answers, 'showLoginNotices' | 'acknowledgeLoginNotices'> {
  const { database, loginNotices, history, keeper } = needs

  /** Runs `work` with what is to be shown, where the notices are the screen that is next. */
  const whenDue = <T>(
    { companyId, sessionId }: Visitor,
    now: Temporal.Instant,
    work: (tx: Tx, pending: readonly LoginNotice[]) => Promise<T>,
  ) =>
    database.asCompany(companyId, async (tx) => {
      const session = await sessions.liveSession(tx, sessionId)
      if (session === null) return refuse('session-over')
      const next = await keeper.whereNext(tx, session, now)
      if (!('show' in next) || next.show !== 'login-notices') return refuse('login-notices-not-due')
      return work(tx, await loginNotices.pending(tx, session, now))
    })

  return {
    showLoginNotices: ({ visitor, now }) =>
      whenDue(visitor, now, async (_tx, pending) => ({ notices: pending.map(shown) })),

    acknowledgeLoginNotices: async ({ visitor, input, ...call }) => {
      const { companyId, userId } = visitor
      const { now: at, origin } = call
      const refused = await whenDue(visitor, at, async (tx, pending) => {
        const seen = pending.map(({ id }) => id).filter((id) => input.body.notices.includes(id))
        if (seen.length === 0) return null
        await loginNotices.acknowledge(tx, visitor, seen, at)
        const facts = { notices: seen.join(' ') }
        const operation = 'login-notice-read'
        await history.record(tx, {
          at,
          companyId,
          userId,
          operation,
          result: 'done',
          facts,
          origin,
        })
        return null
      })
      return refused ?? goOn(needs, sessionOf(visitor), call)
    },
  }
}

function shown({ paragraphs, english, publishedAt, ...same }: LoginNotice) {
  return {
    ...same,
    paragraphs: [...paragraphs],
    english: english && { ...english, paragraphs: [...english.paragraphs] },
    publishedAt: publishedAt.toString(),
  }
}
