/** 登録済みのトークンを使う (共用) — the token of a colleague, by its トークンコード. */
import { useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import type { FormError } from '#ui/error-summary.tsx'
import { textIn } from '#ui/form-text.ts'
import { Actions, Card } from '#ui/page.tsx'
import type { RegistrationState } from '../contract.ts'
import { Refused, useRefusals } from './refusals.tsx'
import type { StepProps } from './registration.tsx'
import { client, useRegistrationCall, useWords } from './words.ts'

interface ShareCardProps extends Pick<StepProps, 'onLedBack'> {
  readonly sharable: RegistrationState['sharable']
}

const fields = { 'token-code-unknown': 'tokenCode', 'token-suspended': 'tokenCode' } as const

export function ShareCard({ sharable, onLedBack }: ShareCardProps) {
  const words = useWords().shared
  const [faults, setFaults] = useState<readonly FormError[]>([])
  const share = useRegistrationCall((tokenCode: string) =>
    client.shareToken({ body: { tokenCode } }),
  )
  const refusals = useRefusals({ error: share.error, faults, fields })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (share.isPending) return
    const tokenCode = textIn(event.currentTarget, 'tokenCode')
    setFaults(tokenCode === '' ? [{ field: 'tokenCode', message: words.missing }] : [])
    onLedBack(null)
    if (tokenCode !== '') share.mutate(tokenCode)
  }
  return (
    <>
      <Refused refusals={refusals} />
      <Card title={words.card}>
        <form noValidate className="flex flex-col gap-5" onSubmit={submit}>
          <p>{words.says}</p>
          <Select
            name="tokenCode"
            label={words.tokenCode}
            withEmpty
            hint={words.hint}
            className="figures"
            options={sharable.map((token) => ({
              value: token.tokenCode,
              label: words.option(token),
            }))}
            error={refusals.errorOf('tokenCode')}
          />
          <Actions>
            <Button
              type="submit"
              look="secondary"
              pending={share.isPending}
              className="sm:min-w-56"
            >
              {words.submit}
            </Button>
          </Actions>
        </form>
      </Card>
    </>
  )
}
