/**
 * ログイン — by login ID and login password (手順 1-2), or by a shown certificate and the password
 * (手順 1-1). Who it is, is decided in authentication.ts; here the session begins.
 */
import {
  authenticate,
  record,
  type AuthenticationNeeds,
  type LoginForm,
  type LoginRefusal,
  type Try,
} from './authentication.ts'
import type { BegunSession, Came, SessionKeeper } from './session-keeper.ts'

export type LoginOutcome = { readonly begun: BegunSession } | LoginRefusal

export interface Login {
  /** @param entryToken of the browser that has shown a certificate; null: by ID and password */
  (form: LoginForm, came: Came, entryToken: string | null): Promise<LoginOutcome>
}

type Needs = AuthenticationNeeds & { readonly keeper: SessionKeeper }

export function createLogin(needs: Needs): Login {
  return (form, came, entryToken) => {
    const tried: Try = { form, came, operation: 'login', shownBy: entryToken }
    return authenticate(needs, tried, async (tx, who) => {
      const { user, certificate, knownDevice } = who
      const certificateId = certificate?.certificateId ?? null
      const begun = await needs.keeper.begin(tx, user, { ...came, knownDevice, certificateId })
      if (certificate !== null && entryToken !== null) {
        const used = { entryToken, certificateId: certificate.certificateId }
        await needs.certificateEntry.loggedIn(tx, used, came.now)
      }
      const by = certificate === null ? 'password' : 'certificate'
      await record(needs, tx, tried, { user, result: 'done', facts: { by } })
      return { begun }
    })
  }
}
