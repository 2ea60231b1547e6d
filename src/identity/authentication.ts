/**
 * 本人確認 — login ID, or a shown certificate, and the login password.
 *
 * Three steps, so that no database connection is held while a password is hashed: the attempt is
 * counted, the password is verified, the verdict is stored. What is asked of the database and the
 * hash is the same for an ID that nobody has, and so are answer, status and time. 電子証明書発行
 * asks the same question as the login, counted in the same lanes.
 */
import type { Company, User } from '#administration/index.ts'
import type { CompanyId } from '#kit/ids.ts'
import type { OperationRecord } from '#operation-history/index.ts'
import type { Tx } from '#platform/database/database.ts'
import { networksOf } from '#platform/http/origin.ts'
import { nextAfterLogin, type Stop } from './after-login.ts'
import { countAttempt, forgive, type Counted, type Lane } from './attempts.ts'
import type { ShownCertificate } from './certificate-entry.ts'
import { credentialOf, replaceHash } from './credentials-store.ts'
import type { Hashing, Seat } from './hashing.ts'
import { lockOf, noErrors, type Errors, type Locked } from './lock.ts'
import type { IdentityNeeds } from './needs.ts'
import type { IdentityParameters } from './parameters.ts'
import type { Came } from './session-keeper.ts'
import { tokenForm, tokenHash } from './tokens.ts'

export interface LoginForm {
  readonly loginId: string
  readonly loginPassword: string
}

export type LoginRefusal = {
  readonly refuse: 'busy' | 'certificate-login-over' | 'login-failed' | Stop['refuse']
  readonly facts: Readonly<Record<string, string>>
}

/** What is asked, and for what: the operation under which it is recorded. */
export interface Try {
  readonly form: LoginForm
  readonly came: Came
  readonly operation: 'login' | 'certificate-issue'
  /** 電子証明書方式: the certificate says who it is, and the typed ID is not looked at. */
  readonly shownBy: string | null // the entry cookie's token
}

export interface Authenticated {
  readonly user: User
  readonly company: Company
  readonly knownDevice: boolean
  readonly certificate: ShownCertificate | null
}

export type AuthenticationNeeds = IdentityNeeds & {
  readonly parameters: IdentityParameters
  readonly hashing: Hashing
}

type Open = Extract<Counted, { open: true }> & {
  readonly user: User | null
  readonly company: Company | null
  readonly certificate: ShownCertificate | null
}

/**
 * @param onceKnown runs where the password was right and every gate is open, in the transaction that
 * forgives the attempt
 */
export async function authenticate<Value extends object>(
  needs: AuthenticationNeeds,
  tried: Try,
  onceKnown: (tx: Tx, who: Authenticated) => Promise<Value>,
): Promise<Value | LoginRefusal> {
  // First of all: a place to hash. Whoever gets none has not tried a password either.
  const seat = needs.hashing.takeSeat()
  if (seat === null) return { refuse: 'busy', facts: {} }
  try {
    return await inSeat(needs, seat, { tried, onceKnown })
  } finally {
    seat.leave()
  }
}

async function inSeat<Value extends object>(
  needs: AuthenticationNeeds,
  seat: Seat,
  { tried, onceKnown }: { tried: Try; onceKnown: (tx: Tx, who: Authenticated) => Promise<Value> },
): Promise<Value | LoginRefusal> {
  const { loginPassword } = tried.form
  const counted = await count(needs, tried)
  if ('refuse' in counted) return counted

  const { user, company, credential, certificate } = counted
  const owner = `${user?.id ?? 'nobody'}:login` as const
  const verdict = await seat.verify(loginPassword, credential?.loginHash ?? null, owner)
  if (user === null || company === null || credential === null || !verdict.right) {
    return fail(needs, tried, { counted, reason: wrongReason(counted) })
  }
  // To the other way in, this company's door looks as if the password were wrong (C2 #7).
  const closed = tried.operation === 'login' && wrongDoor(company, certificate)
  if (closed) return fail(needs, tried, { counted, reason: closed })
  const rehashed = verdict.outdated ? await seat.hash(loginPassword, owner) : null

  return needs.database.asBank(async (tx) => {
    // Holds the row, so that of two logins at once one ends the other's session.
    const held = await credentialOf(tx, user.id, { lock: true })
    await forgive(tx, counted.lane)
    // A lock of the user's own devices is the user's, and holds wherever he comes from.
    const errors = held === null || counted.lane.kind === 'own' ? noErrors : held.errors.login
    if (rehashed !== null) {
      const { loginHash: from } = credential
      await replaceHash(tx, { userId: user.id, kind: 'login', from, to: rehashed })
    }
    const stop = gates(needs, { user, company, errors, tried })
    if (stop !== null) {
      await record(needs, tx, tried, { user, result: 'refused', reason: stop.refuse })
      return stop
    }
    return onceKnown(tx, { user, company, certificate, knownDevice: counted.lane.kind === 'own' })
  })
}

/** ログイン方式 of the contract: certificate, ID and password, or either. */
function wrongDoor(company: Company, certificate: ShownCertificate | null): string | null {
  if (company.loginMethod === 'certificate' && certificate === null) return 'certificate-required'
  if (company.loginMethod === 'password' && certificate !== null) return 'certificate-not-used'
  return null
}

/** The gates of the chain, asked before anything is begun. */
function gates(
  { parameters }: AuthenticationNeeds,
  { user, company, errors, tried }: { user: User; company: Company; errors: Errors; tried: Try },
): Stop | null {
  const next = nextAfterLogin({
    now: tried.came.now,
    loginLock: lockOf(errors, tried.came.now, parameters.loginLock),
    userState: user.state,
    companyState: company.state,
    serviceHours: parameters.serviceHours,
    passwordChange: [],
    passwordChangeResultUnseen: false,
    tokenStep: 'done',
    loginNoticesPending: 0,
  })
  return 'refuse' in next ? next : null
}

async function count(needs: AuthenticationNeeds, tried: Try): Promise<Open | LoginRefusal> {
  const { database, vault, administration, certificateEntry, parameters } = needs
  const { origin, now, deviceToken } = tried.came
  const deviceHash =
    deviceToken !== null && tokenForm.test(deviceToken) ? tokenHash(deviceToken) : null

  return database.asBank(async (tx) => {
    const { shownBy } = tried
    const certificate = shownBy === null ? null : await certificateEntry.shownBy(tx, shownBy, now)
    if (shownBy !== null && certificate === null) {
      return { refuse: 'certificate-login-over' as const, facts: {} }
    }
    const user =
      certificate === null
        ? await administration.userByLoginId(tx, readableLoginId(tried.form.loginId))
        : await administration.userById(tx, certificate.userId)
    const company = await administration.companyById(tx, user?.companyId ?? noCompany)
    const loginId = certificate === null ? tried.form.loginId : (user?.loginId ?? '')
    const loginIdMac = await vault.mac('unknown-login-ids', Buffer.from(loginId))
    const attempt = { loginIdMac, user, network: networksOf(origin.address).own, deviceHash }
    const counted = await countAttempt(tx, attempt, { now, parameters })
    if (counted.open) return { ...counted, user, company, certificate }
    const refusal = lockRefusal(counted.lock)
    await record(needs, tx, tried, { user, result: 'refused', reason: refusal.refuse })
    return refusal
  })
}

/** Stands for the company where there is none, so that the same questions are asked. */
const noCompany = '00000000-0000-7000-8000-000000000000' as CompanyId

/** PostgreSQL takes no NUL and no half of a character; no login ID has either. */
function readableLoginId(loginId: string): string {
  return /^[!-~]{1,64}$/.test(loginId) ? loginId : ''
}

async function fail(
  needs: AuthenticationNeeds,
  tried: Try,
  { counted, reason }: { counted: Open; reason: string },
): Promise<LoginRefusal> {
  const { user, errors, lane } = counted
  const lock = lockOf(errors, tried.came.now, needs.parameters.loginLock)
  await needs.database.asBank(async (tx) => {
    await record(needs, tx, tried, { user, result: 'refused', reason })
    if (lock.state !== 'open') await recordLock(needs, tx, tried, { user, lane, lock })
  })
  return lock.state === 'open' ? { refuse: 'login-failed', facts: {} } : lockRefusal(lock)
}

function wrongReason({ user, credential }: Open): string {
  if (user === null) return 'login-id-unknown'
  return credential === null ? 'login-password-unregistered' : 'login-password-wrong'
}

export function lockRefusal(lock: Locked): {
  readonly refuse: 'login-paused' | 'login-stopped'
  readonly facts: Readonly<Record<string, string>>
} {
  if (lock.state === 'stopped') return { refuse: 'login-stopped', facts: {} }
  return { refuse: 'login-paused', facts: { until: lock.until.toString() } }
}

export async function record(
  { history }: Pick<AuthenticationNeeds, 'history'>,
  tx: Tx,
  { operation, came: { now, origin } }: Try,
  entry: { user: User | null } & Pick<OperationRecord, 'result' | 'reason' | 'facts'>,
): Promise<void> {
  const { user, ...said } = entry
  const [companyId, userId] = [user?.companyId ?? null, user?.id ?? null]
  await history.record(tx, { at: now, companyId, userId, operation, ...said, origin })
}

async function recordLock(
  { history }: AuthenticationNeeds,
  tx: Tx,
  { came: { now, origin } }: Try,
  { user, lane, lock }: { user: User | null; lane: Lane; lock: Locked },
): Promise<void> {
  await history.record(tx, {
    at: now,
    companyId: user?.companyId ?? null,
    userId: user?.id ?? null,
    operation: 'login-locked',
    result: 'done',
    reason: lockRefusal(lock).refuse,
    facts: { for: lane.kind === 'own' ? 'user' : lane.network },
    origin,
  })
}
