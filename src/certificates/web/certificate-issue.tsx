/**
 * 電子証明書発行 (手順 1-1) — 証明書取得認証 → 証明書発行確認 → 証明書発行処理中 → 完了
 * (BSMS001-004). One address: the key is in this page, and a reload begins anew.
 */
import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState, type FormEvent } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { TextInput } from '#ui/field.tsx'
import { textIn } from '#ui/form-text.ts'
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { halfWidth } from '#ui/reading.ts'
import { Notice, StepIndicator } from '#ui/signs.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import type { contract } from '../contract.ts'
import { IssueForm } from './issue-form.tsx'
import { CertificateIssued, save } from './issued.tsx'
import type { CertificateFile } from './issuing.ts'
import { client, useSayRefusal, useWords } from './words.ts'

type Authenticated = Out<typeof contract.authenticateForCertificate>

type Place =
  | { readonly at: 'authentication'; readonly over: boolean }
  | { readonly at: 'confirmation'; readonly authenticated: Authenticated }
  | { readonly at: 'done'; readonly made: CertificateFile }

export function CertificateIssue() {
  const { issue } = useWords()
  const [place, setPlace] = useState<Place>({ at: 'authentication', over: false })
  if (place.at === 'done') {
    const next = { path: '/login', label: issue.toLogin }
    return <CertificateIssued made={place.made} steps={issue.steps} next={next} />
  }
  if (place.at === 'confirmation') {
    return (
      <IssueForm
        steps={issue.steps}
        holder={place.authenticated}
        challenge={place.authenticated.challenge}
        renewChallenge={() => client.renewIssueChallenge()}
        send={(body) => client.issueCertificate({ body })}
        onIssued={(made) => {
          save(made)
          setPlace({ at: 'done', made })
        }}
        onBack={() => setPlace({ at: 'authentication', over: false })}
        onOver={() => setPlace({ at: 'authentication', over: true })}
      />
    )
  }
  return (
    <Authentication
      over={place.over}
      onAuthenticated={(authenticated) => setPlace({ at: 'confirmation', authenticated })}
    />
  )
}

interface AuthenticationProps {
  /** The one before ran out of time. */
  readonly over: boolean
  readonly onAuthenticated: (authenticated: Authenticated) => void
}

function Authentication({ over, onAuthenticated }: AuthenticationProps) {
  const { issue: words, refusals } = useWords()
  const [missing, setMissing] = useState<readonly Field[]>([])
  // Said anew with the language: fields are kept, not sentences.
  const errors = useMemo(
    () => missing.map((field) => ({ field, message: words[`${field}Missing`] })),
    [missing, words],
  )
  const form = useRef<HTMLFormElement>(null)
  const authenticate = useMutation({
    mutationFn: (typed: Typed) => client.authenticateForCertificate({ body: typed }),
    onSuccess: onAuthenticated,
    onError: () => {
      const secret = form.current?.elements.namedItem('loginPassword') as HTMLInputElement | null
      if (secret) secret.value = ''
      secret?.focus()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (authenticate.isPending) return
    const typed = typedIn(event.currentTarget)
    const lacking = fields.filter((field) => typed[field] === '')
    setMissing(lacking)
    if (lacking.length === 0) authenticate.mutate(typed)
  }
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message
  return (
    <Page title={words.title} screenId="BSMS001" width="narrow" lead={<p>{words.lead}</p>}>
      <StepIndicator steps={words.steps} at={0} />
      <ErrorSummary errors={errors} />
      {authenticate.error && missing.length === 0 ? (
        <Refused error={authenticate.error} />
      ) : (
        over && <Notice look="warning" title={refusals['authentication-over']} announced />
      )}
      <Card title={words.before}>
        <ul className="list-disc ps-6">
          {words.needs.map((need) => (
            <li key={need}>{need}</li>
          ))}
        </ul>
      </Card>
      <Card title={words.authentication}>
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
          <Actions>
            <ButtonLink to="/login" look="secondary">
              {words.toLogin}
            </ButtonLink>
            <Button type="submit" pending={authenticate.isPending} className="sm:min-w-56">
              {words.authenticate}
            </Button>
          </Actions>
        </form>
      </Card>
    </Page>
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
