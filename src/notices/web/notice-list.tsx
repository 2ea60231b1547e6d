/** お知らせ一覧 — unread first, further ones on demand. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { DataTable } from '#ui/data-table.tsx'
import { momentText } from '#ui/format.ts'
import { useLanguage } from '#ui/language.tsx'
import { TextLink } from '#ui/links.tsx'
import { Card, Page } from '#ui/page.tsx'
import { MoreButton } from '#ui/paging.tsx'
import { Badge, EmptyState, Loading } from '#ui/signs.tsx'
import type { NoticeHead } from '../contract.ts'
import { client, useWords } from './words.ts'

export function NoticeList() {
  const words = useWords()
  const list = useInfiniteQuery({
    queryKey: ['notices'],
    queryFn: ({ pageParam }) =>
      client.listNotices({ query: pageParam === null ? {} : { after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const pages = list.data?.pages
  return (
    <Page title={words.list} screenId="BTOP011">
      <Card
        title={words.list}
        aside={pages && <span>{words.unreadCount({ count: pages[0]!.unread })}</span>}
      >
        {pages ? <Heads heads={pages.flatMap(({ notices }) => notices)} /> : <Loading />}
        {list.hasNextPage && (
          <MoreButton pending={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        )}
      </Card>
    </Page>
  )
}

function Heads({ heads }: { readonly heads: readonly NoticeHead[] }) {
  const words = useWords()
  if (heads.length === 0) return <EmptyState>{words.none}</EmptyState>
  return (
    <DataTable
      caption={words.list}
      rows={heads}
      rowKey={({ id }) => id}
      narrow="lines"
      columns={[
        {
          key: 'state',
          heading: words.columns.state,
          place: 'value',
          cell: ({ read }) => (read ? words.read : <Badge look="unread">{words.unread}</Badge>),
        },
        {
          key: 'publishedAt',
          heading: words.columns.publishedAt,
          unbroken: true,
          place: 'lead',
          cell: ({ publishedAt }) => (
            <span className="figures">{momentText(publishedAt).slice(0, 10)}</span>
          ),
        },
        {
          key: 'kind',
          heading: words.columns.kind,
          place: 'tag',
          cell: ({ kind }) => words.kinds[kind],
        },
        {
          key: 'title',
          heading: words.columns.title,
          namesRow: true,
          place: 'wide',
          cell: (notice) => <HeadTitle notice={notice} />,
        },
      ]}
    />
  )
}

function HeadTitle({ notice }: { readonly notice: NoticeHead }) {
  const words = useWords()
  const english = useLanguage().language === 'en' ? notice.englishTitle : null
  return (
    <span>
      {notice.important && <Badge look="important">{words.important}</Badge>}{' '}
      <TextLink to="/notices/$id" params={{ id: notice.id }}>
        <span lang={english === null ? 'ja' : 'en'}>{english ?? notice.title}</span>
      </TextLink>
    </span>
  )
}
