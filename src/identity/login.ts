/**
 * ログイン — by login ID and login password.
 *
 * Three steps, so that no database connection is held while a password is hashed: the attempt is
 * counted, the password is verified, the verdict is stored. What is asked of the database and the
 * hash is the same for an ID that nobody has, and so are answer, status and time.
 */
import type { Company, User } from '#administration/index.ts'
import type { CompanyId } from '#kit/ids.ts'
import type { OperationRecord } from '#operation-history/index.ts'
import type { Tx } from '#platform/database/database.ts'
import { networksOf } from '#platform/http/origin.ts'
import { nextAfterLogin, type Stop } from './after-login.ts'
import { countAttempt, forgive, type Counted, type Lane } from './attempts.ts'
import { credentialOf, replaceHash } from './credentials-store.ts'
import type { Hashing, Seat } from './hashing.ts'
import { lockOf, noErrors, type Errors, type Locked } from './lock.ts'
import type { IdentityNeeds } from './needs.ts'
import type { IdentityParameters } from './parameters.ts'
import type { BegunSession, Came, SessionKeeper } from './session-keeper.ts'
import { tokenForm, tokenHash } from './tokens.ts'

export interface LoginForm {
  readonly loginId: string
  readonly loginPassword: string
}

export type LoginRefusal = {
  readonly refuse: 'busy' | 'login-failed' | Stop['refuse']
  readonly facts: Readonly<Record<string, string>>
}
export type LoginOutcome = { readonly begun: BegunSession } | LoginRefusal

export interface Login {
  (form: LoginForm, came: Came): Promise<LoginOutcome>
}

type Needs = IdentityNeeds & {
  readonly parameters: IdentityParameters
  readonly hashing: Hashing
  readonly keeper: SessionKeeper
}

export function createLogin(needs: Needs): Login {
  return async (form, came) => {
    // First of all: a place to hash. Whoever gets none has not tried a password either.
    const seat = needs.hashing.takeSeat()
    if (seat === null) return { refuse: 'busy', facts: {} }
    try {
      return await attemptLogin(needs, seat, { form, came })
    } finally {
      seat.leave()
    }
  }
}

interface Try {
  readonly form: LoginForm
  readonly came: Came
}

type Open = Extract<Counted, { open: true }> & {
  readonly user: User | null
  readonly company: Company | null
}

async function attemptLogin(needs: Needs, seat: Seat, tried: Try): Promise<LoginOutcome> {
  const { loginPassword } = tried.form
  const counted = await count(needs, tried)
  if ('refuse' in counted) return counted

  const { user, company, credential } = counted
  const owner = `${user?.id ?? 'nobody'}:login` as const
  const verdict = await seat.verify(loginPassword, credential?.loginHash ?? null, owner)
  if (user === null || company === null || credential === null || !verdict.right) {
    return fail(needs, tried, { counted, reason: wrongReason(counted) })
  }
  // To a password alone, this company's door looks as if the password were wrong (C2 #7).
  if (company.loginMethod === 'certificate') {
    return fail(needs, tried, { counted, reason: 'certificate-required' })
  }
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
    const closed = gates(needs, { user, company, errors, tried })
    if (closed !== null) {
      await record(needs, tx, tried, { user, result: 'refused', reason: closed.refuse })
      return closed
    }
    const knownDevice = counted.lane.kind === 'own'
    const begun = await needs.keeper.begin(tx, user, { ...tried.came, knownDevice })
    await record(needs, tx, tried, { user, result: 'done' })
    return { begun }
  })
}

/** The gates of the chain, asked before a session is begun. */
function gates(
  { parameters }: Needs,
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
    loginNoticesPending: 0,
  })
  return 'refuse' in next ? next : null
}

async function count(needs: Needs, tried: Try): Promise<Open | LoginRefusal> {
  const { database, vault, administration, parameters } = needs
  const { origin, now, deviceToken } = tried.came
  const loginId = readableLoginId(tried.form.loginId)
  const loginIdMac = await vault.mac('unknown-login-ids', Buffer.from(tried.form.loginId))
  const deviceHash =
    deviceToken !== null && tokenForm.test(deviceToken) ? tokenHash(deviceToken) : null

  return database.asBank(async (tx) => {
    const user = await administration.userByLoginId(tx, loginId)
    const company = await administration.companyById(tx, user?.companyId ?? noCompany)
    const attempt = { loginIdMac, user, network: networksOf(origin.address).own, deviceHash }
    const counted = await countAttempt(tx, attempt, { now, parameters })
    if (counted.open) return { ...counted, user, company }
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
  needs: Needs,
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

async function record(
  { history }: Needs,
  tx: Tx,
  { came: { now, origin } }: Try,
  entry: { user: User | null } & Pick<OperationRecord, 'result' | 'reason'>,
): Promise<void> {
  const { user, ...said } = entry
  const [companyId, userId] = [user?.companyId ?? null, user?.id ?? null]
  await history.record(tx, { at: now, companyId, userId, operation: 'login', ...said, origin })
}

async function recordLock(
  { history }: Needs,
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
