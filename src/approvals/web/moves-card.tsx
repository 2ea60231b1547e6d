/** これまでの経過 — each move with who, when and the comment, the oldest first. */
import type { Out } from '#kit/endpoint.ts'
import { DataTable } from '#ui/data-table.tsx'
import { momentText } from '#ui/format.ts'
import { Card } from '#ui/page.tsx'
import { EmptyState } from '#ui/signs.tsx'
import type { contract } from '../contract.ts'
import { useWords } from './words.ts'

type Moves = Out<typeof contract.showApproval>['moves']

export function MovesCard({ moves }: { readonly moves: Moves }) {
  const words = useWords().moves
  const rows = moves.map((move, index) => ({ ...move, key: String(index) }))
  return (
    <Card title={words.heading}>
      {rows.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <DataTable
          caption={words.heading}
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'at',
              heading: words.at,
              unbroken: true,
              cell: ({ at }) => <span className="figures">{momentText(at)}</span>,
            },
            {
              key: 'move',
              heading: words.what,
              namesRow: true,
              cell: ({ move }) => words.names[move] ?? move,
            },
            { key: 'by', heading: words.by, cell: ({ by }) => by?.name ?? words.clock },
            { key: 'comment', heading: words.comment, cell: ({ comment }) => comment || '—' },
          ]}
        />
      )}
    </Card>
  )
}
