/** 振込データの状況照会・取消 (BFJK001) — orders by state, day, account or word. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState, type FormEvent } from 'react'
import { Button, PrintButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateInput } from '#ui/date-input.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { MoreButton } from '#ui/paging.tsx'
import { EmptyState, Loading, Notice } from '#ui/signs.tsx'
import { useMay } from '#ui/viewer.tsx'
import { MoveDialog, type AskedMove } from './asking.tsx'
import {
  conditionFaults,
  noConditions,
  queryFrom,
  stateGroups,
  type Conditions,
  type StateGroup,
} from './status-conditions.ts'
import { TransferTable } from './transfer-table.tsx'
import { client, useAccountWord, useWords } from './words.ts'

export function Status() {
  const words = useWords()
  const [asked, setAsked] = useState({ conditions: noConditions, time: 0 })
  const [move, setMove] = useState<AskedMove | null>(null)
  const [done, setDone] = useState<AskedMove['move'] | null>(null)
  const found = useFound(asked.conditions)
  const pages = found.data?.pages
  const lines = pages?.flatMap(({ transfers }) => transfers)
  return (
    <Page title={words.menu.status} screenId="BFJK001" actions={<PrintButton />}>
      <ConditionsCard
        pending={found.isFetching && !found.isFetchingNextPage}
        onAsk={(conditions) => setAsked(({ time }) => ({ conditions, time: time + 1 }))}
      />
      {done !== null && <Notice look="success" title={words.asking[done].done} announced />}
      <Card title={words.lists.result} {...(asked.time > 0 && { arrived: asked.time })}>
        {pages !== undefined && (
          <p className="mb-3 text-sm text-ink-soft">
            {words.lists.shown(String(pages[0]?.daysShown ?? 0))}
          </p>
        )}
        {lines === undefined ? (
          <Loading />
        ) : lines.length === 0 ? (
          <EmptyState>{words.lists.noneFound}</EmptyState>
        ) : (
          <TransferTable
            caption={words.lists.result}
            lines={lines}
            moment="changedAt"
            actions={(line) =>
              line.may.cancel && (
                <Button
                  look="secondary"
                  size="small"
                  aria-label={words.lists.forNamed(words.detail.cancel, line.name)}
                  onClick={() => setMove({ move: 'cancel', line })}
                >
                  {words.detail.cancel}
                </Button>
              )
            }
          />
        )}
        {found.hasNextPage && (
          <MoreButton
            pending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        )}
      </Card>
      {move !== null && (
        <MoveDialog
          asked={move}
          onClose={() => setMove(null)}
          onDone={(asked) => {
            setMove(null)
            setDone(asked.move)
          }}
        />
      )}
    </Page>
  )
}

function useFound(conditions: Conditions) {
  return useInfiniteQuery({
    queryKey: ['transfers', 'list', 'all', conditions],
    queryFn: ({ pageParam, signal }) =>
      client.listTransfers(
        { query: { ...queryFrom(conditions), ...(pageParam !== null && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

interface ConditionsCardProps {
  readonly pending: boolean
  readonly onAsk: (conditions: Conditions) => void
}

function ConditionsCard({ pending, onAsk }: ConditionsCardProps) {
  const { lists: words } = useWords()
  const [typed, setTyped] = useState(noConditions)
  const [tried, setTried] = useState<Conditions | null>(null)
  const set = (part: Partial<Conditions>) => setTyped({ ...typed, ...part })
  const errors = useMemo(
    () =>
      tried === null
        ? []
        : conditionFaults(tried).map(({ field, fault }) => ({ field, message: words[fault] })),
    [tried, words],
  )
  const errorAt = (field: string) => errors.find((error) => error.field === field)?.message
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    setTried(typed)
    if (conditionFaults(typed).length === 0) onAsk(typed)
  }
  return (
    <Card title={words.conditions} className="not-printed">
      <form noValidate className="flex flex-col gap-2" onSubmit={submit}>
        <ErrorSummary errors={errors} />
        <FieldGrid className="lg:grid-cols-4">
          <Select
            name="states"
            label={words.state}
            value={typed.states}
            options={[
              { value: '', label: words.all },
              ...Object.keys(stateGroups).map((value) => ({
                value,
                label: words.states[value as StateGroup],
              })),
            ]}
            onChange={(event) => set({ states: event.currentTarget.value as StateGroup | '' })}
          />
          <DateInput
            name="from"
            label={words.from}
            error={errorAt('from')}
            value={typed.from}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <DateInput
            name="to"
            label={words.to}
            error={errorAt('to')}
            value={typed.to}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
          <AccountSelect value={typed.accountKey} onChoice={(accountKey) => set({ accountKey })} />
          <TextInput
            name="text"
            label={words.text}
            placeholder={words.textHint}
            maxLength={60}
            value={typed.text}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
        </FieldGrid>
        <Actions>
          <Button
            look="secondary"
            onClick={() => {
              setTyped(noConditions)
              setTried(null)
              onAsk(noConditions)
            }}
          >
            {words.clear}
          </Button>
          <Button type="submit" pending={pending}>
            {words.search}
          </Button>
        </Actions>
      </form>
    </Card>
  )
}

interface AccountSelectProps {
  readonly value: string
  readonly onChoice: (accountKey: string) => void
}

/** The accounts are known to who may request; others search by the remaining conditions. */
function AccountSelect({ value, onChoice }: AccountSelectProps) {
  const { lists: words } = useWords()
  const accountWord = useAccountWord()
  const [registered, any] = [
    useMay('transfers-request-registered'),
    useMay('transfers-request-any'),
  ]
  const form = useQuery({
    queryKey: ['transfers', 'form', 'accounts'],
    queryFn: () => client.showTransferForm(),
    enabled: registered || any,
    staleTime: 60_000,
    throwOnError: false,
  }).data
  if (form === undefined) return null
  return (
    <Select
      name="accountKey"
      label={words.account}
      value={value}
      options={[
        { value: '', label: words.all },
        ...form.accounts.map((account) => ({
          value: account.accountKey,
          label: accountWord(account),
        })),
      ]}
      onChange={(event) => onChoice(event.currentTarget.value)}
    />
  )
}
