/** 支払口座と指定日 — and whether money goes to others (振込) or between own accounts (振替). */
import { useEffect, useState } from 'react'
import { Countdown } from '#ui/countdown.tsx'
import { RadioGroup, Select } from '#ui/choices.tsx'
import { DateInput } from '#ui/date-input.tsx'
import { FieldGrid } from '#ui/field.tsx'
import { dayText, minuteText } from '#ui/format.ts'
import { Card } from '#ui/page.tsx'
import { readDay } from '#ui/reading.ts'
import { Badge, Notice } from '#ui/signs.tsx'
import type { Form, Typed } from './draft-form.ts'
import { browserSeconds, nowIfNear } from './near-cut-off.ts'
import type { PartProps } from './part-props.ts'
import { useAccountWord, useWords } from './words.ts'

export function BasicsCard({ form, typed, change, errorAt }: PartProps) {
  const words = useWords().entry
  const accountWord = useAccountWord()
  const { days, accounts, sources } = form
  const open = new Set(days.map(({ day }) => day))
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  const kinds = (['transfer', 'own-transfer'] as const).filter((kind) =>
    sources.some((source) => (source === 'own') === (kind === 'own-transfer')),
  )
  return (
    <Card title={words.basics}>
      <div className="flex flex-col gap-5">
        {kinds.length > 1 && (
          <RadioGroup
            name="kind"
            label={words.kind}
            required
            inRow
            value={typed.kind}
            options={kinds.map((value) => ({
              value,
              label: words.kinds[value],
              hint: words.kindHints[value],
            }))}
            onChange={(event) => change({ kind: event.currentTarget.value as Typed['kind'] })}
          />
        )}
        <FieldGrid>
          <Select
            name="accountKey"
            label={words.account}
            required
            error={errorAt('accountKey')}
            value={typed.accountKey}
            options={accounts.map((account) => ({
              value: account.accountKey,
              label: accountWord(account),
            }))}
            onChange={(event) => change({ accountKey: event.currentTarget.value })}
          />
          <DateInput
            name="paymentDay"
            label={words.day}
            required
            {...(first !== undefined &&
              last !== undefined && {
                hint: words.dayHint(dayText(first), dayText(last)),
                min: first,
                max: last,
              })}
            error={errorAt('paymentDay')}
            unavailable={(day) => !open.has(day)}
            value={typed.day}
            onChange={(event) => change({ day: event.currentTarget.value })}
          />
        </FieldGrid>
        <Handling form={form} day={typed.day} />
      </div>
    </Card>
  )
}

/** What the chosen day means, until when, and why today is closed. */
function Handling({ form, day }: { readonly form: Form; readonly day: string }) {
  const words = useWords().entry
  const iso = readDay(day)
  const chosen = form.days.find((one) => one.day === iso)
  const sameDay = chosen?.handling === 'same-day'
  return (
    <div className="flex flex-col gap-3">
      {chosen && (
        <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Badge look={sameDay ? 'important' : 'neutral'}>{words.handlings[chosen.handling]}</Badge>
          <span>{words.handlingSays[chosen.handling](minuteText(chosen.until))}</span>
        </p>
      )}
      {form.sameDayClosed !== null && (
        <p className="text-sm text-ink-soft">{words.sameDayClosed[form.sameDayClosed]}</p>
      )}
      {sameDay && form.moreTime && (
        <p className="text-sm text-ink-soft">
          {words.moreTime(form.coreTime.from, form.coreTime.to)}
        </p>
      )}
      {sameDay && <CutOff key={chosen.until} until={chosen.until} />}
    </div>
  )
}

/** A countdown in the last half hour. Whether it was in time is decided by the server alone. */
function CutOff({ until }: { readonly until: string }) {
  const words = useWords().entry
  const [near, setNear] = useState(() => nowIfNear(until, browserSeconds()))
  useEffect(() => {
    if (near !== null) return
    const timer = setInterval(() => setNear(nowIfNear(until, browserSeconds())), 15_000)
    return () => clearInterval(timer)
  }, [near, until])
  if (near === null) return null
  return (
    <Notice look="warning" title={words.cutOffNear}>
      <Countdown now={near} expiresAt={until} />
    </Notice>
  )
}
