/** パスワード強制変更 (手順 2) — the fields and rules of the guide's table, 「実行」. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, type FormEvent } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { textIn } from '#ui/form-text.ts'
import { Actions, Card, Page } from '#ui/page.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import {
  passwordFields,
  type contract,
  type PasswordFault,
  type PasswordField,
} from '../contract.ts'
import { client, sessionQuery, useGoOn } from './session.ts'
import { useSayStepRefusal, useStepWords } from './step-words.ts'

type Asked = Out<typeof contract.showPasswordChange>

export function PasswordChange() {
  const words = useStepWords().passwordChange
  const asked = useQuery({
    queryKey: ['session', 'password-change'],
    queryFn: () => client.showPasswordChange(),
  })
  return (
    <Page
      title={words.title}
      screenId="BLGI011"
      width="narrow"
      lead={asked.data?.reasons.map((reason) => (
        <p key={reason}>{words.reasons[reason]}</p>
      ))}
    >
      {asked.data ? <ChangeForm asked={asked.data} /> : <Loading />}
    </Page>
  )
}

function ChangeForm({ asked }: { readonly asked: Asked }) {
  const words = useStepWords().passwordChange
  const loginId = useQuery(sessionQuery).data?.user.loginId
  const goOn = useGoOn()
  const change = useMutation({
    mutationFn: (typed: Typed) => client.changePasswords({ body: typed }),
    onSuccess: goOn,
  })
  const { summary, errorsOf } = useFaults(asked, change.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!change.isPending) change.mutate(typedIn(event.currentTarget, asked.fields))
  }
  const groups = (['login', 'confirmation'] as const).map((group) => ({
    group,
    fields: asked.fields.filter((field) => groupOf(field) === group),
  }))
  return (
    <form noValidate className="flex flex-col gap-6" onSubmit={submit}>
      <ErrorSummary errors={summary} />
      {change.error && summary.length === 0 && <Refused error={change.error} />}
      {/* Tells password managers whose passwords these are. */}
      <input className="hidden" readOnly autoComplete="username" value={loginId ?? ''} />
      {groups
        .filter(({ fields }) => fields.length > 0)
        .map(({ group, fields }) => (
          <Card key={group} title={words.groups[group]}>
            <div className="flex flex-col gap-5">
              {fields.map((field) => (
                <PasswordInput
                  key={field}
                  name={field}
                  label={words.fields[field]}
                  required
                  maxLength={256}
                  autoComplete={field.startsWith('new') ? 'new-password' : 'current-password'}
                  hint={<Rules asked={asked} field={field} />}
                  error={errorsOf(field)}
                />
              ))}
            </div>
          </Card>
        ))}
      <SoftwareKeyboard
        targets={asked.fields.map((name) => ({ name, label: words.fields[name] }))}
      />
      <Actions>
        <Button type="submit" pending={change.isPending} className="sm:min-w-56">
          {words.submit}
        </Button>
      </Actions>
    </form>
  )
}

/** 入力内容 of the guide's table. */
function Rules({ asked, field }: { readonly asked: Asked; readonly field: PasswordField }) {
  const words = useStepWords().passwordChange
  if (field === 'currentLoginPassword' || field === 'currentConfirmationPassword') {
    return words.currentHints[field]
  }
  const rules = words.rules[asked.profile](asked)
  return (
    <ul className="list-disc ps-5">
      {[...rules, ...(field === 'newConfirmationPassword' ? [words.confirmationRule] : [])].map(
        (rule) => (
          <li key={rule}>{rule}</li>
        ),
      )}
    </ul>
  )
}

/** The broken rules, beside their fields and together above the form. */
function useFaults(asked: Asked, error: unknown) {
  const words = useStepWords()
  const summary = useMemo(() => {
    const broken = problemOf(error)?.code === 'passwords-refused' ? problemOf(error)!.errors : []
    return (broken ?? []).flatMap(({ path, code }) => {
      if (!isField(path) || !(code in words.passwordFaults)) return []
      const { lengthMin, lengthMax } = asked
      const field = words.passwordChange.fields[path]
      const say = words.passwordFaults[code as PasswordFault]
      return [{ field: path, message: say({ field, lengthMin, lengthMax }) }]
    })
  }, [asked, error, words])
  const errorsOf = (field: PasswordField) =>
    summary.filter((fault) => fault.field === field).map(({ message }) => message)
  return { summary, errorsOf }
}

function isField(path: string): path is PasswordField {
  return (passwordFields as readonly string[]).includes(path)
}

function groupOf(field: PasswordField): 'login' | 'confirmation' {
  return field.endsWith('LoginPassword') ? 'login' : 'confirmation'
}

type Typed = Partial<Record<PasswordField, string>>

function typedIn(form: HTMLFormElement, fields: readonly PasswordField[]): Typed {
  return Object.fromEntries(fields.map((field) => [field, textIn(form, field)]))
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayStepRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}
