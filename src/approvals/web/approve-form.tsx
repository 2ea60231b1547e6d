/**
 * 承認の実行 — コメント and 確認用パスワード, then トランザクション認証, then 承認実行. The 2D code is
 * asked for only now: its time does not run while the order is still being read.
 */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { Challenge } from '#kit/challenge.ts'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { Actions, Card } from '#ui/page.tsx'
import { SignatureCard } from '#ui/signature-card.tsx'
import { CommentField, PasswordField, Refused } from './act-fields.tsx'
import {
  isRight,
  nothingWrong,
  readTyped,
  useErrorsOf,
  wrongIn,
  type Came,
  type Typed,
} from './acting.ts'
import { client, useWords } from './words.ts'

export interface ApproveFormProps {
  readonly id: string
  /** Of what the page shows; the server compares it with what is stored. */
  readonly digest: string
  /** Not 0: it was asked for, and takes view and focus. */
  readonly arrived: number
  readonly onCame: (came: Came) => void
  readonly onReload: () => void
  readonly onBack: () => void
}

export function ApproveForm({ id, digest, arrived, onCame, onReload, onBack }: ApproveFormProps) {
  const words = useWords().act
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const codePlace = useArrival(challenge !== null)
  const [wrong, setWrong] = useState(nothingWrong)
  const errors = useErrorsOf(wrong)
  const begin = useMutation({
    mutationFn: () => client.beginApproval({ params: { id }, body: { digest } }),
    onSuccess: setChallenge,
  })
  const run = useMutation({
    mutationFn: ({ comment, password, code }: Typed) =>
      client.approve({
        params: { id },
        body: {
          ...{ digest, comment, confirmationPassword: password },
          ...{ challengeId: challenge?.id ?? '', transactionCode: code },
        },
      }),
    onSuccess: ({ state, says, why }) => onCame({ state, says, why: why?.says ?? null }),
  })
  const pending = begin.isPending || run.isPending
  const error = begin.error ?? run.error

  const showCode = () => {
    run.reset()
    begin.mutate()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const typed = readTyped(event.currentTarget)
    const found = wrongIn(typed, { comment: 'optional', password: true, code: challenge !== null })
    setWrong(found)
    if (!isRight(found)) return
    if (challenge === null) return showCode()
    begin.reset()
    run.mutate(typed)
  }
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message
  return (
    <form noValidate className="not-printed flex flex-col gap-6" onSubmit={submit}>
      <ErrorSummary errors={errors} />
      {errors.length === 0 && (
        <Refused error={error} signed={challenge !== null} onReload={onReload} />
      )}
      <Card title={words.titles.approve} arrived={arrived}>
        <p className="mb-5">{words.says.approve}</p>
        <div className="flex flex-col gap-5">
          <CommentField required={false} error={errorOf('comment')} />
          <PasswordField error={errorOf('confirmationPassword')} refusal={run.error} />
        </div>
      </Card>
      {challenge !== null && (
        <div ref={codePlace} tabIndex={-1} className="scroll-mt-4">
          <SignatureCard
            challenge={challenge}
            name="transactionCode"
            error={error}
            fault={wrong.code}
            onRenew={showCode}
            renewing={begin.isPending}
          />
        </div>
      )}
      <Actions>
        <Button look="secondary" onClick={onBack}>
          {words.back}
        </Button>
        <Button type="submit" pending={pending} className="sm:min-w-56">
          {challenge === null ? words.begin : words.run.approve}
        </Button>
      </Actions>
    </form>
  )
}

/** The 2D code appears below the button that asked for it: view and focus go there. */
function useArrival(arrived: boolean) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!arrived) return
    place.current?.focus({ preventScroll: true })
    place.current?.scrollIntoView({ block: 'start' })
  }, [arrived])
  return place
}
