/**
 * トランザクション認証 — the second 2D code, its 8 digits, and 「登録完了」 once the device says that
 * it is activated. With a shared token only the digits are asked for: the device is active already.
 */
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { CodeInput } from '#ui/code-input.tsx'
import { CodePlace } from '#ui/code-place.tsx'
import { digitsFault } from '#ui/digits.ts'
import type { FormError } from '#ui/error-summary.tsx'
import { textIn } from '#ui/form-text.ts'
import { Actions, Card } from '#ui/page.tsx'
import type { RegistrationState } from '../contract.ts'
import { DeviceSteps, NeverTell, Trouble, type DeviceStep } from './device-steps.tsx'
import { Refused, useRefusals, WholeRefusal, type Refusals } from './refusals.tsx'
import type { StepProps } from './registration.tsx'
import { RestartButton, useBackToStart } from './restart.tsx'
import { Serial } from './authentication-code-step.tsx'
import { client, useGoOn, useRegistrationCall, useWords } from './words.ts'

const fields = {
  'not-activated': 'activated',
  'code-of-another-step': 'transactionCode',
  'code-malformed': 'transactionCode',
  'code-wrong': 'transactionCode',
} as const

export function TransactionCodeStep({ state, onLedBack }: StepProps) {
  const words = useWords()
  const own = words.transactionCode
  const goOn = useGoOn()
  const [faults, setFaults] = useState<readonly FormError[]>([])
  const complete = useMutation({
    mutationFn: (body: { transactionCode: string; activated: boolean }) =>
      client.completeTokenRegistration({ body }),
    onSuccess: goOn,
  })
  const renew = useRegistrationCall(() => newScan(state))
  const refusals = useRefusals({ error: complete.error, faults, fields })
  useBackToStart(complete.error, onLedBack)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (complete.isPending) return
    const transactionCode = textIn(event.currentTarget, 'transactionCode')
    const activated = state.shared || textIn(event.currentTarget, 'activated') !== ''
    const fault = digitsFault(transactionCode, 8)
    const wrong = [
      ...(fault === null ? [] : [{ field: 'transactionCode', message: own[fault] }]),
      ...(activated ? [] : [{ field: 'activated', message: words.refusals['not-activated'] }]),
    ]
    setFaults(wrong)
    onLedBack(null)
    renew.reset()
    if (wrong.length === 0) complete.mutate({ transactionCode, activated })
  }
  const showNew = () => {
    // What was said of the old code stays until the new one is there.
    renew.mutate(undefined, {
      onSuccess: () => {
        setFaults([])
        complete.reset()
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
            <DeviceSteps steps={state.shared ? sharedSteps(own) : deviceSteps(own)} />
          </div>
          <div className="code-and-fields">
            <CodePlace
              scan={state.scan}
              over={refusals.over}
              onRenew={showNew}
              renewing={renew.isPending}
              {...(!state.shared && { renewLabel: own.renewFirst })}
            />
            <div className="flex flex-col gap-5">
              <CodeInput
                key={state.scan?.qr ?? ''}
                name="transactionCode"
                digits={8}
                label={own.field}
                hint={own.hint}
                error={refusals.errorOf('transactionCode')}
              />
              <NeverTell />
              <Trouble />
            </div>
          </div>
          {!state.shared && <Activation refusals={refusals} />}
        </div>
      </Card>
      <Actions>
        <RestartButton onLedBack={onLedBack} />
        <Button type="submit" pending={complete.isPending} className="sm:min-w-56">
          {own.submit}
        </Button>
      </Actions>
    </form>
  )
}

/** 90秒以内に右ボタンを2回: then, and only then, the device keeps its keys. */
function Activation({ refusals }: { readonly refusals: Refusals }) {
  const own = useWords().transactionCode
  const press = { button: 'right', how: 2 } as const
  return (
    <section aria-label={own.activation} className="on-the-device flex flex-col gap-4">
      <h3 className="font-bold">{own.activation}</h3>
      <DeviceSteps from={3} steps={[{ shows: 'activated', press, says: own.activate }]} />
      <Checkbox
        name="activated"
        label={own.activated}
        required
        hint={own.activatedHint}
        error={refusals.errorOf('activated')}
      />
    </section>
  )
}

/**
 * The device that has let the second code pass begins again with the first one; a shared one gets
 * another code of the same step.
 */
async function newScan({
  shared,
  serial,
  sharable,
}: RegistrationState): Promise<RegistrationState> {
  if (serial === null) return client.restartTokenRegistration()
  if (!shared) return client.startTokenRegistration({ body: { serial, serialAgain: serial } })
  const [token, another] = sharable.filter(({ serialEnd }) => serial.endsWith(serialEnd))
  if (token === undefined || another !== undefined) return client.restartTokenRegistration()
  return client.shareToken({ body: { tokenCode: token.tokenCode } })
}

type Own = ReturnType<typeof useWords>['transactionCode']

function deviceSteps(own: Own): readonly DeviceStep[] {
  return [
    { shows: 'camera', press: { button: 'right', how: 3 }, says: own.camera },
    { shows: 'eight-digits', says: own.scan },
  ]
}

function sharedSteps(own: Own): readonly DeviceStep[] {
  return [
    { shows: 'ready', press: { button: 'centre', how: 'hold' }, says: own.switchOn },
    { shows: 'camera', press: { button: 'right', how: 1 }, says: own.cameraShared },
    { shows: 'eight-digits', says: own.scanShared },
  ]
}
