/**
 * ログイン — 電子証明書方式 (手順 1-1): 「電子証明書ログイン」. ID・パスワード方式 (手順 1-2):
 * ログインID, ログインパスワード, 「ログイン」, ソフトウェアキーボード.
 */
import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { TextInput } from '#ui/field.tsx'
import { textIn } from '#ui/form-text.ts'
import { TextLink } from '#ui/links.tsx'
import { Card, Page } from '#ui/page.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { halfWidth } from '#ui/reading.ts'
import { Notice } from '#ui/signs.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import { useSayRefusal, useWords } from './refusals.ts'
import { client, useGoOn } from './session.ts'

export function Login() {
  const words = useWords().login
  const [missing, setMissing] = useState<readonly Field[]>([])
  // Said anew with the language: fields are kept, not sentences.
  const errors = useMemo(
    () => missing.map((field) => ({ field, message: words[`${field}Missing`] })),
    [missing, words],
  )
  const form = useRef<HTMLFormElement>(null)
  const goOn = useGoOn()
  const login = useMutation({
    mutationFn: (typed: Typed) => client.login({ body: typed }),
    onSuccess: goOn,
    onError: () => {
      const secret = form.current?.elements.namedItem('loginPassword') as HTMLInputElement | null
      if (secret) secret.value = ''
      secret?.focus()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (login.isPending) return
    // Read from the fields themselves: password managers do not always tell the page.
    const typed = typedIn(event.currentTarget)
    const lacking = fields.filter((field) => typed[field] === '')
    setMissing(lacking)
    if (lacking.length === 0) login.mutate(typed)
  }
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message
  return (
    <Page title={words.title} screenId="BLGI001" width="narrow">
      <ErrorSummary errors={errors} />
      {login.error && missing.length === 0 && <Refused error={login.error} />}
      <ByCertificate />
      <Card title={words.byPassword}>
        <form ref={form} noValidate className="flex flex-col gap-5" onSubmit={submit}>
          <TextInput
            name="loginId"
            label={words.loginId}
            required
            maxLength={64}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            className="figures"
            error={errorOf('loginId')}
          />
          <PasswordInput
            name="loginPassword"
            label={words.loginPassword}
            required
            maxLength={256}
            error={errorOf('loginPassword')}
          />
          <SoftwareKeyboard targets={fields.map((name) => ({ name, label: words[name] }))} />
          <Button type="submit" pending={login.isPending} className="sm:min-w-56 sm:self-end">
            {words.submit}
          </Button>
        </form>
      </Card>
    </Page>
  )
}

function ByCertificate() {
  const words = useWords().login
  const begin = useMutation({
    mutationFn: async () => {
      const { address } = await client.beginCertificateLogin()
      window.location.assign(address)
      // No second click while the browser is on its way, or asks which certificate to show.
      await new Promise((later) => setTimeout(later, 5_000))
    },
  })
  return (
    <Card title={words.byCertificate}>
      <div className="flex flex-col gap-5">
        <p>{words.certificateLead}</p>
        {begin.error && <Refused error={begin.error} />}
        <div className="flex flex-wrap items-center justify-between gap-5">
          <p>
            {words.certificateIssueLead}{' '}
            <TextLink to="/certificate-issue">{words.certificateIssue}</TextLink>
          </p>
          <Button
            pending={begin.isPending}
            className="max-sm:w-full sm:min-w-56"
            onClick={() => begin.mutate()}
          >
            {words.certificateLogin}
          </Button>
        </div>
      </div>
    </Card>
  )
}

const fields = ['loginId', 'loginPassword'] as const
type Field = (typeof fields)[number]
type Typed = Readonly<Record<Field, string>>

function typedIn(form: HTMLFormElement): Typed {
  return {
    loginId: halfWidth(textIn(form, 'loginId')).trim(),
    loginPassword: textIn(form, 'loginPassword'),
  }
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}
