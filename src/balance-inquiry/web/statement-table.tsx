/** 入出金明細 and 振込入金明細 as tables. Read-only, so a plain table (frontend.md §3). */
import { Amount } from '#ui/amount.tsx'
import { DataTable, type Column } from '#ui/data-table.tsx'
import { dayText } from '#ui/format.ts'
import type { StatementLine, Totals } from '../contract.ts'
import { useWords } from './words.ts'

export interface TableProps {
  readonly lines: readonly StatementLine[]
  readonly totals: Totals
}

export function StatementTable({ lines, totals }: TableProps) {
  const words = useWords()
  const { fields } = words
  const columns: Column<StatementLine>[] = [
    day('bookedOn', fields.bookedOn),
    {
      key: 'particulars',
      heading: fields.particulars,
      namesRow: true,
      cell: (line) => <Particulars line={line} />,
    },
    { key: 'kind', heading: fields.kind, cell: ({ kind }) => words.transactionKinds[kind] },
    amount('out', words.yenHeading(fields.out)),
    amount('in', words.yenHeading(fields.in)),
    {
      key: 'balance',
      heading: words.yenHeading(fields.balance),
      align: 'end',
      cell: ({ balance }) => <Amount value={balance} />,
    },
  ]
  const footer = [
    fields.total,
    '',
    '',
    <Amount key="out" value={totals.outAmount} />,
    <Amount key="in" value={totals.inAmount} />,
    <Amount key="closing" value={totals.closing} />,
  ]
  return (
    <DataTable
      caption={words.menu.statement}
      columns={columns}
      rows={lines}
      rowKey={({ sequence }) => sequence}
      footer={footer}
    />
  )
}

export function IncomingTable({ lines, totals }: TableProps) {
  const words = useWords()
  const { fields } = words
  const columns: Column<StatementLine>[] = [
    day('bookedOn', fields.bookedOn),
    day('valueOn', fields.valueOn),
    {
      key: 'remitter',
      heading: fields.remitter,
      namesRow: true,
      cell: ({ remitterName, remitterCode, description }) => (
        <span>
          {remitterName || description}
          {remitterCode !== '' && (
            <span className="figures block text-sm text-ink-soft">
              {fields.remitterCode} {remitterCode}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'sendingBank',
      heading: fields.sendingBank,
      cell: ({ bankName, branchName }) => `${bankName} ${branchName}`.trim() || '—',
    },
    {
      key: 'edi',
      heading: fields.ediInformation,
      cell: ({ ediInformation }) => ediInformation || '—',
    },
    amount('in', words.yenHeading(fields.in)),
  ]
  const footer = [fields.total, '', '', '', '', <Amount key="in" value={totals.inAmount} />]
  return (
    <DataTable
      caption={words.menu.incoming}
      columns={columns}
      rows={lines}
      rowKey={({ sequence }) => sequence}
      footer={footer}
    />
  )
}

function day(key: 'bookedOn' | 'valueOn', heading: string): Column<StatementLine> {
  return {
    key,
    heading,
    unbroken: true,
    cell: (line) => <span className="figures">{dayText(line[key])}</span>,
  }
}

function amount(direction: 'in' | 'out', heading: string): Column<StatementLine> {
  return {
    key: direction,
    heading,
    align: 'end',
    cell: (line) => (line.direction === direction ? <Amount value={line.amount} /> : ''),
  }
}

function Particulars({ line }: { readonly line: StatementLine }) {
  const { fields } = useWords()
  const more = [line.bankName, line.branchName, line.ediInformation].filter(Boolean).join(' ')
  return (
    <span>
      {[line.description, line.remitterName].filter(Boolean).join(' ') || '—'}
      {more !== '' && <span className="block text-sm text-ink-soft">{more}</span>}
      {line.chequeNumber !== '' && (
        <span className="figures block text-sm text-ink-soft">
          {fields.chequeNumber} {line.chequeNumber}
        </span>
      )}
    </span>
  )
}
