/** One of the lists of 承認; with a box at each line where many can be chosen. */
import { Amount } from '#ui/amount.tsx'
import { DataTable, type Column } from '#ui/data-table.tsx'
import { dayText } from '#ui/format.ts'
import { TextLink } from '#ui/links.tsx'
import type { ApprovalLine } from '../contract.ts'
import {
  Deadline,
  KindAndNew,
  PayingAccount,
  StateBadge,
  useNameOf,
  People,
} from './line-parts.tsx'
import { pathOf } from './addresses.ts'
import { useSay, useWords } from './words.ts'

export interface Choice {
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (id: string, chosen: boolean) => void
}

export interface ApprovalTableProps {
  readonly caption: string
  readonly lines: readonly ApprovalLine[]
  readonly choice?: Choice
}

export function ApprovalTable({ caption, lines, choice }: ApprovalTableProps) {
  const columns = useColumns(choice !== undefined)
  const tick = useTick()
  return (
    <DataTable
      caption={caption}
      columns={choice === undefined ? columns : [tick(choice), ...columns]}
      rows={lines}
      rowKey={({ id }) => id}
      narrow="lines"
    />
  )
}

function useTick() {
  const words = useWords().list
  const nameOf = useNameOf()
  return ({ chosen, onChoose }: Choice): Column<ApprovalLine> => ({
    key: 'select',
    heading: words.columns.select,
    place: 'lead',
    cell: (line, index) => (
      <label className="inline-grid size-8 place-items-center">
        <input
          type="checkbox"
          id={index === 0 ? 'select' : undefined}
          aria-label={words.select(nameOf(line))}
          className="size-6 accent-brand-800"
          checked={chosen.has(line.id)}
          onChange={(event) => onChoose(line.id, event.currentTarget.checked)}
        />
      </label>
    ),
  })
}

function useColumns(waitsForReader: boolean): readonly Column<ApprovalLine>[] {
  const { columns: words, items: counted } = useWords().list
  const nameOf = useNameOf()
  return [
    {
      key: 'state',
      heading: words.state,
      place: waitsForReader ? 'tag' : 'lead', // the box leads where there is one
      cell: (line) => <State line={line} waitsForReader={waitsForReader} />,
    },
    {
      key: 'name',
      heading: words.name,
      namesRow: true,
      place: 'wide',
      cell: (line) => (
        <span className="inline-block lg:min-w-28">
          <TextLink to={pathOf(line.id)} className="font-bold">
            {nameOf(line)}
          </TextLink>
          <KindAndNew line={line} />
        </span>
      ),
    },
    {
      key: 'paymentDay',
      heading: words.paymentDay,
      shortHeading: words.paymentDay,
      unbroken: true,
      cell: ({ paymentDay }) => <span className="figures">{dayText(paymentDay)}</span>,
    },
    {
      key: 'requester',
      heading: words.requester,
      shortHeading: words.requester,
      unbroken: true,
      cell: ({ requester }) => <People people={[requester]} />,
    },
    {
      key: 'approvers',
      heading: words.approvers,
      shortHeading: words.approvers,
      cell: ({ approvers }) => (
        <span className="inline-block lg:min-w-20">
          <People people={approvers} />
        </span>
      ),
    },
    {
      key: 'account',
      heading: words.account,
      shortHeading: words.account,
      cell: (line) => <PayingAccount line={line} />,
    },
    {
      key: 'amount',
      heading: words.amount,
      align: 'end',
      place: 'value',
      cell: ({ amount, count }) => (
        <span className="inline-block">
          <Amount value={amount} strong unit />
          <span className="figures block text-sm text-ink-soft">{counted(count)}</span>
        </span>
      ),
    },
    {
      key: 'deadline',
      heading: words.deadline,
      shortHeading: words.deadline,
      cell: (line) => <Deadline line={line} />,
    },
  ]
}

interface StateProps {
  readonly line: ApprovalLine
  /** The list says so already. */
  readonly waitsForReader: boolean
}

/** 取引状態, and whose approval is missing. */
function State({ line, waitsForReader }: StateProps) {
  const waitsFor = useSay()(line.waitsFor)
  return (
    <span>
      <StateBadge state={line.state} />
      {waitsFor !== '' && !waitsForReader && (
        <span className="block text-sm text-ink-soft lg:max-w-52">{waitsFor}</span>
      )}
    </span>
  )
}
