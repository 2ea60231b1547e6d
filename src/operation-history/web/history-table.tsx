/** 操作日時・利用者名・操作端末・業務・操作内容・結果 */
import { DataTable, type Column } from '#ui/data-table.tsx'
import { momentText } from '#ui/format.ts'
import { Badge } from '#ui/signs.tsx'
import type { HistoryLine } from '../contract.ts'
import { useWords } from './words.ts'

export function HistoryTable({ lines }: { readonly lines: readonly HistoryLine[] }) {
  const words = useWords()
  return (
    <DataTable
      caption={words.list.heading}
      rows={lines}
      narrow="lines"
      rowKey={({ sequence }) => sequence}
      columns={columnsIn(words)}
    />
  )
}

function columnsIn(words: ReturnType<typeof useWords>): readonly Column<HistoryLine>[] {
  const { columns } = words
  return [
    {
      key: 'at',
      heading: columns.at,
      unbroken: true,
      namesRow: true,
      place: 'lead',
      cell: ({ at }) => <span className="figures">{momentText(at)}</span>,
    },
    { key: 'user', heading: columns.user, cell: (line) => <Person line={line} /> },
    {
      key: 'terminal',
      heading: columns.terminal,
      unbroken: true,
      cell: ({ terminal, address }) => (
        <div>
          {words.terminals[terminal]}
          <span className="figures text-xs text-ink-soft max-lg:ms-2 lg:block">{address}</span>
        </div>
      ),
    },
    {
      key: 'business',
      heading: columns.business,
      unbroken: true,
      place: 'tag',
      cell: ({ business }) => words.businesses[business],
    },
    {
      key: 'operation',
      heading: columns.operation,
      place: 'wide',
      cell: (line) => <span className="wrap-anywhere">{words.says(line)}</span>,
    },
    {
      key: 'result',
      heading: columns.result,
      place: 'value',
      cell: ({ result }) => <Badge look={result}>{words.results[result]}</Badge>,
    },
  ]
}

function Person({ line: { userName, loginId } }: { readonly line: HistoryLine }) {
  const words = useWords()
  if (userName === null) return <span className="text-ink-soft">{words.nobody}</span>
  return (
    <div>
      {userName}
      <span className="text-xs text-ink-soft lg:block">（{loginId}）</span>
    </div>
  )
}
