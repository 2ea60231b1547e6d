/** 入出金明細 and 振込入金明細 as tables. Read-only, so a plain table (frontend.md §3). */
import { Amount } from '#ui/amount.tsx'
import { DataTable, type Column } from '#ui/data-table.tsx'
import { Day } from '#ui/day.tsx'
import { wideKana } from '#ui/format.ts'
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
    { ...day('bookedOn', fields.bookedOn), place: 'lead' },
    {
      key: 'particulars',
      heading: fields.particulars,
      namesRow: true,
      place: 'main',
      cell: (line) => <Particulars line={line} />,
    },
    {
      key: 'kind',
      heading: fields.kind,
      unbroken: true,
      place: 'tag',
      cell: ({ kind }) => words.transactionKinds[kind],
    },
    amount('out', words.yenHeading(fields.out), words.short.out),
    amount('in', words.yenHeading(fields.in), words.short.in),
    {
      key: 'balance',
      heading: words.yenHeading(fields.balance),
      shortHeading: fields.balance,
      place: 'under',
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
      narrow="lines"
    />
  )
}

export function IncomingTable({ lines, totals }: TableProps) {
  const words = useWords()
  const { fields } = words
  const columns: Column<StatementLine>[] = [
    { ...day('bookedOn', fields.bookedOn), place: 'lead' },
    { ...day('valueOn', fields.valueOn), shortHeading: fields.valueOn },
    {
      key: 'remitter',
      heading: fields.remitter,
      namesRow: true,
      place: 'wide',
      cell: ({ remitterName, remitterCode, description }) => (
        <span>
          <span lang="ja">{wideKana(remitterName || description)}</span>
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
      cell: ({ bankName, branchName }) =>
        bankName + branchName === '' ? (
          ''
        ) : (
          <span lang="ja">{wideKana(`${bankName} ${branchName}`)}</span>
        ),
    },
    {
      key: 'edi',
      heading: fields.ediInformation,
      shortHeading: fields.ediInformation,
      cell: ({ ediInformation }) => ediInformation,
    },
    amount('in', words.yenHeading(fields.in), words.short.in),
  ]
  const footer = [fields.total, '', '', '', '', <Amount key="in" value={totals.inAmount} />]
  return (
    <DataTable
      caption={words.menu.incoming}
      columns={columns}
      rows={lines}
      rowKey={({ sequence }) => sequence}
      footer={footer}
      narrow="lines"
    />
  )
}

function day(key: 'bookedOn' | 'valueOn', heading: string): Column<StatementLine> {
  return {
    key,
    heading,
    unbroken: true,
    cell: (line) => <Day value={line[key]} />,
  }
}

function amount(
  direction: 'in' | 'out',
  heading: string,
  shortHeading: string,
): Column<StatementLine> {
  return {
    key: direction,
    heading,
    shortHeading,
    place: 'value',
    align: 'end',
    cell: (line) => (line.direction === direction ? <Amount value={line.amount} /> : ''),
  }
}

function Particulars({ line }: { readonly line: StatementLine }) {
  const { fields } = useWords()
  const said = [line.description, line.remitterName].filter(Boolean).join(' ')
  const more = [line.bankName, line.branchName, line.ediInformation].filter(Boolean).join(' ')
  return (
    <span>
      <span lang="ja">{wideKana(said) || '—'}</span>
      {more !== '' && (
        <span lang="ja" className="block text-sm text-ink-soft">
          {wideKana(more)}
        </span>
      )}
      {line.chequeNumber !== '' && (
        <span className="figures block text-sm text-ink-soft">
          {fields.chequeNumber} {line.chequeNumber}
        </span>
      )}
    </span>
  )
}
