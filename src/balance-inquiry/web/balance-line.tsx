/** 残高推移 — the balance at the end of each day, drawn and in figures. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Amount } from '#ui/amount.tsx'
import { PrintButton } from '#ui/button.tsx'
import { DataTable } from '#ui/data-table.tsx'
import { Day } from '#ui/day.tsx'
import { dayText, momentText } from '#ui/format.ts'
import { Card, Facts, Page } from '#ui/page.tsx'
import { EmptyState } from '#ui/signs.tsx'
import type { contract } from '../contract.ts'
import { type Conditions, firstConditions, periodQuery } from './conditions.ts'
import { ConditionsForm } from './conditions-form.tsx'
import { LineChart } from './line-chart.tsx'
import { client, useAccountWord, useWords } from './words.ts'

type Answer = Out<typeof contract.showBalanceLine>

export function BalanceLine() {
  const words = useWords()
  const [asked, setAsked] = useState<{ conditions: Conditions; time: number } | null>(null)
  const found = useQuery({
    queryKey: ['balance-inquiry', 'line', asked],
    enabled: asked !== null,
    gcTime: 0,
    queryFn: ({ signal }) =>
      client.showBalanceLine({ query: periodQuery(asked!.conditions) }, { signal }),
  })
  return (
    <Page title={words.menu.balanceLine} screenId="BZDK011" actions={found.data && <PrintButton />}>
      <ConditionsForm
        first={firstConditions}
        search="none"
        pending={found.isFetching}
        error={found.error}
        onAsk={(conditions) => setAsked({ conditions, time: (asked?.time ?? 0) + 1 })}
      />
      {found.data && <Result answer={found.data} time={asked!.time} />}
    </Page>
  )
}

function Result({ answer, time }: { readonly answer: Answer; readonly time: number }) {
  const words = useWords()
  const { fields } = words
  const accountWord = useAccountWord()
  const { account, period, days, highest, lowest, askedAt } = answer
  if (!highest || !lowest) return <EmptyState>{words.noLines}</EmptyState>
  const outermost = ({ day, balance }: { day: string; balance: string }) => (
    <span>
      <Amount value={balance} unit /> <span className="figures text-sm">（{dayText(day)}）</span>
    </span>
  )
  return (
    <>
      <Card title={words.result} arrived={time}>
        <div className="flex flex-col gap-5">
          <Facts
            dense
            facts={[
              [fields.account, accountWord(account)],
              [
                fields.period,
                <span key="period" className="figures">
                  {words.periodWord(dayText(period.from), dayText(period.to))}
                </span>,
              ],
              [fields.highest, outermost(highest)],
              [fields.lowest, outermost(lowest)],
              [
                fields.askedAt,
                <span key="at" className="figures">
                  {momentText(askedAt)}
                </span>,
              ],
            ]}
          />
          <LineChart
            key={`${account.key} ${askedAt}`}
            title={words.lineTitle(accountWord(account))}
            days={days}
          />
        </div>
      </Card>
      <Card title={words.lineTable}>
        {/* Two columns across a wide screen are hard to follow with the eye. */}
        <div className="max-w-xl">
          <DataTable
            caption={words.lineTable}
            narrow="lines"
            rows={days.toReversed()}
            rowKey={({ day }) => day}
            columns={[
              {
                key: 'day',
                heading: fields.day,
                namesRow: true,
                unbroken: true,
                place: 'lead',
                cell: ({ day }) => <Day value={day} />,
              },
              {
                key: 'balance',
                heading: words.yenHeading(fields.dayBalance),
                place: 'value',
                align: 'end',
                cell: ({ balance }) => <Amount value={balance} />,
              },
            ]}
          />
        </div>
      </Card>
    </>
  )
}
