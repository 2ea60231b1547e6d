/** 操作履歴照会 — conditions above, records below, files of the same conditions beside them. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { momentText } from '#ui/format.ts'
import { Card, Page } from '#ui/page.tsx'
import { MoreButton } from '#ui/paging.tsx'
import { EmptyState, Loading } from '#ui/signs.tsx'
import type { HistoryFilters } from '../contract.ts'
import { Downloads } from './downloads.tsx'
import { HistoryTable } from './history-table.tsx'
import { SearchForm } from './search-form.tsx'
import { client, useRefusal, useWords } from './words.ts'

/** `time` tells one press of 検索 from the next: each is an inquiry of its own. */
export interface Inquiry {
  readonly filters: HistoryFilters
  readonly time: number
}

export function OperationHistory() {
  const words = useWords()
  const [inquiry, setInquiry] = useState<Inquiry | null>(null)
  const choices = useQuery({
    queryKey: ['operation-history', 'choices'],
    queryFn: () => client.operationHistoryChoices(),
  })
  const found = useFound(inquiry)
  const errors = useRefusal(found.error)
  return (
    <Page title={words.title} screenId="BSRS001">
      <Card title={words.form.heading}>
        {choices.data ? (
          <SearchForm
            choices={choices.data}
            refused={errors}
            pending={found.isFetching && !found.isFetchingNextPage}
            onSearch={(filters) => setInquiry({ filters, time: (inquiry?.time ?? 0) + 1 })}
          />
        ) : (
          <Loading />
        )}
      </Card>
      {inquiry !== null && errors.length === 0 && <Found inquiry={inquiry} found={found} />}
    </Page>
  )
}

type FoundQuery = ReturnType<typeof useFound>

function useFound(inquiry: Inquiry | null) {
  return useInfiniteQuery({
    queryKey: ['operation-history', 'found', inquiry],
    queryFn: ({ pageParam: after }) =>
      client.searchOperationHistory({
        query: { ...inquiry!.filters, ...(after !== null && { after }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: inquiry !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

function Found({ inquiry, found }: { readonly inquiry: Inquiry; readonly found: FoundQuery }) {
  const words = useWords().list
  const pages = found.data?.pages
  const lines = pages?.flatMap((page) => page.lines)
  return (
    <Card
      title={words.heading}
      arrived={lines && inquiry.time}
      aside={
        pages && (
          <span className="figures text-sm">
            {words.inquiredAt({ at: momentText(pages[0]!.inquiredAt) })}
          </span>
        )
      }
    >
      {lines === undefined ? (
        <Loading />
      ) : lines.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <>
          <Downloads filters={inquiry.filters} />
          <HistoryTable lines={lines} />
          <p role="status" className="mt-3 text-end text-sm">
            {words.shown({ count: lines.length })}
          </p>
          {found.hasNextPage && (
            <MoreButton
              pending={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          )}
        </>
      )}
    </Card>
  )
}
