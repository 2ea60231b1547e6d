/** 承認結果 — what came of each of the chosen orders, and how each stands now. */
import { useQueries } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { PrintButton } from '#ui/button.tsx'
import { Amount } from '#ui/amount.tsx'
import { DataTable } from '#ui/data-table.tsx'
import { ButtonLink, TextLink } from '#ui/links.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { EmptyState } from '#ui/signs.tsx'
import type { ApprovalLine } from '../contract.ts'
import { KindAndNew, StateBadge, useNameOf } from './line-parts.tsx'
import { listPath, pathOf } from './addresses.ts'
import { readWalk, type Done, type Walk } from './walk.ts'
import { approvalsKey, client, useWords } from './words.ts'

export function WalkResults() {
  const words = useWords()
  const walk = readWalk(useSearch({ strict: false }))
  return (
    <Page
      title={words.results.title}
      screenId="BSHN009"
      lead={walk && <p>{words.results.lead(words.acts[walk.act])}</p>}
      actions={walk && <PrintButton />}
    >
      <Card title={words.results.caption}>
        {walk === null ? <EmptyState>{words.results.none}</EmptyState> : <Results walk={walk} />}
      </Card>
      <Actions>
        <ButtonLink to={listPath}>{words.show.toList}</ButtonLink>
      </Actions>
    </Page>
  )
}

interface Row {
  readonly id: string
  readonly line: ApprovalLine | null // null: not (yet) known
  readonly gone: boolean
  readonly done: Done | null // null: not reached
}

function Results({ walk }: { readonly walk: Walk }) {
  const words = useWords().results
  const rows = useRows(walk)
  return (
    <DataTable
      caption={words.caption}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', heading: words.name, namesRow: true, cell: (row) => <Name row={row} /> },
        {
          key: 'amount',
          heading: words.amount,
          align: 'end',
          cell: ({ line }) => (line === null ? '—' : <Amount value={line.amount} strong unit />),
        },
        { key: 'result', heading: words.result, cell: ({ done }) => <Result done={done} /> },
        {
          key: 'state',
          heading: words.stateNow,
          cell: ({ line }) => (line === null ? '—' : <StateBadge state={line.state} />),
        },
      ]}
    />
  )
}

function useRows(walk: Walk): readonly Row[] {
  const found = useQueries({
    queries: walk.ids.map((id) => ({
      queryKey: [...approvalsKey, 'one', id],
      queryFn: () => client.showApproval({ params: { id } }),
    })),
  })
  return walk.ids.map((id, index) => ({
    id,
    line: found[index]?.data?.line ?? null,
    gone: found[index]?.isError ?? false,
    done: walk.done[index] ?? null,
  }))
}

function Name({ row: { id, line, gone } }: { readonly row: Row }) {
  const words = useWords().results
  const nameOf = useNameOf()
  if (line === null) return gone ? words.unknown : '…'
  return (
    <span>
      <TextLink to={pathOf(id)}>{nameOf(line)}</TextLink>
      <KindAndNew line={line} />
    </span>
  )
}

function Result({ done }: Pick<Row, 'done'>) {
  const words = useWords().results
  if (done === null) return words.notReached
  return done === 'skipped' ? words.skipped : <StateBadge state={done} />
}
