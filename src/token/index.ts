/** カメラ付きトークン — the door of `token`: registration, transaction signing, and the devices. */
import type { Identity, TokenSteps } from '#identity/index.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Routes } from '#platform/http/routes.ts'
import { forgetChallenges } from './challenge-store.ts'
import { tokensCommand, type Print } from './cli.ts'
import { deviceRoutes, type DemoCompanies } from './device/routes.ts'
import { forgetPending, instanceHeldBy } from './instances-store.ts'
import type { TokenNeeds } from './needs.ts'
import { defaultTokenParameters } from './parameters.ts'
import { forgetTallies } from './registration-store.ts'
import { tokenRoutes } from './routes.ts'
import { createSigning, deviceOf } from './signing-desk.ts'
import type { Signer, Signing } from './signing.ts'
import { createTokenSteps } from './steps.ts'
import { createTokenKeys } from './token-keys.ts'
import { forgetVouchers } from './voucher-store.ts'

export { tokensUsage } from './cli.ts'
export type { DemoCompanies } from './device/routes.ts'
export type { TokenNeeds } from './needs.ts'
export type { TokenParameters } from './parameters.ts'
export type { Asked, Redeemed, Signer, Signing, SigningSubject, Typed } from './signing.ts'

export interface Tokens {
  /** For the chain after login. */
  readonly steps: TokenSteps
  /** For every kind of order. */
  readonly signing: Signing
  /** Highest amount that this user's token may sign; null: no other limit than the usual ones. */
  amountCapOf(tx: Tx, signer: Signer): Promise<Yen | null>
  /** The counter's endpoints; `identity` is made with `steps` and comes back here. */
  routes(identity: Pick<Identity, 'nextStep' | 'confirmationPassword' | 'coolDowns'>): Routes
  /** The device listener's. @param demoCompanies null outside of the demo */
  deviceRoutes(demoCompanies: DemoCompanies | null): Routes
  /** `npm run bank -- tokens …`. @returns the process's exit code */
  command(words: readonly string[], now: Temporal.Instant, print: Print): Promise<0 | 1 | 2>
  /** For a nightly job. As the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
}

export function createTokens(given: TokenNeeds): Tokens {
  const { vault, bankCode } = given
  const parameters = { ...defaultTokenParameters, ...given.parameters }
  const needs = { ...given, parameters, keys: createTokenKeys({ vault, bankCode }) }
  return {
    steps: createTokenSteps(needs),
    signing: createSigning(needs),
    amountCapOf: async (tx, signer) => {
      const instance = await instanceHeldBy(tx, signer)
      if (instance === null) return null
      const { profile } = await deviceOf(tx, instance)
      return profile === 'software' ? parameters.softwareTokens.amountCap : null
    },
    routes: (identity) => tokenRoutes({ ...needs, identity, coolDowns: identity.coolDowns }),
    deviceRoutes: (demoCompanies) => deviceRoutes(needs, demoCompanies),
    command: (words, now, print) => tokensCommand(needs, words, { now, print }),
    purge: async (tx, now) => {
      const daysAgo = (days: number) => now.subtract({ hours: 24 * days })
      await forgetPending(tx, daysAgo(1))
      await forgetTallies(tx, daysAgo(2))
      await forgetChallenges(tx, daysAgo(30))
      await forgetVouchers(tx, daysAgo(400))
    },
  }
}
