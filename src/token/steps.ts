/** Where トランザクション認証利用開始登録 stands in the chain after login; asked by `identity`. */
import type { TokenSteps } from '#identity/index.ts'
import { holdingOf } from './holdings-store.ts'
import type { TokenParameters } from './parameters.ts'
import { needsToken, skippableUntil } from './registration-rules.ts'
import { postponedAt } from './registration-store.ts'

export function createTokenSteps({
  parameters,
}: {
  readonly parameters: TokenParameters
}): TokenSteps {
  return {
    stepOf: async (tx, user, { startedAt, now }) => {
      const holding = await holdingOf(tx, { companyId: user.companyId, userId: user.id })
      if (holding !== null) return holding.cautionSeen ? 'done' : 'caution'
      if (!needsToken(user, parameters)) return 'done'
      const { skippableDays } = parameters
      if (skippableUntil(user, { now, skippableDays }) === null) return 'registration'
      const said = await postponedAt(tx, user.id)
      const inThisLogin = said !== null && Temporal.Instant.compare(said, startedAt) >= 0
      return inThisLogin ? 'done' : 'registration'
    },
  }
}
