/** ログイン時お知らせ, as the chain after login needs them. Implemented by `notices`. */
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'

export interface LoginNotice {
  readonly id: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly english: { readonly title: string; readonly paragraphs: readonly string[] } | null
  readonly important: boolean
  readonly publishedAt: Temporal.Instant
}

interface Reader {
  readonly companyId: CompanyId
  readonly userId: UserId
}

export interface LoginNotices {
  /** What this user must be shown before the top page, in the order to show it. */
  pending(tx: Tx, user: Reader, now: Temporal.Instant): Promise<readonly LoginNotice[]>
  /** Marks as seen. Ids that are unknown, not his, or seen before are passed over. */
  acknowledge(
    tx: Tx,
    user: Reader,
    noticeIds: readonly string[],
    now: Temporal.Instant,
  ): Promise<void>
}
