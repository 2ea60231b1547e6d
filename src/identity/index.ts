/** ログイン — the door of `identity`: login, sessions, and the passwords behind them. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Routes } from '#platform/http/routes.ts'
import type { Sessions } from '#platform/http/sessions.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Step } from './contract.ts'
import { commonPasswords } from './common-passwords.ts'
import {
  authenticate,
  type Authenticated,
  type LoginForm,
  type LoginRefusal,
} from './authentication.ts'
import { createConfirmationPassword, type ConfirmationPassword } from './confirmation-password.ts'
import { createCoolDowns, type CoolDowns } from './cool-downs.ts'
import { createCredentials, type Credentials } from './credentials.ts'
import { createHashing } from './hashing.ts'
import { createLogin } from './login.ts'
import type { IdentityNeeds } from './needs.ts'
import { defaultIdentityParameters } from './parameters.ts'
import { createPasswordChange } from './password-change.ts'
import { assertSamePepper } from './pepper-check.ts'
import { profileLengths, type PasswordPolicy } from './passwords.ts'
import { identityRoutes } from './routes.ts'
import { createSessionKeeper, type Came } from './session-keeper.ts'
import { lastLogins, liveSession, purge } from './sessions-store.ts'

export type { ConfirmationPassword, ConfirmationRefusal } from './confirmation-password.ts'
export type { Authenticated, LoginForm, LoginRefusal } from './authentication.ts'
export type { CertificateEntry, ShownCertificate } from './certificate-entry.ts'
export type { CoolDowns } from './cool-downs.ts'
export type { Came } from './session-keeper.ts'
export type { TokenStep, TokenSteps } from './token-steps.ts'
export type { Credentials, NewCredentials } from './credentials.ts'
export type { LoginNotice, LoginNotices } from './login-notices.ts'
export type { IdentityNeeds } from './needs.ts'
export type { IdentityParameters } from './parameters.ts'

export interface Identity {
  readonly routes: Routes
  /** For the listener. */
  readonly sessions: Sessions
  readonly confirmationPassword: ConfirmationPassword
  readonly credentials: Credentials
  readonly coolDowns: CoolDowns
  /**
   * The login's question without a session, for 電子証明書発行: counted, locked and recorded alike.
   * @param onceKnown runs where the password was right, as the bank, in the transaction that forgives
   */
  authenticate<Value extends object>(
    form: LoginForm,
    came: Came,
    onceKnown: (tx: Tx, who: Authenticated) => Promise<Value>,
  ): Promise<Value | LoginRefusal>
  /** Before anything else: whether the vault is that of this database. @throws OtherKeys */
  assertSamePepper(): Promise<void>
  /** Which screen the chain after login asks for now; null when the session is over. */
  nextStep(tx: Tx, visitor: Pick<Visitor, 'sessionId'>, now: Temporal.Instant): Promise<Step | null>
  /** 最近のログイン日時, newest first; the present login is the first. */
  lastLogins(
    tx: Tx,
    user: { readonly companyId: CompanyId; readonly userId: UserId },
    count: number,
  ): Promise<readonly Temporal.Instant[]>
  /** For a nightly job: forgets ended sessions, old errors, devices and networks. As the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
}

export function createIdentity(given: IdentityNeeds): Identity {
  const parameters = { ...defaultIdentityParameters, ...given.parameters }
  const profile = parameters.passwordProfile
  const common = given.commonPasswords ?? commonPasswords
  const policy: PasswordPolicy = { profile, ...profileLengths[profile], common }
  const { vault } = given
  const hashing = createHashing({ vault, cost: parameters.hashCost, limits: parameters.hashing })
  const needs = { ...given, parameters, policy, hashing }
  const keeper = createSessionKeeper(needs)
  const login = createLogin({ ...needs, keeper })
  const changePasswords = createPasswordChange(needs)
  return {
    routes: identityRoutes({ ...needs, keeper, login, changePasswords }),
    sessions: keeper,
    confirmationPassword: createConfirmationPassword(needs),
    credentials: createCredentials(needs),
    coolDowns: createCoolDowns({ hours: parameters.coolDownHours }),
    authenticate: (form, came, onceKnown) =>
      authenticate(needs, { form, came, operation: 'certificate-issue', shownBy: null }, onceKnown),
    assertSamePepper: () => assertSamePepper(given),
    nextStep: async (tx, { sessionId }, now) => {
      const session = await liveSession(tx, sessionId)
      if (session === null) return null
      const next = await keeper.whereNext(tx, session, now)
      return 'show' in next ? next.show : null
    },
    lastLogins,
    purge,
  }
}
