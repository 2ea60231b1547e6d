/** トークン認証 — the first 2D code, and the 12 digits that the device makes of it. */
import { useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { CodeInput } from '#ui/code-input.tsx'
import { CodePlace } from '#ui/code-place.tsx'
import { digitsFault } from '#ui/digits.ts'
import type { FormError } from '#ui/error-summary.tsx'
import { textIn } from '#ui/form-text.ts'
import { Actions, Card } from '#ui/page.tsx'
import { DeviceSteps, NeverTell, Trouble, type DeviceStep } from './device-steps.tsx'
import { Refused, useRefusals, WholeRefusal } from './refusals.tsx'
import type { StepProps } from './registration.tsx'
import { RestartButton, useBackToStart } from './restart.tsx'
import { client, useRegistrationCall, useWords } from './words.ts'

const fields = {
  'code-of-another-step': 'authenticationCode',
  'code-malformed': 'authenticationCode',
  'authentication-code-wrong': 'authenticationCode',
} as const

export function AuthenticationCodeStep({ state, onLedBack }: StepProps) {
  const words = useWords()
  const own = words.authenticationCode
  const [faults, setFaults] = useState<readonly FormError[]>([])
  const authenticate = useRegistrationCall((authenticationCode: string) =>
    client.authenticateToken({ body: { authenticationCode } }),
  )
  const renew = useRegistrationCall((serial: string) =>
    client.startTokenRegistration({ body: { serial, serialAgain: serial } }),
  )
  const refusals = useRefusals({
    error: authenticate.error,
    faults,
    fields,
    sentences: { 'code-malformed': own.malformed, 'code-of-another-step': own.ofAnotherStep },
  })
  useBackToStart(authenticate.error, onLedBack)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (authenticate.isPending) return
    const typed = textIn(event.currentTarget, 'authenticationCode')
    const fault = digitsFault(typed, 12)
    setFaults(fault === null ? [] : [{ field: 'authenticationCode', message: own[fault] }])
    onLedBack(null)
    renew.reset()
    if (fault === null) authenticate.mutate(typed)
  }
  const showNew = () => {
    // What was said of the old code stays until the new one is there.
    renew.mutate(state.serial ?? '', {
      onSuccess: () => {
        setFaults([])
        authenticate.reset()
        onLedBack(words.registration.renewed)
      },
    })
  }
  return (
    <form noValidate className="flex flex-col gap-6" onSubmit={submit}>
      <Refused refusals={refusals} />
      <WholeRefusal error={renew.error} />
      <Card title={own.card} aside={state.serial && <Serial serial={state.serial} />}>
        <div className="flex flex-col gap-6">
          <div className="on-the-device">
            <DeviceSteps steps={deviceSteps(own)} />
          </div>
          <div className="code-and-fields">
            <CodePlace
              scan={state.scan}
              over={refusals.over}
              onRenew={showNew}
              renewing={renew.isPending}
            />
            <div className="flex flex-col gap-5">
              <CodeInput
                key={state.scan?.qr ?? ''}
                name="authenticationCode"
                digits={12}
                label={own.field}
                hint={own.hint}
                error={refusals.errorOf('authenticationCode')}
              />
              <NeverTell />
              <Trouble />
            </div>
          </div>
        </div>
      </Card>
      <Actions>
        <RestartButton onLedBack={onLedBack} />
        <Button type="submit" pending={authenticate.isPending} className="sm:min-w-56">
          {own.submit}
        </Button>
      </Actions>
    </form>
  )
}

function deviceSteps(
  own: ReturnType<typeof useWords>['authenticationCode'],
): readonly DeviceStep[] {
  return [
    { shows: 'activation', press: { button: 'centre', how: 'hold' }, says: own.switchOn },
    { shows: 'camera', press: { button: 'right', how: 1 }, says: own.camera },
    { shows: 'twelve-digits', says: own.scan },
  ]
}

/** Which device is meant, for who has several on the desk. */
export function Serial({ serial }: { readonly serial: string }) {
  const words = useWords().registration
  return <span className="figures text-sm text-ink-soft">{words.serialShown(serial)}</span>
}
