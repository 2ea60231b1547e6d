/**
 * ログイン, 電子証明書方式 (手順 1-1) — back from the listener that saw the certificate: the login
 * ID is filled and fixed, and only the ログインパスワード is asked for.
 */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { TextInput } from '#ui/field.tsx'
import { textIn } from '#ui/form-text.ts'
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import { useWords } from './refusals.ts'
import { client, loginPath, useGoOn } from './session.ts'
import { useSayStepRefusal, useStepWords } from './step-words.ts'

export function CertificateReturn() {
  const words = useStepWords().certificateReturn
  const [ticket] = useState(ticketInAddress)
  const taken = useQuery({
    queryKey: ['certificate-ticket', ticket],
    queryFn: () => client.takeCertificateTicket({ body: { ticket: ticket! } }),
    enabled: ticket !== null,
    // It is taken once: asking again could only fail.
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    throwOnError: false,
  })
  useEffect(() => {
    // Out of the address at once, lest it stays in the history or is copied along.
    if (ticket !== null) window.history.replaceState(window.history.state, '', location.pathname)
  }, [ticket])
  return (
    <Page title={words.title} screenId="BLGI002" width="narrow">
      {ticket === null ? (
        <>
          <Notice look="warning" title={words.none}>
            <p>{words.noneSays}</p>
          </Notice>
          <WayBack />
        </>
      ) : taken.error ? (
        <>
          <Refused error={taken.error} />
          <WayBack />
        </>
      ) : taken.data ? (
        <PasswordForm loginId={taken.data.loginId} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

/** In the fragment, which no server and no log ever sees. */
function ticketInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('ticket')
}

function PasswordForm({ loginId }: { readonly loginId: string }) {
  const words = useWords().login
  const own = useStepWords().certificateReturn
  const [missing, setMissing] = useState(false)
  const errors = useMemo(
    () => (missing ? [{ field: 'loginPassword', message: words.loginPasswordMissing }] : []),
    [missing, words],
  )
  const form = useRef<HTMLFormElement>(null)
  const goOn = useGoOn()
  const login = useMutation({
    mutationFn: (loginPassword: string) =>
      client.login({ body: { loginId, loginPassword, byCertificate: true } }),
    onSuccess: goOn,
    onError: (thrown) => {
      const secret = form.current?.elements.namedItem('loginPassword') as HTMLInputElement | null
      if (secret) secret.value = ''
      // Where the form goes away, the focus must not go with it.
      if (isOver(thrown)) document.getElementById('main')?.focus()
      else secret?.focus()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (login.isPending) return
    const loginPassword = textIn(event.currentTarget, 'loginPassword')
    setMissing(loginPassword === '')
    if (loginPassword !== '') login.mutate(loginPassword)
  }
  const refused = login.error && !missing && <Refused error={login.error} />
  if (isOver(login.error)) {
    return (
      <>
        {refused}
        <WayBack />
      </>
    )
  }
  return (
    <>
      <ErrorSummary errors={errors} />
      {refused || (!missing && <Notice look="success" title={own.chosen} announced />)}
      <Card title={own.byCertificate}>
        <form ref={form} noValidate className="flex flex-col gap-5" onSubmit={submit}>
          <TextInput
            name="loginId"
            label={words.loginId}
            hint={own.loginIdHint}
            value={loginId}
            readOnly
            autoComplete="username"
            className="figures read-only:bg-solid-gray-50"
          />
          <PasswordInput
            name="loginPassword"
            label={words.loginPassword}
            required
            maxLength={256}
            error={errors[0]?.message}
          />
          <SoftwareKeyboard targets={[{ name: 'loginPassword', label: words.loginPassword }]} />
          <Actions>
            <ButtonLink to={loginPath} look="secondary">
              {own.back}
            </ButtonLink>
            <Button type="submit" pending={login.isPending} className="sm:min-w-56">
              {words.submit}
            </Button>
          </Actions>
        </form>
      </Card>
    </>
  )
}

function isOver(thrown: unknown): boolean {
  return problemOf(thrown)?.code === 'certificate-login-over'
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayStepRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}

function WayBack() {
  const words = useStepWords().certificateReturn
  return (
    <Actions>
      <ButtonLink to={loginPath}>{words.back}</ButtonLink>
    </Actions>
  )
}
