/** 未承認の取引 — what waits for approval or is still being drawn up; says so when nothing does. */
import { Amount } from '#ui/amount.tsx'
import { DataTable } from '#ui/data-table.tsx'
import { dayText, minuteText } from '#ui/format.ts'
import { useLanguage } from '#ui/language.tsx'
import { TextLink } from '#ui/links.tsx'
import { Card } from '#ui/page.tsx'
import { Badge, EmptyState } from '#ui/signs.tsx'
import type { UnapprovedOrder } from '../contract.ts'
import { Untold, useWords, type HomeFacts } from './words.tsx'

export function UnapprovedCard({ block }: { readonly block: HomeFacts['unapproved'] }) {
  const words = useWords().unapproved
  return (
    <Card title={words.heading}>
      {!block.told ? (
        <Untold />
      ) : block.orders.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <>
          <Counts counts={block.counts} />
          <Orders orders={block.orders} />
          {block.total > block.orders.length && (
            <p className="mt-3 text-sm">
              {words.more({ count: block.total - block.orders.length })}
            </p>
          )}
        </>
      )}
    </Card>
  )
}

/** 承認待ち n件・作成中 n件. A count leads where its orders are; none leads nowhere. */
function Counts({ counts }: { readonly counts: { awaitingApproval: number; drafts: number } }) {
  const words = useWords().unapproved
  const shown = [
    ['awaiting-approval', counts.awaitingApproval, '/approvals'],
    ['draft', counts.drafts, '/transfers/drafts'],
  ] as const
  return (
    <ul className="mb-3 flex flex-wrap gap-x-6 gap-y-1">
      {shown.map(([state, count, path]) => {
        const says = words.stateCount({ state: words.states[state], count })
        return <li key={state}>{count > 0 ? <TextLink to={path}>{says}</TextLink> : says}</li>
      })}
    </ul>
  )
}

function Orders({ orders }: { readonly orders: readonly UnapprovedOrder[] }) {
  const words = useWords().unapproved
  const { language } = useLanguage()
  return (
    <DataTable
      caption={words.heading}
      rows={orders}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          heading: words.columns.name,
          namesRow: true,
          cell: ({ name, path }) => <TextLink to={path}>{name}</TextLink>,
        },
        { key: 'kind', heading: words.columns.kind, cell: ({ kind }) => kind[language] },
        {
          key: 'state',
          heading: words.columns.state,
          cell: ({ state }) => (
            <Badge look={state === 'draft' ? 'neutral' : 'waiting'}>{words.states[state]}</Badge>
          ),
        },
        {
          key: 'paymentDay',
          heading: words.columns.paymentDay,
          unbroken: true,
          cell: ({ paymentDay }) => (paymentDay === null ? '—' : dayText(paymentDay)),
        },
        { key: 'count', heading: words.columns.count, align: 'end', cell: ({ count }) => count },
        {
          key: 'amount',
          heading: words.columns.amount,
          align: 'end',
          cell: ({ amount }) => <Amount value={amount} strong unit />,
        },
        {
          key: 'approvableUntil',
          heading: words.columns.approvableUntil,
          unbroken: true,
          cell: ({ approvableUntil }) =>
            approvableUntil === null ? '—' : minuteText(approvableUntil),
        },
      ]}
    />
  )
}
