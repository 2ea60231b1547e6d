/**
 * パスワード強制変更 — 手順 2 and 3 of the guide.
 *
 * Due when the administrator asked for it, or when no 確認用パスワード is registered yet. The
 * form is judged first; then the attempt is counted, the current passwords are verified, and the
 * new ones are stored with the mark for パスワード変更結果.
 */
import type { Outcome } from '#kit/outcome.ts'
import { granted } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { PasswordField } from './contract.ts'
import {
  credentialOf,
  saveErrors,
  savePasswords,
  type Credential,
  type SecretKind,
} from './credentials-store.ts'
import type { ChangeReason } from './after-login.ts'
import type { Hashing, Seat } from './hashing.ts'
import { attempt, lockOf, noErrors, type Errors, type Locked } from './lock.ts'
import type { IdentityNeeds } from './needs.ts'
import type { IdentityParameters } from './parameters.ts'
import { formFaults, type FieldFault, type PasswordForm, type PasswordPolicy } from './passwords.ts'
import { changeReasons, type Came } from './session-keeper.ts'
import * as sessions from './sessions-store.ts'

export type Due = {
  readonly reasons: readonly ChangeReason[]
  readonly fields: readonly PasswordField[]
}

export type ChangeRefusal =
  | { readonly refuse: 'session-over' | 'no-password-change-due' | 'busy' }
  | { readonly refuse: 'passwords-refused'; readonly errors: readonly FieldFault[] }
  | {
      readonly refuse: `${SecretKind}-${Locked['state']}`
      readonly facts: Readonly<Record<string, string>>
    }

type Needs = IdentityNeeds & {
  readonly parameters: IdentityParameters
  readonly hashing: Hashing
  readonly policy: PasswordPolicy
}

/** Which fields a forced change shows, and therefore requires. */
export function fieldsFor(reasons: readonly ChangeReason[]): readonly PasswordField[] {
  if (reasons.length === 0) return []
  const register = reasons.includes('confirmation-missing')
  const change = reasons.includes('change-required')
  // The current login password is asked for either way: nobody else may register the second one.
  return [
    'currentLoginPassword',
    ...(change ? (['newLoginPassword'] as const) : []),
    ...(register ? [] : (['currentConfirmationPassword'] as const)),
    'newConfirmationPassword',
  ]
}

/** @returns null when the session is over; empty reasons when nothing is due */
export async function changeDue(tx: Tx, visitor: Visitor): Promise<Due | null> {
  const session = await sessions.liveSession(tx, visitor.sessionId)
  if (session === null) return null
  const credential = await credentialOf(tx, visitor.userId)
  // Forced while he is at work: it is asked for at the next login.
  const reasons =
    credential === null || session.stage === 'signed-in' ? [] : changeReasons(credential)
  return { reasons, fields: fieldsFor(reasons) }
}

export function createPasswordChange(needs: Needs) {
  return async (
    visitor: Visitor,
    form: PasswordForm,
    came: Came,
  ): Promise<ChangeRefusal | null> => {
    const { database, policy, hashing } = needs
    const due = await database.asCompany(visitor.companyId, (tx) => changeDue(tx, visitor))
    if (due === null) return { refuse: 'session-over' }
    if (due.reasons.length === 0) return { refuse: 'no-password-change-due' }
    const { loginId } = visitor
    const errors = formFaults(form, { asked: due.fields, loginId, policy })
    if (errors.length > 0) return { refuse: 'passwords-refused', errors }

    const seat = hashing.takeSeat()
    if (seat === null) return { refuse: 'busy' }
    try {
      return await change(needs, seat, { visitor, form, came })
    } finally {
      seat.leave()
    }
  }
}

interface Change {
  readonly visitor: Visitor
  readonly form: PasswordForm
  readonly came: Came
}

interface Wrong {
  readonly kind: SecretKind
  readonly path: PasswordField
}

const currentFields = {
  login: 'currentLoginPassword',
  confirmation: 'currentConfirmationPassword',
} as const satisfies Record<SecretKind, PasswordField>

async function change(needs: Needs, seat: Seat, asked: Change): Promise<ChangeRefusal | null> {
  const { visitor, form } = asked
  const { userId, companyId } = visitor
  const kinds = (['login', 'confirmation'] as const).filter(
    (kind) => form[currentFields[kind]] !== undefined,
  )
  const counted = await needs.database.asCompany(companyId, (tx) =>
    countBoth(tx, needs, { ...asked, kinds }),
  )
  if (!counted.granted) return counted.reason
  const { credential } = counted.value

  const wrong: Wrong[] = []
  for (const kind of kinds) {
    const stored = kind === 'login' ? credential.loginHash : credential.confirmationHash
    const verdict = await seat.verify(form[currentFields[kind]]!, stored, `${userId}:${kind}`)
    if (!verdict.right) wrong.push({ kind, path: currentFields[kind] })
  }
  const right = kinds.filter((kind) => wrong.every((one) => one.kind !== kind))
  if (wrong.length > 0) return refuseWrong(needs, asked, { wrong, right, counted: counted.value })

  const { newLoginPassword, newConfirmationPassword } = form
  const loginHash =
    newLoginPassword === undefined ? null : await seat.hash(newLoginPassword, `${userId}:login`)
  const confirmationHash =
    newConfirmationPassword === undefined
      ? null
      : await seat.hash(newConfirmationPassword, `${userId}:confirmation`)
  const passwords = { verified: credential, loginHash, confirmationHash }
  return needs.database.asCompany(companyId, (tx) => store(tx, needs, { asked, right, passwords }))
}

interface CountedBoth {
  readonly credential: Credential
  readonly errors: Partial<Record<SecretKind, Errors>>
}

type CountOutcome =
  | { readonly granted: true; readonly value: CountedBoth }
  | { readonly granted: false; readonly reason: ChangeRefusal }

/** Counts the attempt at each current password, or at none of them when one is locked. */
async function countBoth(
  tx: Tx,
  { parameters }: Needs,
  { visitor, form, came: { now }, kinds }: Change & { kinds: readonly SecretKind[] },
): Promise<CountOutcome> {
  const { userId } = visitor
  const credential = await credentialOf(tx, userId, { lock: true })
  const due = credential === null ? [] : fieldsFor(changeReasons(credential))
  // Sent twice: by now the first may have changed what the second would call wrong. Or the
  // administrator asked for more than the form was made for.
  if (credential === null || due.length === 0 || due.some((field) => form[field] === undefined)) {
    return { granted: false, reason: { refuse: 'no-password-change-due' } }
  }
  const errors: Partial<Record<SecretKind, Errors>> = {}
  for (const kind of kinds) {
    const limits = parameters[`${kind}Lock`]
    const counted: Outcome<Errors, Locked['state']> = attempt(credential.errors[kind], now, limits)
    if (!counted.granted) {
      const lock = lockOf(credential.errors[kind], now, limits) as Locked
      return { granted: false, reason: secretLocked(kind, lock) }
    }
    errors[kind] = counted.value
  }
  for (const kind of kinds) {
    await saveErrors(tx, { userId, kind, errors: errors[kind]! })
  }
  return granted({ credential, errors })
}

export function secretLocked<Kind extends SecretKind>(kind: Kind, lock: Locked) {
  const facts: Record<string, string> = lock.state === 'paused' ? { until: `${lock.until}` } : {}
  return { refuse: `${kind}-${lock.state}`, facts } as const
}

async function refuseWrong(
  { database, history, parameters }: Needs,
  { visitor, came: { now, origin } }: Change,
  {
    wrong,
    right,
    counted,
  }: {
    wrong: readonly Wrong[]
    right: readonly SecretKind[]
    counted: CountedBoth
  },
): Promise<ChangeRefusal> {
  const { companyId, userId } = visitor
  const about = { at: now, companyId, userId, origin }
  const locked = wrong.flatMap(({ kind }) => {
    const lock = lockOf(counted.errors[kind]!, now, parameters[`${kind}Lock`])
    return lock.state === 'open' ? [] : [{ kind, refusal: secretLocked(kind, lock) }]
  })
  await database.asCompany(companyId, async (tx) => {
    for (const kind of right) await saveErrors(tx, { userId, kind, errors: noErrors })
    const reason = wrong.map(({ kind }) => `${kind}-password-wrong`).join(' ')
    await history.record(tx, { ...about, operation: 'password-change', result: 'refused', reason })
    for (const { kind, refusal } of locked) {
      const operation = `${kind}-locked` as const
      await history.record(tx, { ...about, operation, result: 'done', reason: refusal.refuse })
    }
  })
  const [first] = locked
  if (first !== undefined) return first.refusal
  const errors = wrong.map(({ path }) => ({ path, code: 'wrong' as const }))
  return { refuse: 'passwords-refused', errors }
}

async function store(
  tx: Tx,
  { history }: Needs,
  {
    asked,
    right,
    passwords,
  }: {
    asked: Change
    right: readonly SecretKind[]
    passwords: {
      verified: Credential
      loginHash: string | null
      confirmationHash: string | null
    }
  },
): Promise<ChangeRefusal | null> {
  const { visitor, came } = asked
  const { companyId, userId, sessionId } = visitor
  const { now, origin } = came
  // Password before session, the order in which a login takes them.
  await credentialOf(tx, userId, { lock: true })
  if ((await sessions.liveSession(tx, sessionId)) === null) return { refuse: 'session-over' }
  for (const kind of right) {
    await saveErrors(tx, { userId, kind, errors: noErrors })
  }
  // Sent twice at once: the second finds other credentials than it has verified.
  if (!(await savePasswords(tx, { userId, ...passwords, now }))) {
    return { refuse: 'no-password-change-due' }
  }
  const kinds: SecretKind[] = []
  if (passwords.loginHash !== null) kinds.push('login')
  if (passwords.confirmationHash !== null) kinds.push('confirmation')
  await sessions.savePasswordsChanged(tx, { id: sessionId, changed: { at: now, kinds } })
  await history.record(tx, {
    at: now,
    companyId,
    userId,
    operation: 'password-change',
    result: 'done',
    facts: { changed: kinds.join(' ') },
    origin,
  })
  return null
}
