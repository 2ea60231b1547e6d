/** 入出金明細照会 and 振込入金明細照会: conditions above, lines and files below. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { Amount } from '#ui/amount.tsx'
import { PrintButton } from '#ui/button.tsx'
import { dayText, momentText, yenText } from '#ui/format.ts'
import { Card, Facts, Page } from '#ui/page.tsx'
import { MoreButton } from '#ui/paging.tsx'
import { EmptyState } from '#ui/signs.tsx'
import type { StatementPage } from '../contract.ts'
import {
  type Conditions,
  directionQuery,
  firstConditions,
  periodQuery,
  searchQuery,
} from './conditions.ts'
import { ConditionsForm } from './conditions-form.tsx'
import { FileCard } from './file-card.tsx'
import { IncomingTable, StatementTable } from './statement-table.tsx'
import { client, useAccountWord, useWords } from './words.ts'

/** 入出金明細照会 */
export function Statement() {
  return <Inquiry of="statement" />
}

/** 振込入金明細照会 */
export function IncomingTransfers() {
  return <Inquiry of="incoming" />
}

type Kind = 'statement' | 'incoming'
const screenIds: Readonly<Record<Kind, string>> = { statement: 'BNMS001', incoming: 'BFNM001' }

interface Asked {
  readonly conditions: Conditions
  /** Every press of 照会 asks anew. */
  readonly time: number
}

function Inquiry({ of }: { readonly of: Kind }) {
  const words = useWords()
  const { account } = useSearch({ strict: false }) as { account?: string }
  const first = { ...firstConditions, ...(account && { account }) }
  // Coming from a balance, the clerk has chosen already.
  const [asked, setAsked] = useState<Asked | null>(account ? { conditions: first, time: 0 } : null)
  const found = useLines(of, asked)
  const pages = found.data?.pages
  return (
    <Page title={words.menu[of]} screenId={screenIds[of]} actions={pages && <PrintButton />}>
      <ConditionsForm
        first={first}
        search={of === 'statement' ? 'with-direction' : 'without-direction'}
        pending={found.isFetching && !found.isFetchingNextPage}
        error={found.error}
        onAsk={(conditions) => setAsked({ conditions, time: (asked?.time ?? 0) + 1 })}
      />
      {asked && pages && (
        <>
          <Result of={of} pages={pages} time={asked.time}>
            {found.hasNextPage && (
              <MoreButton
                pending={found.isFetchingNextPage}
                onMore={() => void found.fetchNextPage()}
              />
            )}
          </Result>
          <Files key={asked.time} of={of} conditions={asked.conditions} page={pages[0]!} />
        </>
      )}
    </Page>
  )
}

function useLines(of: Kind, asked: Asked | null) {
  return useInfiniteQuery({
    queryKey: ['balance-inquiry', of, asked],
    enabled: asked !== null,
    gcTime: 0,
    queryFn: ({ pageParam, signal }) => {
      const { conditions } = asked!
      const query = {
        ...periodQuery(conditions),
        ...searchQuery(conditions),
        order: conditions.order,
        ...(pageParam !== null && { cursor: pageParam }),
      }
      return of === 'statement'
        ? client.showStatement({ query: { ...query, ...directionQuery(conditions) } }, { signal })
        : client.showIncomingTransfers({ query }, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
}

interface ResultProps {
  readonly of: Kind
  readonly pages: readonly StatementPage[]
  readonly time: number
  readonly children: React.ReactNode
}

function Result({ of, pages, time, children }: ResultProps) {
  const words = useWords()
  const { fields } = words
  const accountWord = useAccountWord()
  const { account, period, askedAt, totals } = pages[0]!
  const lines = pages.flatMap((page) => page.lines)
  if (!totals) return null
  const count = totals.inCount + totals.outCount
  const both = of === 'statement'
  return (
    <Card title={words.result} arrived={time}>
      <div className="flex flex-col gap-5">
        <Facts
          dense
          facts={[
            [fields.account, accountWord(account)],
            [fields.holder, account.holder],
            [
              fields.period,
              <span key="period" className="figures">
                {words.periodWord(dayText(period.from), dayText(period.to))}
              </span>,
            ],
            ...(both
              ? ([[fields.opening, <Amount key="opening" value={totals.opening} unit />]] as const)
              : []),
            [fields.inTotal, <Sum key="in" amount={totals.inAmount} count={totals.inCount} />],
            ...(both
              ? ([
                  [
                    fields.outTotal,
                    <Sum key="out" amount={totals.outAmount} count={totals.outCount} />,
                  ],
                  [fields.closing, <Amount key="closing" value={totals.closing} strong unit />],
                ] as const)
              : []),
            [
              fields.askedAt,
              <span key="at" className="figures">
                {momentText(askedAt)}
              </span>,
            ],
          ]}
        />
        {lines.length === 0 ? (
          <EmptyState>{words.noLines}</EmptyState>
        ) : (
          <>
            <p role="status" className="figures text-sm">
              {words.shownOf(yenText(String(lines.length)), yenText(String(count)))}
            </p>
            {both ? (
              <StatementTable lines={lines} totals={totals} />
            ) : (
              <IncomingTable lines={lines} totals={totals} />
            )}
            {children}
          </>
        )}
      </div>
    </Card>
  )
}

function Sum({ amount, count }: { readonly amount: string; readonly count: number }) {
  const words = useWords()
  return (
    <span>
      <Amount value={amount} unit />{' '}
      <span className="figures text-sm">（{words.lines(yenText(String(count)))}）</span>
    </span>
  )
}

interface FilesProps {
  readonly of: Kind
  readonly conditions: Conditions
  readonly page: StatementPage
}

function Files({ of, conditions, page }: FilesProps) {
  const words = useWords()
  const accountWord = useAccountWord()
  const account = { key: page.account.key, name: accountWord(page.account) }
  // The days that are on the screen, also when the clock has passed midnight since.
  const days = { period: 'dates', from: page.period.from, to: page.period.to } as const
  const searched = searchQuery(conditions)
  if (of === 'incoming') {
    return (
      <FileCard
        account={account}
        formats={words.incomingFormats}
        hint={words.fileHint}
        take={(asked, options) => {
          const search = asked.format === 'csv' ? searched : {}
          return client.downloadIncomingTransfers(
            { query: { ...days, ...search, ...asked } },
            options,
          )
        }}
      />
    )
  }
  return (
    <FileCard
      account={account}
      formats={words.formats}
      hint={`${words.fileHint}${words.wholePeriodHint}`}
      take={(asked, options) => {
        const whole = asked.format === 'zengin' || asked.format === 'camt053'
        const search = whole ? {} : { ...searched, ...directionQuery(conditions) }
        return client.downloadStatement({ query: { ...days, ...search, ...asked } }, options)
      }}
    />
  )
}
