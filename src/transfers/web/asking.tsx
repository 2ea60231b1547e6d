/** 引戻し, 削除, 予約取消 — each asks once more, and says what became of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { dayText, yenText } from '#ui/format.ts'
import { textIn } from '#ui/form-text.ts'
import { Notice } from '#ui/signs.tsx'
import type { TransferLine } from '../contract.ts'
import { PasswordFields } from './confirm-cards.tsx'
import { client, isRefusal, useSayRefusal, useWords } from './words.ts'

export type Move = 'recall' | 'delete' | 'cancel'

export interface AskedMove {
  readonly move: Move
  readonly line: TransferLine
}

export interface MoveDialogProps {
  readonly asked: AskedMove
  readonly onDone: (asked: AskedMove) => void
  readonly onClose: () => void
}

const formId = 'move-form'

export function MoveDialog({ asked, onDone, onClose }: MoveDialogProps) {
  const { move, line } = asked
  const words = useWords()
  const { back } = words.asking
  const { title, says, go } = words.asking[move]
  const carryOut = useMove(asked, onDone)
  const [missing, setMissing] = useState(false)
  const sayRefusal = useSayRefusal()
  const { error } = carryOut
  const wrong = isRefusal(error, 'confirmation-wrong')
  const secretError = missing
    ? words.confirm.passwordMissing
    : wrong
      ? (sayRefusal(error) ?? undefined)
      : undefined
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button
            look="secondary"
            onClick={onClose}
            {...(move !== 'cancel' && { 'data-first': '' })}
          >
            {back}
          </Button>
          <Button
            type="submit"
            form={formId}
            look={move === 'recall' ? 'primary' : 'danger'}
            pending={carryOut.isPending}
          >
            {go}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (carryOut.isPending) return
          const password = textIn(event.currentTarget, 'confirmationPassword')
          const lacks = move === 'cancel' && password === ''
          setMissing(lacks)
          if (lacks) document.getElementById('confirmationPassword')?.focus()
          carryOut.reset()
          if (!lacks) carryOut.mutate(password)
        }}
      >
        <p>{says}</p>
        <p className="rounded-8 bg-solid-gray-50 px-4 py-2">
          <strong>{line.name}</strong> <span className="figures">{line.receiptNumber}</span>
          <br />
          {dayText(line.paymentDay)} {line.payees} {words.yen(yenText(line.payable))}
        </p>
        {error && !wrong && <Refused error={error} />}
        {move === 'cancel' && (
          <PasswordFields
            label={words.confirm.password}
            error={secretError}
            refusedAt={wrong ? carryOut.submittedAt : 0}
          />
        )}
      </form>
    </Dialog>
  )
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}

function useMove(asked: AskedMove, onDone: (asked: AskedMove) => void) {
  const queries = useQueryClient()
  const params = { id: asked.line.id }
  return useMutation({
    mutationFn: async (confirmationPassword: string) => {
      if (asked.move === 'delete') await client.deleteTransfer({ params })
      else if (asked.move === 'recall') await client.recallTransfer({ params, body: {} })
      else await client.cancelTransfer({ params, body: { confirmationPassword } })
    },
    onSuccess: () => onDone(asked),
    // Also after a refusal: somebody else was faster, and the screen shows an older state.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['transfers', 'list'] }),
        queries.invalidateQueries({ queryKey: ['transfers', 'one', asked.line.id] }),
        queries.invalidateQueries({ queryKey: ['approvals'] }),
      ]),
  })
}
