/**
 * セッション — from the right password to logout.
 *
 *   (right password) ──▶ signing-in ──chain passed, new id and token──▶ signed-in
 *                             │                                             │
 *                             └──── idle · absolute · replaced · stopped · logged-out ────▶ ended
 *
 * One live session per user: a login ends the one before it, whose browser is told `replaced`.
 */
import type { Company, User } from '#administration/index.ts'
import { newId, type SessionId } from '#kit/ids.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { SessionEnd, Sessions } from '#platform/http/sessions.ts'
import type { Tx } from '#platform/database/database.ts'
import { networksOf } from '#platform/http/origin.ts'
import { nextAfterLogin, type ChangeReason, type Stop } from './after-login.ts'
import { browserOf } from './browser.ts'
import type { SessionLimits, Step } from './contract.ts'
import { credentialOf, type Credential } from './credentials-store.ts'
import { lockOf } from './lock.ts'
import type { IdentityNeeds } from './needs.ts'
import type { IdentityParameters } from './parameters.ts'
import * as store from './sessions-store.ts'
import type { Session } from './sessions-store.ts'
import { rememberDevice } from './strangers-store.ts'
import { newToken, tokenForm, tokenHash } from './tokens.ts'

export interface Came {
  readonly origin: Origin
  readonly now: Temporal.Instant
  readonly deviceToken: string | null
}

/** The tokens that the browser is to keep from now on. */
export interface Renewed {
  readonly token: string
  readonly deviceToken: string
}

export type NextScreen = { readonly show: Step } | Stop
export type Advance =
  | { readonly next: Step; readonly renewed: Renewed | null }
  | Stop
  | { readonly over: true }

export interface SessionKeeper extends Sessions {
  /** A new session at the beginning of the chain. Runs as the bank. */
  begin(
    tx: Tx,
    user: User,
    came: Came & { readonly knownDevice: boolean; readonly certificateId: string | null },
  ): Promise<BegunSession>
  /** Which screen is next, and nothing more. */
  whereNext(tx: Tx, session: Session, now: Temporal.Instant): Promise<NextScreen>
  /** Which screen is next; the session becomes signed-in where none is left before the top page. */
  advance(
    session: { readonly id: SessionId; readonly companyId: Visitor['companyId'] },
    came: Came,
  ): Promise<Advance>
  limitsOf(session: Session, now: Temporal.Instant): SessionLimits
  logout(visitor: Visitor, came: Came): Promise<void>
}

export interface BegunSession {
  readonly id: SessionId
  readonly companyId: Visitor['companyId']
  readonly token: string
}

type Needs = IdentityNeeds & { readonly parameters: IdentityParameters }

export function createSessionKeeper(needs: Needs): SessionKeeper {
  const { database, history, parameters } = needs

  const begin: SessionKeeper['begin'] = async (tx, user, came) => {
    const { origin, now, knownDevice, certificateId } = came
    const { id: userId, companyId } = user
    const token = newToken()
    const id = newId<'session'>(now.epochMilliseconds)
    await store.beginSession(tx, {
      id,
      userId,
      companyId,
      tokenHash: tokenHash(token),
      startedAt: now,
      browser: browserOf(origin.userAgent),
      address: origin.address,
      certificateId,
    })
    const loginId = newId<'login'>(now.epochMilliseconds)
    await store.insertLogin(tx, { id: loginId, userId, companyId, at: now, knownDevice, origin })
    return { id, companyId, token }
  }

  const advance: SessionKeeper['advance'] = async ({ id, companyId }, came) => {
    const found = await database.asCompany(companyId, async (tx) => {
      const session = await store.liveSession(tx, id)
      if (session === null) return null
      return { session, next: await whereNext(tx, session, needs, came.now) }
    })
    if (found === null) return { over: true }
    const { session, next } = found
    if ('refuse' in next) return next
    if (next.show !== 'home' || session.stage === 'signed-in') {
      return { next: next.show, renewed: null }
    }
    const renewed = await database.asBank((tx) => complete(tx, session, came))
    return renewed === null ? { over: true } : { next: 'home', renewed }
  }

  return {
    begin,
    advance,
    whereNext: (tx, session, now) => whereNext(tx, session, needs, now),
    visitorFor: (token, origin, now, how) =>
      visitorFor(needs, { token, origin, now, silent: how?.silent ?? false }),
    limitsOf: ({ startedAt, lastSeenAt }, now) =>
      limits(parameters, { startedAt, lastSeenAt, now }),
    logout: async (visitor, { origin, now }) => {
      const { sessionId: id, companyId, userId } = visitor
      await database.asCompany(companyId, async (tx) => {
        if (!(await store.endSession(tx, { id, as: 'logged-out', now }))) return
        const what = { operation: 'logout', result: 'done' } as const
        await history.record(tx, { ...what, at: now, companyId, userId, origin })
      })
    },
  }
}

/** Runs as the bank: colleagues of another company may share the browser. */
async function complete(tx: Tx, session: Session, came: Came): Promise<Renewed | null> {
  const { userId, companyId } = session
  const { now, origin, deviceToken: before } = came
  const renewed = { token: newToken(), deviceToken: newToken() }
  const renewedHere = await store.renewSession(tx, {
    id: session.id,
    newId: newId<'session'>(now.epochMilliseconds),
    tokenHash: tokenHash(renewed.token),
  })
  if (!renewedHere) return null
  await rememberDevice(tx, {
    userId,
    companyId,
    before: before === null ? null : tokenHash(before),
    hash: tokenHash(renewed.deviceToken),
    network: networksOf(origin.address).own,
    now,
  })
  return renewed
}

async function whereNext(
  tx: Tx,
  session: Session,
  needs: Needs,
  now: Temporal.Instant,
): Promise<NextScreen> {
  if (session.stage === 'signed-in') return { show: 'home' }
  const { administration, loginNotices, tokenSteps, parameters } = needs
  const user = await administration.userById(tx, session.userId)
  const company = await administration.companyById(tx, session.companyId)
  const credential = await credentialOf(tx, session.userId)
  if (user === null || company === null || credential === null) {
    throw new Error(`session ${session.id} belongs to nobody who could log in`)
  }
  const notices = await loginNotices.pending(tx, session, now)
  const tokenStep = await tokenSteps.stepOf(tx, user, { startedAt: session.startedAt, now })
  return nextAfterLogin({
    now,
    loginLock: lockOf(credential.errors.login, now, parameters.loginLock),
    userState: user.state,
    companyState: company.state,
    serviceHours: parameters.serviceHours,
    passwordChange: changeReasons(credential),
    passwordChangeResultUnseen: session.passwordsChanged !== null,
    tokenStep,
    loginNoticesPending: notices.length,
  })
}

export function changeReasons(credential: Credential): readonly ChangeReason[] {
  const reasons: ChangeReason[] = []
  if (credential.changeRequired) reasons.push('change-required')
  if (credential.confirmationHash === null) reasons.push('confirmation-missing')
  return reasons
}

function limits(
  { session: { idleMinutes, warningMinutes, absoluteHours } }: IdentityParameters,
  at: { startedAt: Temporal.Instant; lastSeenAt: Temporal.Instant; now: Temporal.Instant },
): SessionLimits {
  const idleEndsAt = at.lastSeenAt.add({ minutes: idleMinutes })
  const endsAt = at.startedAt.add({ hours: absoluteHours })
  const first = Temporal.Instant.compare(idleEndsAt, endsAt) < 0 ? idleEndsAt : endsAt
  return {
    now: at.now.toString(),
    warnsAt: first.subtract({ minutes: warningMinutes }).toString(),
    idleEndsAt: idleEndsAt.toString(),
    endsAt: endsAt.toString(),
  }
}

interface Asked {
  readonly token: string
  readonly origin: Origin
  readonly now: Temporal.Instant
  readonly silent: boolean
}

async function visitorFor(needs: Needs, asked: Asked): ReturnType<Sessions['visitorFor']> {
  const { token, now } = asked
  if (!tokenForm.test(token)) return { ended: 'unknown' }
  const { idleMinutes, absoluteHours } = needs.parameters.session
  const hash = tokenHash(token)
  const idleSince = now.subtract({ minutes: idleMinutes })
  const startedSince = now.subtract({ hours: absoluteHours })

  const seen = await needs.database.asBank(async (tx) => {
    const limits = { tokenHash: hash, idleSince, startedSince }
    const session = asked.silent
      ? await store.sessionWithin(tx, limits)
      : await store.touchSession(tx, { ...limits, now })
    if (session === null) return null
    const user = await needs.administration.userById(tx, session.userId)
    const company = await needs.administration.companyById(tx, session.companyId)
    if (!asked.silent) await noteBrowser(tx, session, asked.origin, needs)
    const { certificateId } = session
    const stands =
      certificateId === null || (await needs.certificateEntry.isValid(tx, certificateId, now))
    return { session, user, company, stands }
  })
  if (seen === null) return { ended: await settleEnd(needs, asked, { hash, startedSince }) }

  const { session, user, company, stands } = seen
  // A certificate that is revoked ends what was begun with it (C2 #8).
  if (user?.state !== 'active' || company?.state !== 'active' || !stands) {
    await end(needs, asked, { session, as: 'stopped' })
    return { ended: 'stopped' }
  }
  return { visitor: visitorOf(session, user, company) }
}

/** The token does not change hands within one browser; an update may change what it calls itself. */
async function noteBrowser(tx: Tx, session: Session, origin: Origin, needs: Needs): Promise<void> {
  const browser = browserOf(origin.userAgent)
  if (browser === session.browser) return
  const { id: sessionId, userId, browser: before } = session
  needs.log?.('a session went on in another browser', { sessionId, userId, before, browser })
  await store.saveBrowser(tx, session.id, browser)
}

async function settleEnd(
  needs: Needs,
  asked: Asked,
  { hash, startedSince }: { hash: Uint8Array; startedSince: Temporal.Instant },
): Promise<SessionEnd> {
  const session = await needs.database.asBank((tx) => store.sessionByToken(tx, hash))
  if (session === null || session.endedAs === 'logged-out') return 'unknown'
  if (session.endedAs !== null) return session.endedAs
  const overAbsolute = Temporal.Instant.compare(session.startedAt, startedSince) <= 0
  const as = overAbsolute ? 'absolute' : 'idle'
  await end(needs, asked, { session, as })
  return as
}

async function end(
  { database, history }: Needs,
  { origin, now }: Asked,
  { session, as }: { session: Session; as: 'idle' | 'absolute' | 'stopped' },
): Promise<void> {
  const { id, companyId, userId } = session
  await database.asCompany(companyId, async (tx) => {
    if (!(await store.endSession(tx, { id, as, now }))) return
    await history.record(tx, {
      at: now,
      companyId,
      userId,
      operation: 'session-expired',
      result: 'done',
      reason: as,
      origin,
    })
  })
}

function visitorOf(session: Session, user: User, company: Company): Visitor {
  return {
    sessionId: session.id,
    companyId: company.id,
    companyName: company.name,
    userId: user.id,
    loginId: user.loginId,
    userName: user.name,
    role: user.role,
    rights: user.rights,
    stage: session.stage,
  }
}
