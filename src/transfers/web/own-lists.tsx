/** 作成中振込データの修正・削除 (BFHK001) and 承認待ちデータの引戻し (BFHM001). */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { Card, Page } from '#ui/page.tsx'
import { MoreButton } from '#ui/paging.tsx'
import { EmptyState, Loading, Notice } from '#ui/signs.tsx'
import type { TransferLine } from '../contract.ts'
import { MoveDialog, type AskedMove } from './asking.tsx'
import { useCopy } from './copying.ts'
import { TransferTable } from './transfer-table.tsx'
import { client, useSayRefusal, useWords } from './words.ts'

export function Drafts() {
  const words = useWords()
  const copy = useCopy()
  const sayRefusal = useSayRefusal()
  const sentence = sayRefusal(copy.error)
  const { detail, lists } = words
  const named = (action: string, { name }: TransferLine) => lists.forNamed(action, name)
  return (
    <OwnList
      title={words.menu.drafts}
      screenId="BFHK001"
      show="editable"
      empty={lists.noDrafts}
      above={
        <>
          {copy.error && sentence === null && <FaultNotice error={copy.error} />}
          {sentence !== null && <Notice look="error" title={sentence} announced />}
        </>
      }
      actionsOf={(line, ask) => (
        <>
          {line.may.edit && (
            <ButtonLink to={`/transfers/${line.id}/edit`} size="small">
              {detail.edit}
              <span className="sr-only">（{line.name}）</span>
            </ButtonLink>
          )}
          {line.may.copy && (
            <Button
              look="secondary"
              size="small"
              pending={copy.isPending && copy.variables === line.id}
              aria-label={named(lists.copy, line)}
              onClick={() => copy.mutate(line.id)}
            >
              {lists.copy}
            </Button>
          )}
          {line.may.delete && (
            <Button
              look="secondary"
              size="small"
              aria-label={named(detail.delete, line)}
              onClick={() => ask({ move: 'delete', line })}
            >
              {detail.delete}
            </Button>
          )}
        </>
      )}
    />
  )
}

export function Recall() {
  const words = useWords()
  const { detail, lists } = words
  return (
    <OwnList
      title={words.menu.recall}
      screenId="BFHM001"
      show="recallable"
      empty={lists.noRecallable}
      actionsOf={(line, ask) =>
        line.may.recall && (
          <Button
            look="secondary"
            size="small"
            aria-label={lists.forNamed(detail.recall, line.name)}
            onClick={() => ask({ move: 'recall', line })}
          >
            {detail.recall}
          </Button>
        )
      }
    />
  )
}

interface OwnListProps {
  readonly title: string
  readonly screenId: string
  readonly show: 'editable' | 'recallable'
  readonly empty: string
  readonly above?: ReactNode
  readonly actionsOf: (line: TransferLine, ask: (asked: AskedMove) => void) => ReactNode
}

function OwnList({ title, screenId, show, empty, above, actionsOf }: OwnListProps) {
  const words = useWords()
  const [asked, setAsked] = useState<AskedMove | null>(null)
  const [done, setDone] = useState<AskedMove['move'] | null>(null)
  const found = useInfiniteQuery({
    queryKey: ['transfers', 'list', show],
    queryFn: ({ pageParam, signal }) =>
      client.listTransfers(
        { query: { show, ...(pageParam !== null && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const lines = found.data?.pages.flatMap(({ transfers }) => transfers)
  return (
    <Page
      title={title}
      screenId={screenId}
      actions={
        <ButtonLink to="/transfers/new" look="secondary">
          {words.lists.create}
        </ButtonLink>
      }
    >
      {done !== null && <Notice look="success" title={words.asking[done].done} announced />}
      {above}
      <Card title={words.lists.result}>
        {lines === undefined ? (
          <Loading />
        ) : lines.length === 0 ? (
          <EmptyState>{empty}</EmptyState>
        ) : (
          <TransferTable
            caption={title}
            lines={lines}
            moment={show === 'editable' ? 'changedAt' : 'deadline'}
            actions={(line) => actionsOf(line, setAsked)}
          />
        )}
        {found.hasNextPage && (
          <MoreButton
            pending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        )}
      </Card>
      {asked !== null && (
        <MoveDialog
          asked={asked}
          onClose={() => setAsked(null)}
          onDone={({ move }) => {
            setAsked(null)
            setDone(move)
          }}
        />
      )}
    </Page>
  )
}
