/** 差戻し・削除・引戻し・承認取消 — what will happen, コメント, and for 承認取消 the password. */
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { problemOf } from '#ui/faults.tsx'
import { Actions, Card } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import { CommentField, PasswordField, Refused } from './act-fields.tsx'
import {
  isRight,
  nothingWrong,
  readTyped,
  useErrorsOf,
  wrongIn,
  type Act,
  type Came,
  type Typed,
} from './acting.ts'
import { client, useWords } from './words.ts'

export type ReturnAct = Exclude<Act, 'approve'>

export interface ReturnFormProps {
  readonly id: string
  readonly act: ReturnAct
  /** Not 0: it was asked for, and takes view and focus. */
  readonly arrived: number
  readonly onCame: (came: Came) => void
  readonly onReload: () => void
  readonly onBack: () => void
}

export function ReturnForm({ id, act, arrived, onCame, onReload, onBack }: ReturnFormProps) {
  const words = useWords().act
  const [wrong, setWrong] = useState(nothingWrong)
  const errors = useErrorsOf(wrong)
  const run = useMutation({
    mutationFn: (typed: Typed) => calls[act](id, typed),
    onSuccess: ({ state }) => onCame({ state, says: null, why: null }),
  })
  const needsComment = act === 'send-back'
  const needsPassword = act === 'withdraw'

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (run.isPending) return
    const typed = readTyped(event.currentTarget)
    const found = wrongIn(typed, {
      comment: needsComment ? 'required' : 'optional',
      password: needsPassword,
      code: false,
    })
    setWrong(found)
    if (isRight(found)) run.mutate(typed)
  }
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message
  const commentMissing = problemOf(run.error)?.code === 'comment-missing'
  return (
    <form noValidate className="not-printed flex flex-col gap-6" onSubmit={submit}>
      <ErrorSummary errors={errors} />
      {errors.length === 0 && <Refused error={run.error} onReload={onReload} />}
      <Card title={words.titles[act]} arrived={arrived}>
        <div className="flex flex-col gap-5">
          {act === 'delete' ? (
            <Notice look="warning" title={words.says.delete} />
          ) : (
            <p>{words.says[act]}</p>
          )}
          <CommentField
            required={needsComment}
            error={errorOf('comment') ?? (commentMissing ? words.commentMissing : undefined)}
          />
          {needsPassword && (
            <PasswordField error={errorOf('confirmationPassword')} refusal={run.error} />
          )}
        </div>
      </Card>
      <Actions>
        <Button look="secondary" onClick={onBack}>
          {words.back}
        </Button>
        <Button
          type="submit"
          look={act === 'delete' ? 'danger' : 'primary'}
          pending={run.isPending}
          className="sm:min-w-56"
        >
          {words.run[act]}
        </Button>
      </Actions>
    </form>
  )
}

type Call = (id: string, typed: Typed) => Promise<{ readonly state: Came['state'] }>

const calls: Readonly<Record<ReturnAct, Call>> = {
  'send-back': (id, { comment }) => client.sendBack({ params: { id }, body: { comment } }),
  delete: (id, { comment }) => client.deleteOrder({ params: { id }, body: { comment } }),
  recall: (id, { comment }) => client.recallOrder({ params: { id }, body: { comment } }),
  withdraw: (id, { comment, password }) =>
    client.withdrawApproval({
      params: { id },
      body: { comment, confirmationPassword: password },
    }),
}
