/**
 * トランザクション認証利用開始登録 (手順 4) — シリアル番号, トークン認証, トランザクション認証. The
 * server says where the registration stands, so that a page that is loaded anew goes on there.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { Actions, Page } from '#ui/page.tsx'
import { Loading, Notice, StepIndicator } from '#ui/signs.tsx'
import type { RegistrationState, RegistrationStep } from '../contract.ts'
import { SerialStep } from './serial-step.tsx'
import { AuthenticationCodeStep } from './authentication-code-step.tsx'
import { TransactionCodeStep } from './transaction-code-step.tsx'
import { client, refusalIn, registrationKey, useGoOn, useWords } from './words.ts'

const screenIds: Readonly<Record<RegistrationStep, string>> = {
  serial: 'BLGI021',
  'authentication-code': 'BLGI022',
  'transaction-code': 'BLGI023',
}

/** What a step tells the page: the reader was led back, and why. */
export interface StepProps {
  readonly state: RegistrationState
  readonly onLedBack: (said: string | null) => void
}

export function TokenRegistration() {
  const words = useWords().registration
  const { data: state, error } = useQuery({
    queryKey: registrationKey,
    queryFn: () => client.showTokenRegistration(),
  })
  const [ledBack, setLedBack] = useState<string | null>(null)
  const step = state?.step ?? 'serial'
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [step])
  const shown = { state, onLedBack: setLedBack } as StepProps
  return (
    <Page
      title={step === 'transaction-code' ? words.transactionTitle : words.title}
      screenId={screenIds[step]}
      width="narrow"
      lead={step === 'serial' && <p>{words.lead}</p>}
    >
      {state && <Steps state={state} />}
      {ledBack !== null && <Notice look="info" title={ledBack} announced />}
      {state === undefined && (error === null ? <Loading /> : <NotShown error={error} />)}
      {state?.step === 'serial' && <SerialStep {...shown} />}
      {state?.step === 'authentication-code' && <AuthenticationCodeStep {...shown} />}
      {state?.step === 'transaction-code' && <TransactionCodeStep {...shown} />}
    </Page>
  )
}

function Steps({ state: { step, shared } }: { readonly state: RegistrationState }) {
  const { steps, sharedSteps } = useWords().registration
  const names: Partial<Record<RegistrationStep, string>> = shared ? sharedSteps : steps
  return <StepIndicator steps={Object.values(names)} at={Object.keys(names).indexOf(step)} />
}

/** Registered meanwhile, in another window: nothing is left to do here. */
function NotShown({ error }: { readonly error: unknown }) {
  const words = useWords().registration
  const goOn = useGoOn()
  if (refusalIn(error) !== 'token-registration-not-due') return <FaultNotice error={error} />
  return (
    <>
      <Notice look="info" title={words.notDue} announced />
      <Actions>
        <Button className="sm:min-w-56" onClick={() => void goOn()}>
          {words.next}
        </Button>
      </Actions>
    </>
  )
}
