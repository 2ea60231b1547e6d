/**
 * 内容確認 (BFSK002) — what is about to be ordered and what it needs, then 実行 or 確定. What is
 * sent back is the digest of what was shown.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState, type FormEvent } from 'react'

import { Button } from '#ui/button.tsx'
import { digitsFault } from '#ui/digits.ts'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { textIn } from '#ui/form-text.ts'
import { ButtonLink } from '#ui/links.tsx'
import { OrderSheetCards } from '#ui/order-sheet.tsx'
import { Actions, Page } from '#ui/page.tsx'
import { useSaySignatureRefusal } from '#ui/signature-words.ts'
import { Loading, Notice, StepIndicator } from '#ui/signs.tsx'
import {
  faultsIn,
  readAnswers,
  useFaultErrors,
  type AnswerFault,
  type Answers,
  type Confirmation,
} from './answers.ts'
import { ApprovalCard, DuplicatesCard, PasswordCard } from './confirm-cards.tsx'
import { HandlingCard } from './handling-card.tsx'
import { Signature, useSignature } from './submission-signature.tsx'
import { client, isRefusal, useSayRefusal, useWords } from './words.ts'

export function Confirm() {
  const words = useWords()
  const sayRefusal = useSayRefusal()
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useQuery({
    queryKey: ['transfers', 'confirmation', id],
    queryFn: () => client.confirmTransfer({ params: { id } }),
    // Nothing may change under the eyes of who reads it.
    ...{ gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false },
    throwOnError: (thrown) => sayRefusal(thrown) === null,
  })
  const title = words.confirm.title
  if (asked.error) return <CannotBeOrdered id={id} error={asked.error} />
  if (asked.data === undefined) {
    return (
      <Page title={title} screenId="BFSK002">
        <Loading />
      </Page>
    )
  }
  return (
    <Page title={title} screenId="BFSK002" lead={<p>{words.confirm.lead}</p>}>
      <StepIndicator steps={words.entry.steps} at={1} />
      <Ordering
        key={asked.data.digest}
        id={id}
        shown={asked.data}
        onAgain={() => void asked.refetch()}
      />
    </Page>
  )
}

/** The draft is no longer right, or gone: why, and the way back to it. */
function CannotBeOrdered({ id, error }: { readonly id: string; readonly error: unknown }) {
  const words = useWords()
  const sentence = useSayRefusal()(error)
  const faults = isRefusal(error, 'draft-refused') ? (problemOf(error)?.errors ?? []) : []
  const said = faults.map(({ path, code }) => {
    const item = /^items\.(\d+)/.exec(path)
    const says = words.entry.faults[code as keyof typeof words.entry.faults] ?? code
    return item === null ? says : words.entry.at(String(Number(item[1]) + 1), says)
  })
  const mayEdit = isRefusal(error, 'draft-refused') || isRefusal(error, 'request-right-missing')
  return (
    <Page title={words.confirm.title} screenId="BFSK002">
      <Notice
        look="error"
        title={said.length > 0 ? words.confirm.refusedTitle : (sentence ?? '')}
        announced
      >
        <ul className="list-disc ps-6">
          {said.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Notice>
      <Actions>
        <ButtonLink to="/transfers/drafts" look="secondary">
          {words.entry.toList}
        </ButtonLink>
        {mayEdit && <ButtonLink to={`/transfers/${id}/edit`}>{words.confirm.back}</ButtonLink>}
      </Actions>
    </Page>
  )
}

interface OrderingProps {
  readonly id: string
  readonly shown: Confirmation
  readonly onAgain: () => void
}

function Ordering({ id, shown, onAgain }: OrderingProps) {
  const words = useWords().confirm
  const { digest, asks, approval } = shown
  const signature = useSignature(id, shown)
  const [faults, setFaults] = useState<readonly AnswerFault[]>([])
  const submit = useSubmit(id, digest)
  const own = useFaultErrors(faults)
  const errorAt = (field: string) => own.find((error) => error.field === field)?.message
  const codeFault = faults.find(({ code }) => code === 'missing' || code === 'malformed')?.code
  const sayRefusal = useSayRefusal()
  const wrongPassword = isRefusal(submit.error, 'confirmation-wrong')
    ? sayRefusal(submit.error)
    : null
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (submit.isPending) return
    const form = event.currentTarget
    const answers = readAnswers((name) => textIn(form, name), shown)
    const code = asks.token ? digitsFault(answers.transactionCode, 8) : null
    const found = faultsIn(answers, shown, code)
    submit.reset()
    setFaults(found)
    if (found.length > 0) return
    submit.mutate({ answers, challengeId: signature.challenge?.id ?? null })
  }
  return (
    <form noValidate className="flex flex-col gap-6" onSubmit={send}>
      <ErrorSummary errors={own} />
      {submit.error && own.length === 0 && wrongPassword === null && (
        <NotTaken error={submit.error} id={id} signed={asks.token} onAgain={onAgain} />
      )}
      {shown.duplicates.length > 0 && (
        <DuplicatesCard duplicates={shown.duplicates} error={errorAt('duplicateConfirmed')} />
      )}
      <OrderSheetCards sheet={shown.sheet} />
      <HandlingCard shown={shown} />
      <ApprovalCard approval={approval} errorAt={errorAt} />
      {asks.password && (
        <PasswordCard
          error={errorAt('confirmationPassword') ?? wrongPassword ?? undefined}
          refusedAt={wrongPassword === null ? 0 : submit.submittedAt}
        />
      )}
      {asks.token && (
        <Signature
          signature={signature}
          error={submit.error}
          fault={codeFault === 'missing' || codeFault === 'malformed' ? codeFault : null}
        />
      )}
      <Actions>
        <ButtonLink to={`/transfers/${id}/edit`} look="secondary">
          {words.back}
        </ButtonLink>
        <Button type="submit" pending={submit.isPending} className="sm:min-w-56">
          {approval.needed ? words.submit : words.execute}
        </Button>
      </Actions>
    </form>
  )
}

interface Sent {
  readonly answers: Answers
  readonly challengeId: string | null
}

function useSubmit(id: string, digest: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ answers, challengeId }: Sent) =>
      client.submitTransfer({
        params: { id },
        body: {
          digest,
          duplicateConfirmed: answers.duplicateConfirmed,
          approvers: [...answers.approvers],
          comment: answers.comment,
          confirmationPassword: answers.confirmationPassword,
          challengeId,
          transactionCode: challengeId === null ? null : answers.transactionCode,
        },
      }),
    onSuccess: async () => {
      await navigate({ to: `/transfers/${id}/done`, replace: true } as never)
      void queries.invalidateQueries({ queryKey: ['transfers', 'list'] })
      void queries.invalidateQueries({ queryKey: ['approvals'] })
    },
  })
}

interface NotTakenProps {
  readonly error: unknown
  readonly id: string
  readonly signed: boolean
  readonly onAgain: () => void
}

/** What the 2D code's own card says of it is not said twice. */
function NotTaken({ error, id, signed, onAgain }: NotTakenProps) {
  const words = useWords()
  const box = useRef<HTMLDivElement>(null)
  const sentence = useSayRefusal()(error)
  const ofSignature = useSaySignatureRefusal()(error)
  useEffect(() => {
    box.current?.focus()
    box.current?.scrollIntoView({ block: 'center' })
  }, [error])
  if (sentence === null && ofSignature === null) return <FaultNotice error={error} />
  if (sentence === null)
    return signed ? null : <Notice look="error" title={ofSignature!} announced />
  const again = (['digest-differs', 'duplicate-not-confirmed'] as const).some((code) =>
    isRefusal(error, code),
  )
  const gone = isRefusal(error, 'state-changed')
  return (
    <div className="flex flex-col items-start gap-3">
      <div ref={box} tabIndex={-1} className="w-full">
        <Notice look="error" title={sentence} announced />
      </div>
      {again && (
        <Button look="secondary" onClick={onAgain}>
          {words.confirm.again}
        </Button>
      )}
      {gone && (
        <ButtonLink to={`/transfers/${id}`} look="secondary">
          {words.done.status}
        </ButtonLink>
      )}
    </div>
  )
}
