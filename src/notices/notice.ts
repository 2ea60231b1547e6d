/** お知らせ — what the bank may publish, and to whom. */
import type { CompanyId, Id } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { NoticeKind, NoticeText } from './contract.ts'

export type NoticeId = Id<'notice'>

export interface NewNotice {
  readonly kind: NoticeKind
  readonly important: boolean // 重要
  /** Plain text; one entry per paragraph. */
  readonly japanese: NoticeText
  readonly english: NoticeText | null
  readonly audience: 'all' | { readonly companyId: CompanyId } // 全体・個別
  readonly publishedFrom: Temporal.Instant // 掲載開始
  readonly publishedUntil: Temporal.Instant | null // 掲載終了, exclusive
}

/** In the order in which they are checked. */
export type NewNoticeRefusal =
  | 'title-empty-or-too-long'
  | 'text-empty-or-too-long'
  | 'text-unreadable'
  | 'period-reversed'

const titleMax = { japanese: 100, english: 200 }
const paragraphsMax = 50
const paragraphMax = 2_000

export function checkedNotice(notice: NewNotice): Outcome<NewNotice, NewNoticeRefusal> {
  const { japanese, english, publishedFrom, publishedUntil } = notice
  const texts = english === null ? [japanese] : [japanese, english]

  if (!between(1, japanese.title, titleMax.japanese)) return refused('title-empty-or-too-long')
  if (english !== null && !between(1, english.title, titleMax.english)) {
    return refused('title-empty-or-too-long')
  }
  if (!texts.every(({ paragraphs }) => fit(paragraphs))) return refused('text-empty-or-too-long')
  if (!texts.every(readable)) return refused('text-unreadable')
  if (publishedUntil !== null && Temporal.Instant.compare(publishedFrom, publishedUntil) >= 0) {
    return refused('period-reversed')
  }
  return granted(notice)
}

function fit(paragraphs: readonly string[]): boolean {
  const count = paragraphs.length
  return (
    count >= 1 && count <= paragraphsMax && paragraphs.every((p) => between(1, p, paragraphMax))
  )
}

/** Counted in code points, as PostgreSQL counts. */
function between(least: number, text: string, most: number): boolean {
  const length = [...text.trim()].length
  return length >= least && [...text].length <= most
}

/** No control characters, no half surrogates. */
function readable({ title, paragraphs }: NoticeText): boolean {
  return [title, ...paragraphs].every((text) => text.isWellFormed() && !/\p{Cc}/u.test(text))
}
