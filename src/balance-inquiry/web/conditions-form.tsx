/** 照会条件 — account, period and, where the inquiry knows it, what is searched for. */
import { useMemo, useState, type FormEvent, type ReactNode } from 'react'
import { AmountInput } from '#ui/amount.tsx'
import { Button } from '#ui/button.tsx'
import { RadioGroup, Select } from '#ui/choices.tsx'
import { DateInput } from '#ui/date-input.tsx'
import { ErrorSummary, type FormError } from '#ui/error-summary.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { dayText } from '#ui/format.ts'
import { Actions, Card } from '#ui/page.tsx'
import { EmptyState, Loading } from '#ui/signs.tsx'
import { type InquiryRefusal, periodNames } from '../contract.ts'
import type { Conditions } from './conditions.ts'
import { useAccounts, useAccountWord, useWords } from './words.ts'

export interface ConditionsFormProps {
  readonly first: Conditions
  readonly search: 'with-direction' | 'without-direction' | 'none'
  readonly pending: boolean
  readonly error: unknown
  readonly onAsk: (conditions: Conditions) => void
}

export function ConditionsForm({ first, search, pending, error, onAsk }: ConditionsFormProps) {
  const words = useWords()
  const accountWord = useAccountWord()
  const known = useAccounts()
  const [conditions, setConditions] = useState(first)
  const refusals = useRefusals(error)
  const set = (change: Partial<Conditions>) => setConditions({ ...conditions, ...change })
  const errorAt = (field: string) => refusals?.find((refusal) => refusal.field === field)?.message

  if (!known) return <Loading />
  if (known.accounts.length === 0) return <EmptyState>{words.noAccounts}</EmptyState>
  const account = conditions.account || known.accounts[0]!.key

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!pending) onAsk({ ...conditions, account })
  }
  return (
    <Card title={words.conditions} className="not-printed">
      <form className="flex flex-col gap-5" onSubmit={submit} noValidate>
        <Refused error={error} />
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[2fr_3fr]">
          <Select
            name="account"
            label={words.fields.account}
            required
            error={errorAt('account')}
            value={account}
            options={known.accounts.map((one) => ({ value: one.key, label: accountWord(one) }))}
            onChange={(event) => set({ account: event.currentTarget.value })}
          />
          <RadioGroup
            name="period"
            label={words.fields.period}
            required
            inRow
            value={conditions.period}
            options={periodNames.map((value) => ({ value, label: words.periods[value] }))}
            onChange={(event) => set({ period: event.currentTarget.value as Conditions['period'] })}
          />
        </div>
        {conditions.period === 'dates' && (
          <Pair>
            <DateInput
              name="from"
              label={words.fields.from}
              required
              hint={words.fromHint(dayText(known.earliest))}
              error={errorAt('from')}
              min={known.earliest}
              max={known.today}
              value={conditions.from}
              onChange={(event) => set({ from: event.currentTarget.value })}
            />
            <DateInput
              name="to"
              label={words.fields.to}
              hint={words.toHint}
              error={errorAt('to')}
              min={known.earliest}
              max={known.today}
              value={conditions.to}
              onChange={(event) => set({ to: event.currentTarget.value })}
            />
          </Pair>
        )}
        {search !== 'none' && <SearchFields {...{ conditions, set, errorAt, search }} />}
        <Actions>
          <Button type="submit" pending={pending}>
            {words.inquire}
          </Button>
        </Actions>
      </form>
    </Card>
  )
}

/** All on one line where there is room, so that the answer stands on the first screen. */
const columns = {
  'with-direction': 'sm:max-xl:[&>:first-child]:col-span-2 xl:grid-cols-[2fr_1.2fr_1.2fr_1fr_1fr]',
  'without-direction': 'sm:max-xl:[&>:first-child]:col-span-2 xl:grid-cols-[2fr_1fr_1fr_1fr]',
}

interface SearchFieldsProps {
  readonly conditions: Conditions
  readonly set: (change: Partial<Conditions>) => void
  readonly errorAt: (field: string) => string | undefined
  readonly search: 'with-direction' | 'without-direction'
}

function SearchFields({ conditions, set, errorAt, search }: SearchFieldsProps) {
  const words = useWords()
  return (
    <fieldset className="min-w-0 rounded-8 border border-line px-4 pt-4">
      <legend className="px-2 font-bold">{words.search}</legend>
      <FieldGrid className={columns[search]}>
        <TextInput
          name="text"
          label={words.fields.text}
          hint={words.searchHint}
          maxLength={60}
          value={conditions.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <AmountInput
          name="amountFrom"
          label={words.fields.amountFrom}
          error={errorAt('amountFrom')}
          maxLength={40}
          value={conditions.amountFrom}
          onChange={(event) => set({ amountFrom: event.currentTarget.value })}
        />
        <AmountInput
          name="amountTo"
          label={words.fields.amountTo}
          error={errorAt('amountTo')}
          maxLength={40}
          value={conditions.amountTo}
          onChange={(event) => set({ amountTo: event.currentTarget.value })}
        />
        {search === 'with-direction' && (
          <Select
            name="direction"
            label={words.fields.direction}
            value={conditions.direction}
            options={[
              { value: '', label: words.directions.both },
              { value: 'in', label: words.directions.in },
              { value: 'out', label: words.directions.out },
            ]}
            onChange={(event) =>
              set({ direction: event.currentTarget.value as Conditions['direction'] })
            }
          />
        )}
        <Select
          name="order"
          label={words.fields.order}
          value={conditions.order}
          options={Object.entries(words.orders).map(([value, label]) => ({ value, label }))}
          onChange={(event) => set({ order: event.currentTarget.value as Conditions['order'] })}
        />
      </FieldGrid>
    </fieldset>
  )
}

function Pair({ children }: { readonly children: ReactNode }) {
  return <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-2">{children}</div>
}

/** The refusals of the contract in the visitor's words, each with the field it stands at. */
function useRefusals(error: unknown): readonly FormError[] | null {
  const words = useWords().refusals
  return useMemo(() => {
    const problem = problemOf(error)
    if (!problem || !(problem.code in words)) return null
    const said = (code: string) => words[code as InquiryRefusal]
    if (!problem.errors) return [{ message: said(problem.code) }]
    return problem.errors.map(({ path, code }) => ({ field: path, message: said(code) }))
  }, [error, words])
}

export function Refused({ error }: { readonly error: unknown }) {
  const refusals = useRefusals(error)
  if (!error) return null
  return refusals ? <ErrorSummary errors={refusals} /> : <FaultNotice error={error} />
}
