/** 口座残高 — of the accounts this user may see, at the time the core system answered. */
import type { Out } from '#kit/endpoint.ts'
import { AccountNumber } from '#ui/account.tsx'
import { Amount } from '#ui/amount.tsx'
import { DataTable, type Column } from '#ui/data-table.tsx'
import { momentText } from '#ui/format.ts'
import { useUiMessages } from '#ui/language.tsx'
import { TextLink } from '#ui/links.tsx'
import { Card } from '#ui/page.tsx'
import { Badge, EmptyState, Loading } from '#ui/signs.tsx'
import { useHasPage } from '#ui/viewer.tsx'
import type { AccountBalance, contract } from '../contract.ts'
import { Untold, useWords } from './words.tsx'

type Told = Out<typeof contract.showHomeBalances>

export function BalancesCard({ told }: { readonly told: Told | undefined }) {
  const words = useWords().balances
  const hasInquiry = useHasPage('/balances')
  return (
    <Card
      title={words.heading}
      aside={hasInquiry && <TextLink to="/balances">{words.toInquiry}</TextLink>}
    >
      {told === undefined ? (
        <Loading />
      ) : told.told ? (
        <Balances accounts={told.accounts} />
      ) : (
        <Untold />
      )}
    </Card>
  )
}

function Balances({ accounts }: { readonly accounts: readonly AccountBalance[] }) {
  const words = useWords().balances
  const ui = useUiMessages().account
  if (accounts.length === 0) return <EmptyState>{words.none}</EmptyState>
  const asOf = accounts.find(({ balance }) => balance !== null)?.balance?.asOf
  const amount = (key: 'current' | 'available'): Column<AccountBalance> => ({
    key,
    heading: words[key],
    align: 'end',
    cell: ({ balance }) =>
      balance === null ? '—' : <Amount value={balance[key]} strong={key === 'current'} unit />,
  })
  return (
    <>
      <DataTable
        caption={words.heading}
        rows={accounts}
        rowKey={({ accountKey }) => accountKey}
        columns={[
          { key: 'branch', heading: ui.branch, cell: ({ branchName }) => branchName },
          {
            key: 'number',
            heading: ui.number,
            namesRow: true,
            cell: (account) => <Named {...account} />,
          },
          amount('current'),
          amount('available'),
        ]}
      />
      {asOf !== undefined && (
        <p className="figures mt-3 text-sm text-ink-soft">{words.asOf({ at: momentText(asOf) })}</p>
      )}
    </>
  )
}

function Named({ kind, number, memo, representative, balance }: AccountBalance) {
  const words = useWords().balances
  return (
    <span>
      <AccountNumber kind={kind} number={number} />{' '}
      {representative && <Badge look="neutral">{words.representative}</Badge>}
      {memo !== '' && <span className="block text-sm text-ink-soft">{memo}</span>}
      {balance === null && <span className="block text-sm">{words.unknownAccount}</span>}
    </span>
  )
}
