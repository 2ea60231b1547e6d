/**
 * 証明書発行確認 and 証明書発行処理中 (BSMS002, BSMS003) — for whom, the proof that it is the
 * customer, the passphrase of the file, 「発行」. First issue and renewal are the same from here.
 */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import type { Challenge } from '#kit/challenge.ts'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { SignatureCard } from '#ui/signature-card.tsx'
import { useSaySignatureRefusal } from '#ui/signature-words.ts'
import { Notice, Progress, StepIndicator } from '#ui/signs.tsx'
import { HolderCard, LetterCard, PassphraseCard, type Holder } from './issue-cards.tsx'
import { isRight, nothingWrong, readTyped, useErrorsOf, wrongIn } from './issue-typed.ts'
import {
  stages,
  useIssuing,
  type CertificateFile,
  type IssuingNeeds,
  type Stage,
} from './issuing.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { isRefusal, useSayRefusal, useWords } from './words.ts'

export interface IssueFormProps {
  readonly steps: readonly string[]
  readonly holder: Holder
  /** null: 電子証明書発行コード of the bank's letter instead. */
  readonly challenge: Challenge | null
  readonly renewChallenge: () => Promise<Challenge>
  readonly send: IssuingNeeds['send']
  readonly onIssued: (made: CertificateFile) => void
  readonly onBack: () => void
  /** Too much time has passed since the authentication: it begins anew. */
  readonly onOver?: () => void
}

export function IssueForm(props: IssueFormProps) {
  const { steps, holder, send, onIssued, onBack, onOver } = props
  const words = useWords()
  const issuing = useIssuing({ loginId: holder.loginId, send, onIssued })
  const another = useMutation({ mutationFn: props.renewChallenge })
  const challenge = another.data ?? props.challenge
  const error = another.error ?? issuing.error
  const [wrong, setWrong] = useState(nothingWrong)
  const errors = useErrorsOf(wrong)
  useWhenOver(error, onOver)

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (issuing.pending) return
    const typed = readTyped(event.currentTarget, challenge)
    const found = wrongIn(typed, holder)
    setWrong(found)
    if (isRight(found)) issuing.start(typed)
  }
  const { stage } = issuing
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message
  return (
    <Page
      title={stage === null ? words.confirm.title : words.processing.title}
      screenId={stage === null ? 'BSMS002' : 'BSMS003'}
      width={challenge === null ? 'narrow' : 'usual'}
      lead={<p>{stage === null ? words.confirm.lead : words.processing.lead}</p>}
    >
      <StepIndicator steps={steps} at={stage === null ? 1 : 2} />
      <LeaveGuard when={issuing.pending} />
      {stage !== null && <Processing stage={stage} />}
      {/* Stays while the certificate is on its way: after an error all is as it was typed. */}
      <form noValidate hidden={stage !== null} onSubmit={submit}>
        <div className="flex flex-col gap-6">
          <ErrorSummary errors={errors} />
          {error && errors.length === 0 && <Refused error={error} signed={challenge !== null} />}
          <HolderCard holder={holder} />
          {challenge ? (
            <SignatureCard
              challenge={challenge}
              name="transactionCode"
              error={error}
              fault={wrong.code}
              onRenew={() => another.mutate()}
              renewing={another.isPending}
            />
          ) : (
            <LetterCard error={errorOf('letterCode')} refusal={issuing.error} />
          )}
          <PassphraseCard errorOf={errorOf} />
          <Actions>
            <Button look="secondary" onClick={onBack}>
              {words.confirm.back}
            </Button>
            <Button type="submit" pending={issuing.pending} className="sm:min-w-56">
              {words.confirm.submit}
            </Button>
          </Actions>
        </div>
      </form>
    </Page>
  )
}

function useWhenOver(error: unknown, onOver: (() => void) | undefined): void {
  const tell = useEffectEvent(() => onOver?.())
  useEffect(() => {
    if (isRefusal(error, 'authentication-over')) tell()
  }, [error])
}

/** What the 2D code's own card says of it is not said twice. */
function Refused({ error, signed }: { readonly error: unknown; readonly signed: boolean }) {
  const sentence = useSayRefusal()(error)
  const ofSignature = useSaySignatureRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  if (signed ? ofSignature !== null : isRefusal(error, 'letter-code-wrong')) return null
  return <Notice look="error" title={sentence} announced />
}

function Processing({ stage }: { readonly stage: Stage }) {
  const words = useWords().processing
  const at = stages.indexOf(stage)
  return (
    <Card title={words.title}>
      <Progress
        label={words.stages[stage]}
        done={at / stages.length}
        detail={`${at + 1} / ${stages.length}`}
      />
      <p role="status" className="sr-only">
        {words.stages[stage]}
      </p>
    </Card>
  )
}
