/** 取引一覧 — orders as every list of 振込振替 shows them; cards on a phone. */
import type { ReactNode } from 'react'
import { Amount } from '#ui/amount.tsx'
import { DataTable, type Column } from '#ui/data-table.tsx'
import { Day } from '#ui/day.tsx'
import { minuteText, yenText } from '#ui/format.ts'
import { TextLink } from '#ui/links.tsx'
import type { TransferLine } from '../contract.ts'
import { StateBadge } from './state-badge.tsx'
import { useAccountWord, useWords } from './words.ts'

export interface TransferTableProps {
  readonly caption: string
  readonly lines: readonly TransferLine[]
  /** Which moment matters in this list. */
  readonly moment: 'changedAt' | 'deadline'
  readonly actions?: (line: TransferLine) => ReactNode
}

export function TransferTable({ caption, lines, moment, actions }: TransferTableProps) {
  const words = useWords().lists
  const accountWord = useAccountWord()
  const { columns: heading } = words
  const columns: Column<TransferLine>[] = [
    {
      key: 'state',
      heading: heading.state,
      unbroken: true,
      cell: (line) => <StateBadge line={line} />,
    },
    {
      key: 'day',
      heading: heading.day,
      unbroken: true,
      cell: ({ paymentDay }) => <Day value={paymentDay} />,
    },
    { key: 'name', heading: heading.name, namesRow: true, cell: (line) => <Named line={line} /> },
    {
      key: 'payees',
      heading: heading.payees,
      cell: ({ payees }) => <span lang="ja">{payees}</span>,
    },
    { key: 'account', heading: heading.account, cell: ({ account }) => accountWord(account) },
    {
      key: 'count',
      heading: heading.count,
      align: 'end',
      cell: ({ count }) => <span className="figures">{words.count(yenText(String(count)))}</span>,
    },
    {
      key: 'payable',
      heading: heading.payable,
      align: 'end',
      cell: ({ payable }) => <Amount value={payable} unit />,
    },
    {
      key: 'requester',
      heading: heading.requester,
      unbroken: true,
      cell: ({ requester }) => requester.name,
    },
    {
      key: moment,
      heading: heading[moment],
      cell: (line) => <Moment at={line[moment]} />,
    },
    ...(actions
      ? [
          {
            key: 'actions',
            heading: heading.actions,
            cell: (line: TransferLine) => {
              const buttons = actions(line)
              if (!buttons) return null
              return (
                <span className="not-printed flex flex-wrap justify-end gap-2 whitespace-nowrap sm:justify-start">
                  {buttons}
                </span>
              )
            },
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={lines}
      rowKey={({ id }) => id}
      narrow="cards"
    />
  )
}

function Named({ line }: { readonly line: TransferLine }) {
  return (
    <span className="inline-block">
      <TextLink to={`/transfers/${line.id}`}>{line.name}</TextLink>
      {line.receiptNumber !== null && (
        <span className="figures block text-sm whitespace-nowrap text-ink-soft">
          {line.receiptNumber}
        </span>
      )}
    </span>
  )
}

/** Broken between day and time only. */
function Moment({ at }: { readonly at: string | null }) {
  if (at === null) return '—'
  const [day, time] = minuteText(at).split(' ')
  return (
    <span className="figures">
      <span className="whitespace-nowrap">{day}</span> {time}
    </span>
  )
}
