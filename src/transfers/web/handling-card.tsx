/** 取扱いと限度額 — when it runs, until when it must be ordered, what it leaves, and the limits. */
import { Amount } from '#ui/amount.tsx'
import { minuteText, yenText } from '#ui/format.ts'
import { Card, Facts } from '#ui/page.tsx'
import { Badge, Progress } from '#ui/signs.tsx'
import type { Confirmation } from './answers.ts'
import { balanceAfter, differenceOf, shareUsed } from './confirming.ts'
import { useWords } from './words.ts'

export function HandlingCard({ shown }: { readonly shown: Confirmation }) {
  const { confirm: words, entry } = useWords()
  const { handling, deadline, balance, limits, sheet, approval } = shown
  const difference = differenceOf(sheet.items)
  const after = balance && balanceAfter(balance.available, sheet.totals.debit)
  return (
    <Card title={words.howItRuns}>
      <div className="flex flex-col gap-5">
        <Facts
          facts={[
            [words.handling, entry.handlings[handling]],
            [
              approval.needed ? words.deadlines.approve : words.deadlines.submit,
              <span key="deadline" className="figures">
                {minuteText(deadline)}
              </span>,
            ],
            ...(difference === null
              ? []
              : [[words.difference, <Amount key="difference" value={difference} unit />] as const]),
            ...(balance === null || after === null
              ? []
              : [
                  [
                    words.balance,
                    <span key="balance">
                      <Amount value={balance.available} unit />
                      <span className="figures text-sm">
                        {words.balanceAt(minuteText(balance.asOf))}
                      </span>
                    </span>,
                  ] as const,
                  [
                    words.after,
                    <span key="after">
                      <Amount value={after} strong unit />{' '}
                      {after.startsWith('-') && <Badge look="refused">{words.short}</Badge>}
                    </span>,
                  ] as const,
                ]),
          ]}
        />
        {limits.length > 0 && <Limits limits={limits} />}
      </div>
    </Card>
  )
}

function Limits({ limits }: Pick<Confirmation, 'limits'>) {
  const words = useWords().confirm
  return (
    <section aria-label={words.limits}>
      <h3 className="mb-2 font-bold">{words.limits}</h3>
      <ul className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {limits.map(({ level, limited, limit, used, over }) => (
          <li key={`${level} ${limited}`}>
            <Progress
              label={`${words.levels[level]} ${words.limited[limited] ?? limited}`}
              done={shareUsed(used, limit)}
              detail={words.limitOf(yenText(used), yenText(limit))}
            />
            {over && <p className="mt-1 text-sm font-bold text-red-900">＊{words.over}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
