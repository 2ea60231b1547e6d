/** お知らせ（未読）, 最近３回のログイン日時, 最近の操作５件. */
import { Fragment } from 'react'
import { momentText } from '#ui/format.ts'
import { useLanguage } from '#ui/language.tsx'
import { TextLink } from '#ui/links.tsx'
import { Card } from '#ui/page.tsx'
import { Badge, EmptyState } from '#ui/signs.tsx'
import { useHasPage } from '#ui/viewer.tsx'
import type { UnreadNotice } from '../contract.ts'
import { Untold, useWords, type HomeFacts } from './words.tsx'

export function NoticesCard({ block }: { readonly block: HomeFacts['notices'] }) {
  const words = useWords().notices
  return (
    <Card title={words.heading} aside={<TextLink to="/notices">{words.all}</TextLink>}>
      {!block.told ? (
        <Untold />
      ) : block.list.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <>
          <p className="mb-3 text-sm">{words.unread({ count: block.unread })}</p>
          <ul className="flex flex-col gap-4">
            {block.list.map((notice) => (
              <Unread key={notice.id} notice={notice} />
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function Unread({ notice }: { readonly notice: UnreadNotice }) {
  const words = useWords().notices
  const english = useLanguage().language === 'en' ? notice.englishTitle : null
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2">
        <time dateTime={notice.publishedAt} className="figures text-sm text-ink-soft">
          {momentText(notice.publishedAt).slice(0, 10)}
        </time>
        <Badge look="unread">{words.unreadBadge}</Badge>
        {notice.important && <Badge look="important">{words.importantBadge}</Badge>}
      </p>
      <TextLink to="/notices/$id" params={{ id: notice.id }}>
        <span lang={english === null ? 'ja' : 'en'}>{english ?? notice.title}</span>
      </TextLink>
    </li>
  )
}

export function LoginsCard({ block }: { readonly block: HomeFacts['logins'] }) {
  const words = useWords().logins
  return (
    <Card title={words.heading}>
      {!block.told ? (
        <Untold />
      ) : block.at.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <ol className="divide-y divide-line border-b border-line">
          {block.at.map((at, index) => (
            <li key={at} className="figures flex items-center gap-3 py-2">
              {momentText(at)}
              {index === 0 && <Badge look="neutral">{words.present}</Badge>}
            </li>
          ))}
        </ol>
      )}
      <p className="mt-3 text-sm">{words.advice}</p>
    </Card>
  )
}

/** A fact such as a thumbprint of 64 digits shows its ends on a phone, and is whole on paper. */
function ShortOnPhone({ text }: { readonly text: string }) {
  // With a group in the expression, every second piece is a long fact.
  return text.split(/([\dA-Za-z:]{32,})/).map((piece, at) =>
    at % 2 === 0 ? (
      piece
    ) : (
      <Fragment key={at}>
        <span className="sm:hidden print:hidden">{`${piece.slice(0, 8)}…${piece.slice(-8)}`}</span>
        <span className="hidden sm:inline print:inline">{piece}</span>
      </Fragment>
    ),
  )
}

export function OperationsCard({ block }: { readonly block: HomeFacts['operations'] }) {
  const words = useWords().operations
  const { language } = useLanguage()
  const hasHistory = useHasPage('/operation-history')
  return (
    <Card
      title={words.heading}
      aside={hasHistory && <TextLink to="/operation-history">{words.all}</TextLink>}
    >
      {!block.told ? (
        <Untold />
      ) : block.list.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <ol className="divide-y divide-line border-b border-line text-sm">
          {block.list.map(({ at, says, result }, index) => (
            <li key={index} className="flex flex-wrap items-baseline gap-x-3 py-2">
              <span className="figures text-ink-soft">{momentText(at)}</span>
              <span className="min-w-0 flex-1 basis-56 wrap-anywhere">
                <ShortOnPhone text={says[language]} />
              </span>
              {result === 'refused' && <Badge look="refused">{words.results.refused}</Badge>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
