/** 残高照会 — one account or all, at the moment the core system answers. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Amount } from '#ui/amount.tsx'
import { Button, PrintButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DataTable, type Column } from '#ui/data-table.tsx'
import { momentText } from '#ui/format.ts'
import { TextLink } from '#ui/links.tsx'
import { Card, Page } from '#ui/page.tsx'
import { Badge, EmptyState, Loading } from '#ui/signs.tsx'
import { useMay } from '#ui/viewer.tsx'
import { allAccounts, type contract } from '../contract.ts'
import { Refused } from './conditions-form.tsx'
import { FileCard } from './file-card.tsx'
import { client, useAccounts, useAccountWord, useWords } from './words.ts'

type Answer = Out<typeof contract.showBalances>
type Row = Answer['accounts'][number]

export function Balances() {
  const words = useWords()
  const [asked, setAsked] = useState({ account: allAccounts as string, time: 0 })
  const found = useQuery({
    queryKey: ['balance-inquiry', 'balances', asked],
    queryFn: ({ signal }) => client.showBalances({ query: { account: asked.account } }, { signal }),
    gcTime: 0,
  })
  return (
    <Page title={words.menu.balances} screenId="BZDK001" actions={found.data && <PrintButton />}>
      <Choice
        pending={found.isFetching}
        onAsk={(account) => setAsked({ account, time: asked.time + 1 })}
      />
      <Refused error={found.error} />
      {found.data ? (
        <Result answer={found.data} time={asked.time} />
      ) : (
        found.isPending && <Loading />
      )}
      {found.data && found.data.accounts.length > 0 && (
        <FileCard
          key={asked.account}
          formats={words.balanceFormats}
          take={(file, options) =>
            client.downloadBalances({ query: { ...file, account: asked.account } }, options)
          }
        />
      )}
    </Page>
  )
}

interface ChoiceProps {
  readonly pending: boolean
  readonly onAsk: (account: string) => void
}

function Choice({ pending, onAsk }: ChoiceProps) {
  const words = useWords()
  const accountWord = useAccountWord()
  const known = useAccounts()
  const [account, setAccount] = useState<string>(allAccounts)
  return (
    <Card title={words.conditions} className="not-printed">
      <form
        className="grid grid-cols-1 items-end gap-5 sm:grid-cols-[1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault()
          if (!pending) onAsk(account)
        }}
      >
        <Select
          name="account"
          label={words.fields.account}
          value={account}
          options={[
            { value: allAccounts, label: words.fields.allAccounts },
            ...(known?.accounts ?? []).map((one) => ({ value: one.key, label: accountWord(one) })),
          ]}
          onChange={(event) => setAccount(event.currentTarget.value)}
        />
        <Button type="submit" pending={pending}>
          {words.inquire}
        </Button>
      </form>
    </Card>
  )
}

function Result({ answer, time }: { readonly answer: Answer; readonly time: number }) {
  const words = useWords()
  const { fields } = words
  const mayRead = useMay('statement-inquiry')
  if (answer.accounts.length === 0) return <EmptyState>{words.noAccounts}</EmptyState>

  const money = (
    key: keyof NonNullable<Row['balances']>,
    heading: string,
    place: NonNullable<Column<Row>['place']> = 'more',
  ): Column<Row> => ({
    key,
    heading: words.yenHeading(heading),
    shortHeading: heading,
    place,
    align: 'end',
    cell: ({ balances }) =>
      balances ? (
        <Amount value={balances[key]} strong={key === 'current'} />
      ) : key === 'current' ? (
        words.balancesUnknown
      ) : (
        '—'
      ),
  })
  const columns: Column<Row>[] = [
    {
      key: 'branch',
      heading: fields.branch,
      place: 'lead',
      cell: ({ account }) => account.branchName,
    },
    {
      key: 'account',
      heading: fields.kindAndNumber,
      namesRow: true,
      place: 'main',
      cell: ({ account }) => <Named account={account} link={mayRead} />,
    },
    money('current', fields.current, 'value'),
    money('available', fields.available, 'under'),
    money('uncleared', fields.uncleared),
    money('previousDay', fields.previousDay),
    money('previousMonthEnd', fields.previousMonthEnd),
  ]
  const footer = [
    fields.total,
    '',
    <Amount key="current" value={answer.total.current} strong />,
    <Amount key="available" value={answer.total.available} />,
    '',
    '',
    '',
  ]
  return (
    <Card title={words.result} arrived={time}>
      <DataTable
        caption={words.menu.balances}
        columns={columns}
        narrow="lines"
        rows={answer.accounts}
        rowKey={({ account }) => account.key}
        {...(answer.accounts.length > 1 && { footer })}
      />
      <p className="figures mt-3 text-sm text-ink-soft">
        {fields.askedAt} {momentText(answer.askedAt)}
      </p>
    </Card>
  )
}

function Named({ account, link }: { readonly account: Row['account']; readonly link: boolean }) {
  const words = useWords()
  const name = `${words.kinds[account.kind]} ${account.number}`
  return (
    <span>
      <span className="figures whitespace-nowrap">
        {link ? (
          <TextLink to="/statements" search={{ account: account.key }}>
            {name}
            <span className="sr-only"> {words.toStatement}</span>
          </TextLink>
        ) : (
          name
        )}
      </span>{' '}
      {account.representative && <Badge look="neutral">{words.fields.representative}</Badge>}
      {account.memo !== '' && <span className="block text-sm text-ink-soft">{account.memo}</span>}
    </span>
  )
}
