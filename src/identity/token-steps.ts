/** トランザクション認証利用開始登録, as the chain after login needs it. Implemented by `token`. */
import type { User } from '#administration/index.ts'
import type { Tx } from '#platform/database/database.ts'

/**
 * - `registration`: this user holds a right that needs a token, and has none.
 * - `caution`: registered, and the 注意喚起 after it is not yet acknowledged.
 */
export type TokenStep = 'registration' | 'caution' | 'done'

export interface TokenSteps {
  /** @param login the login's moment: 「あとで登録する」 holds for one login */
  stepOf(
    tx: Tx,
    user: User,
    login: { readonly startedAt: Temporal.Instant; readonly now: Temporal.Instant },
  ): Promise<TokenStep>
}
