/** シリアル番号を2回 — or 「登録済みのトークンを使う」, or 「あとで登録する」 as long as the bank allows it. */
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import type { FormError } from '#ui/error-summary.tsx'
import { TextInput } from '#ui/field.tsx'
import { textIn } from '#ui/form-text.ts'
import { minuteText } from '#ui/format.ts'
import { Actions, Card } from '#ui/page.tsx'
import { DeviceBack } from './device-picture.tsx'
import { Refused, useRefusals, WholeRefusal } from './refusals.tsx'
import type { StepProps } from './registration.tsx'
import { ShareCard } from './share-card.tsx'
import './token.css'
import { client, useGoOn, useRegistrationCall, useWords } from './words.ts'

export function SerialStep({ state, onLedBack }: StepProps) {
  return (
    <>
      <SerialCard onLedBack={onLedBack} />
      {state.sharable.length > 0 && <ShareCard sharable={state.sharable} onLedBack={onLedBack} />}
      {state.skippableUntil !== null && <Skip until={state.skippableUntil} />}
    </>
  )
}

const fields = {
  'serial-malformed': 'serial',
  'serials-differ': 'serialAgain',
  'serial-unknown': 'serial',
  'serial-stopped': 'serial',
  'serial-registered': 'serial',
} as const

function SerialCard({ onLedBack }: Pick<StepProps, 'onLedBack'>) {
  const words = useWords()
  const [faults, setFaults] = useState<readonly FormError[]>([])
  const start = useRegistrationCall((typed: { serial: string; serialAgain: string }) =>
    client.startTokenRegistration({ body: typed }),
  )
  const refusals = useRefusals({ error: start.error, faults, fields })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (start.isPending) return
    const serial = textIn(event.currentTarget, 'serial').trim()
    const serialAgain = textIn(event.currentTarget, 'serialAgain').trim()
    const missing = [
      ...(serial === '' ? [{ field: 'serial', message: words.serial.serialMissing }] : []),
      ...(serialAgain === ''
        ? [{ field: 'serialAgain', message: words.serial.serialAgainMissing }]
        : []),
    ]
    setFaults(missing)
    onLedBack(null)
    if (missing.length === 0) start.mutate({ serial, serialAgain })
  }
  const input = {
    required: true,
    inputMode: 'numeric',
    maxLength: 40,
    className: 'figures',
  } as const
  return (
    <>
      <Refused refusals={refusals} />
      <Card title={words.serial.card}>
        <form noValidate className="flex flex-col gap-5" onSubmit={submit}>
          <div className="serial-place">
            <DeviceBack />
            <div className="flex flex-col gap-5">
              <p>{words.serial.says}</p>
              <TextInput
                {...input}
                name="serial"
                label={words.serial.serial}
                hint={words.serial.hint}
                error={refusals.errorOf('serial')}
              />
              <TextInput
                {...input}
                name="serialAgain"
                label={words.serial.serialAgain}
                hint={words.serial.hintAgain}
                error={refusals.errorOf('serialAgain')}
              />
            </div>
          </div>
          <Actions>
            <Button type="submit" pending={start.isPending} className="sm:min-w-56">
              {words.registration.next}
            </Button>
          </Actions>
        </form>
      </Card>
    </>
  )
}

/** Only this login goes on without a token; the next one asks again. */
function Skip({ until }: { readonly until: string }) {
  const words = useWords().skip
  const goOn = useGoOn()
  const skip = useMutation({
    mutationFn: () => client.skipTokenRegistration(),
    onSuccess: goOn,
  })
  return (
    <section className="flex flex-col gap-3">
      <WholeRefusal error={skip.error} />
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        <p>{words.says(minuteText(until))}</p>
        <Button look="secondary" pending={skip.isPending} onClick={() => skip.mutate()}>
          {words.submit}
        </Button>
      </div>
    </section>
  )
}
