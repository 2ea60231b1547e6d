/**
 * 振込振替データの新規作成・修正 (BFSK001) — one page: who pays and when, whom and how much, then
 * 「次へ」, which stores the draft and leads to 内容確認.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { ErrorSummary, type FormError } from '#ui/error-summary.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Page } from '#ui/page.tsx'
import { EmptyState, Loading, Notice, StepIndicator } from '#ui/signs.tsx'
import { BasicsCard } from './basics-card.tsx'
import { DestinationsCard } from './destinations-card.tsx'
import {
  draftFrom,
  fieldAt,
  firstTyped,
  sameTyped,
  typedFrom,
  unreadableIn,
  type FieldFault,
  type Form,
  type Typed,
} from './draft-form.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { ParticularsCard } from './particulars-card.tsx'
import { client, isRefusal, useSay, useSayRefusal, useWords } from './words.ts'

/** Days and cut-offs are asked anew with each visit. */
function useForm(): Form | undefined {
  return useQuery({
    queryKey: ['transfers', 'form'],
    queryFn: () => client.showTransferForm(),
    gcTime: 0,
    staleTime: Infinity,
  }).data
}

export function NewTransfer() {
  const words = useWords()
  const form = useForm()
  if (form === undefined) return <Waiting title={words.menu.create} />
  return <Entry title={words.menu.create} form={form} id={null} first={firstTyped(form)} />
}

export function EditTransfer() {
  const words = useWords()
  const say = useSay()
  const sayRefusal = useSayRefusal()
  const { id } = useParams({ strict: false }) as { id: string }
  const { leftOut } = useSearch({ strict: false }) as { leftOut?: number }
  const form = useForm()
  const stored = useQuery({
    queryKey: ['transfers', 'draft', id],
    queryFn: () => client.showDraft({ params: { id } }),
    gcTime: 0,
    staleTime: Infinity,
    throwOnError: (thrown) => sayRefusal(thrown) === null,
  })
  const title = words.menu.drafts
  if (stored.error) {
    return (
      <Page title={title} screenId="BFSK001">
        <Notice look="error" title={sayRefusal(stored.error) ?? ''} announced />
        <Actions>
          <ButtonLink to="/transfers/drafts" look="secondary">
            {words.entry.toList}
          </ButtonLink>
        </Actions>
      </Page>
    )
  }
  if (form === undefined || stored.data === undefined) return <Waiting title={title} />
  const { draft, returned } = stored.data
  return (
    <Entry title={title} form={form} id={id} first={typedFrom(draft)}>
      {leftOut !== undefined && (
        <Notice look="warning" title={words.entry.leftOut(String(leftOut))} />
      )}
      {returned !== null && (
        <Notice look="warning" title={say(returned.says)}>
          {returned.comment !== '' && <p>{words.entry.returned(returned.comment)}</p>}
        </Notice>
      )}
    </Entry>
  )
}

function Waiting({ title }: { readonly title: string }) {
  return (
    <Page title={title} screenId="BFSK001">
      <Loading />
    </Page>
  )
}

interface EntryProps {
  readonly title: string
  readonly form: Form
  readonly id: string | null
  readonly first: Typed
  readonly children?: React.ReactNode
}

function Entry({ title, form, id, first, children }: EntryProps) {
  const words = useWords().entry
  const [typed, setTyped] = useState(first)
  const store = useStore(id, first)
  const errors = useErrors(store.faults, typed)
  const dirty = !sameTyped(typed, store.stored)
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }))
  const errorAt = (field: string) =>
    errors.filter((error) => error.field === field).map(({ sentence }) => sentence)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    store.save(typed, 'next')
  }
  if (form.accounts.length === 0) {
    return (
      <Page title={title} screenId="BFSK001">
        <EmptyState>{words.noAccounts}</EmptyState>
      </Page>
    )
  }
  const parts = { form, typed, change, errorAt }
  return (
    <Page title={title} screenId="BFSK001" lead={<p>{words.lead}</p>}>
      <StepIndicator steps={words.steps} at={0} />
      <LeaveGuard when={dirty && !store.leaving} />
      {children}
      <form noValidate className="flex flex-col gap-6" onSubmit={submit}>
        <ErrorSummary errors={errors} />
        {store.error !== null && errors.length === 0 && <Refused error={store.error} />}
        {store.savedAt > 0 && !dirty && (
          <Notice key={store.savedAt} look="success" title={words.saved} announced />
        )}
        <BasicsCard {...parts} />
        <DestinationsCard {...parts} onItemsMoved={store.forget} />
        <ParticularsCard {...parts} />
        <Actions>
          <Button
            look="secondary"
            pending={store.pending === 'save'}
            onClick={() => store.save(typed, 'save')}
          >
            {words.save}
          </Button>
          <Button type="submit" pending={store.pending === 'next'} className="sm:min-w-56">
            {words.next}
          </Button>
        </Actions>
      </form>
    </Page>
  )
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}

type Goal = 'save' | 'next'

/** 一時保存 and 次へ: both store the draft; the first time makes it, later times change it. */
function useStore(id: string | null, first: Typed) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [stored, setStored] = useState({ id, typed: first, savedAt: 0 })
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const [confirms, setConfirms] = useState<string | null>(null)
  const saving = useMutation({
    mutationFn: ({ typed }: { readonly typed: Typed; readonly goal: Goal }) => {
      const body = draftFrom(typed)
      return stored.id === null
        ? client.saveTransfer({ body })
        : client.changeTransfer({ params: { id: stored.id }, body })
    },
    onSuccess: (made, { typed, goal }) => {
      setFaults([])
      setStored(({ savedAt }) => ({ id: made.id, typed, savedAt: savedAt + 1 }))
      void queries.invalidateQueries({ queryKey: ['transfers', 'list'] })
      if (goal === 'next') setConfirms(made.id)
    },
    onError: (thrown) => {
      const named = isRefusal(thrown, 'draft-refused') ? problemOf(thrown)?.errors : undefined
      setFaults(named ?? [])
    },
  })
  // Led on by an effect: the guard of unsaved input has gone by then.
  useEffect(() => {
    if (confirms !== null) void navigate({ to: `/transfers/${confirms}/confirm` } as never)
  }, [confirms, navigate])
  return {
    faults,
    error: saving.error,
    pending: saving.isPending ? saving.variables.goal : null,
    leaving: confirms !== null,
    savedAt: stored.savedAt,
    stored: stored.typed,
    /** The places of faults no longer fit the items. */
    forget: () => {
      setFaults([])
      saving.reset()
    },
    save: (typed: Typed, goal: Goal) => {
      if (saving.isPending) return
      saving.reset()
      const unreadable = unreadableIn(typed)
      setFaults(unreadable)
      if (unreadable.length === 0) saving.mutate({ typed, goal })
    },
  }
}

interface SaidFault extends FormError {
  readonly sentence: string
}

/** Each fault in the visitor's words: with its item's number in the summary, without it at the field. */
function useErrors(faults: readonly FieldFault[], typed: Typed): readonly SaidFault[] {
  const words = useWords().entry
  const placed = faults
    .map(({ path, code }) => `${fieldAt(path, typed)} ${path} ${code}`)
    .join('\n')
  return useMemo(
    () =>
      placed === ''
        ? []
        : placed.split('\n').map((line) => {
            const [field, path, code] = line.split(' ') as [string, string, string]
            const item = /^items\.(\d+)/.exec(path)
            const sentence = words.faults[code as keyof typeof words.faults] ?? code
            const message =
              item === null ? sentence : words.at(String(Number(item[1]) + 1), sentence)
            return { field, message, sentence }
          }),
    [placed, words],
  )
}
