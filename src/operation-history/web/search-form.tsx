/** 検索条件: 操作日付、利用者名、操作端末、業務種別、操作内容、結果。 */
import { useState, type FormEvent } from 'react'
import { operations, type Business } from '#kit/operations.ts'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateInput } from '#ui/date-input.tsx'
import { ErrorSummary, type FormError } from '#ui/error-summary.tsx'
import { dayText } from '#ui/format.ts'
import { Actions } from '#ui/page.tsx'
import { readDay } from '#ui/reading.ts'
import { allOperations, businesses, results, terminals, type HistoryFilters } from '../contract.ts'
import { useWords, type Choices } from './words.ts'

interface SearchFormProps {
  readonly choices: Choices
  /** What the server refused of the last search. */
  readonly refused: readonly FormError[]
  readonly pending: boolean
  readonly onSearch: (filters: HistoryFilters) => void
}

export function SearchForm({ choices, refused, pending, onSearch }: SearchFormProps) {
  const words = useWords()
  const [unreadable, setUnreadable] = useState<readonly FormError[]>([])
  const errors = unreadable.length > 0 ? unreadable : refused
  const errorAt = (field: string) => errors.find((error) => error.field === field)?.message

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { filters, unreadableDays } = read(new FormData(event.currentTarget))
    setUnreadable(unreadableDays.map((field) => ({ field, message: words.form.dayUnreadable })))
    if (unreadableDays.length === 0) onSearch(filters)
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <ErrorSummary errors={errors} />
      <Days choices={choices} errorAt={errorAt} />
      <div className="grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3">
        <Who choices={choices} error={errorAt('userId')} />
        <What />
      </div>
      <Actions>
        <Button type="submit" pending={pending}>
          {words.form.search}
        </Button>
      </Actions>
    </form>
  )
}

function Days({
  choices: { firstDay, lastDay },
  errorAt,
}: {
  readonly choices: Choices
  readonly errorAt: (field: string) => string | undefined
}) {
  const words = useWords().form
  const days = { first: dayText(firstDay), last: dayText(lastDay) }
  const ends = [
    { name: 'from', label: words.from, day: days.first },
    { name: 'to', label: words.to, day: days.last },
  ]
  return (
    <div>
      <div className="grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3">
        {ends.map(({ name, label, day }) => (
          <DateInput
            key={name}
            name={name}
            label={label}
            defaultValue={day}
            min={firstDay}
            max={lastDay}
            error={errorAt(name)}
          />
        ))}
      </div>
      <p className="mt-1 text-sm text-ink-soft">{words.daysHint(days)}</p>
    </div>
  )
}

function Who({
  choices: { users, everybody },
  error,
}: {
  readonly choices: Choices
  readonly error: string | undefined
}) {
  const words = useWords().form
  const people = users.map(({ id, name, loginId }) => ({
    value: id,
    label: `${name}（${loginId}）`,
  }))
  return (
    <Select
      name="userId"
      label={words.user}
      error={error}
      {...(!everybody && { hint: words.ownOnly })}
      options={everybody ? [{ value: '', label: words.everybody }, ...people] : people}
    />
  )
}

function What() {
  const words = useWords()
  const [business, setBusiness] = useState<Business | ''>('')
  const all = { value: '', label: words.form.all }
  const named = <Name extends string>(names: readonly Name[], labels: Record<Name, string>) => [
    all,
    ...names.map((value) => ({ value, label: labels[value] })),
  ]
  const ofBusiness = business === '' ? allOperations : operations[business]
  return (
    <>
      <Select
        name="terminal"
        label={words.form.terminal}
        options={named(terminals, words.terminals)}
      />
      <Select
        name="business"
        label={words.form.business}
        value={business}
        onChange={(event) => setBusiness(event.currentTarget.value as Business | '')}
        options={named(businesses, words.businesses)}
      />
      <Select
        key={business}
        name="operation"
        label={words.form.operation}
        options={named(ofBusiness, words.operations)}
      />
      <Select name="result" label={words.form.result} options={named(results, words.results)} />
    </>
  )
}

/** The form's text as the contract wants it; the server checks every value again. */
function read(form: FormData): { filters: HistoryFilters; unreadableDays: readonly string[] } {
  const filters: Record<string, string> = {}
  const unreadableDays: string[] = []
  for (const [name, value] of form) {
    const text = typeof value === 'string' ? value.trim() : ''
    if (text === '') continue
    const isDay = name === 'from' || name === 'to'
    const day = isDay ? readDay(text) : null
    if (isDay && day === null) unreadableDays.push(name)
    else filters[name] = day ?? text
  }
  return { filters: filters as HistoryFilters, unreadableDays }
}
