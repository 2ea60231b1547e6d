/** 承認経路の確認 — who would have to approve an order, in which order, who may not and why. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState, type FormEvent } from 'react'
import { parseAccountKey } from '#kit/account-number.ts'
import { AmountInput } from '#ui/amount.tsx'
import { Button, PrintButton } from '#ui/button.tsx'
import { RadioGroup, Select } from '#ui/choices.tsx'
import { DateInput } from '#ui/date-input.tsx'
import { ErrorSummary, type FormError } from '#ui/error-summary.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { FieldGrid } from '#ui/field.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import type { Out } from '#kit/endpoint.ts'
import type { contract } from '../contract.ts'
import { ExplanationCard } from './explanation-card.tsx'
import {
  businessesHere,
  readForm,
  supposition,
  type Supposed,
  type SuppositionField,
} from './supposing.ts'
import { approvalsKey, client, useSayRefusal, useWords } from './words.ts'

export function RouteInquiry() {
  const words = useWords().hypothetical
  const [asked, setAsked] = useState<{ supposed: Supposed; time: number } | null>(null)
  const form = useQuery({
    queryKey: [...approvalsKey, 'route-form'],
    queryFn: ({ signal }) => client.showRouteForm(undefined, { signal }),
  })
  const found = useQuery({
    queryKey: [...approvalsKey, 'route', asked],
    enabled: asked !== null,
    queryFn: ({ signal }) => client.explainApproval({ query: asked!.supposed }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return (
    <Page
      title={words.title}
      screenId="BSHN021"
      lead={<p>{words.lead}</p>}
      actions={found.data && <PrintButton />}
    >
      {form.error && <FaultNotice error={form.error} />}
      {form.isPending && <Loading />}
      {form.data && (
        <Conditions
          {...form.data}
          pending={found.isFetching}
          onAsk={(supposed) => setAsked({ supposed, time: (asked?.time ?? 0) + 1 })}
        />
      )}
      {found.error && <Refused error={found.error} />}
      {found.data && !found.isPlaceholderData && (
        <ExplanationCard
          title={words.answer}
          explanation={found.data.explanation}
          supposed
          arrived={asked?.time ?? 0}
        />
      )}
      {found.isFetching && <Loading />}
    </Page>
  )
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}

interface ConditionsProps extends Out<typeof contract.showRouteForm> {
  readonly pending: boolean
  readonly onAsk: (supposed: Supposed) => void
}

const none: readonly SuppositionField[] = []

function Conditions({ accounts, requesters, pending, onAsk }: ConditionsProps) {
  const words = useWords().hypothetical
  const [wrong, setWrong] = useState(none)
  const [newPayee, setNewPayee] = useState('no')
  const errors = useErrorsOf(wrong)
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const read = supposition(readForm(event.currentTarget))
    setWrong(read.right ? none : read.wrong)
    if (read.right) onAsk(read.supposed)
  }
  return (
    <Card title={words.conditions}>
      <form noValidate onSubmit={submit}>
        <div className="mb-5">
          <ErrorSummary errors={errors} />
        </div>
        <FieldGrid>
          <Select
            name="business"
            label={words.business}
            options={businessesHere.map((value) => ({ value, label: words.businesses[value] }))}
          />
          <Select
            name="requester"
            label={words.requester}
            options={requesters.map(({ userId, name }) => ({ value: userId, label: name }))}
          />
          <Select name="accountKey" label={words.account} options={useAccountOptions(accounts)} />
          <AmountInput name="amount" label={words.amount} required error={errorOf('amount')} />
          <DateInput
            name="paymentDay"
            label={words.paymentDay}
            required
            error={errorOf('paymentDay')}
          />
        </FieldGrid>
        <RadioGroup
          name="newPayee"
          label={words.newPayee}
          inRow
          value={newPayee}
          options={optionsOf(words.payees)}
          onChange={(event) => setNewPayee(event.currentTarget.value)}
        />
        <div className="mt-5">
          <Actions>
            <Button type="submit" pending={pending} className="sm:min-w-56">
              {words.ask}
            </Button>
          </Actions>
        </div>
      </form>
    </Card>
  )
}

/** 本店営業部 普通 1234567 */
function useAccountOptions(accounts: ConditionsProps['accounts']) {
  const { kinds } = useWords().hypothetical
  return accounts.map(({ accountKey, branchName }) => {
    const account = parseAccountKey(accountKey)
    const number = account === null ? accountKey : `${kinds[account.kind]} ${account.number}`
    return { value: accountKey, label: `${branchName} ${number}` }
  })
}

function optionsOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

function useErrorsOf(wrong: readonly SuppositionField[]): readonly FormError[] {
  const { faults } = useWords().hypothetical
  return useMemo(() => wrong.map((field) => ({ field, message: faults[field] })), [wrong, faults])
}
