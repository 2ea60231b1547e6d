/** 内容確認 — the cards that ask: 同一取引の警告, 承認者 and コメント, 確認用パスワード. */
import { useEffect } from 'react'
import { Checkbox, Select } from '#ui/choices.tsx'
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { TextLink } from '#ui/links.tsx'
import { Card, Facts } from '#ui/page.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { Notice } from '#ui/signs.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import { approverField, type Confirmation } from './answers.ts'
import { useSay, useWords } from './words.ts'

interface DuplicatesCardProps {
  readonly duplicates: Confirmation['duplicates']
  readonly error: string | undefined
}

export function DuplicatesCard({ duplicates, error }: DuplicatesCardProps) {
  const words = useWords().confirm
  return (
    <Notice look="warning" title={words.duplicates}>
      <p>{words.duplicatesSay}</p>
      <ul className="list-disc ps-6">
        {duplicates.map(({ id, receiptNumber, name }) => (
          <li key={id}>
            <TextLink to={`/transfers/${id}`}>
              {name} <span className="figures">{receiptNumber ?? ''}</span>
            </TextLink>
          </li>
        ))}
      </ul>
      <Checkbox
        name="duplicateConfirmed"
        value="yes"
        label={words.duplicateBox}
        required
        error={error}
      />
    </Notice>
  )
}

interface ApprovalCardProps {
  readonly approval: Confirmation['approval']
  readonly errorAt: (field: string) => string | undefined
}

export function ApprovalCard({ approval, errorAt }: ApprovalCardProps) {
  const words = useWords().confirm
  const say = useSay()
  const { needed, method, says, choose, mayNot } = approval
  if (!needed) {
    return (
      <Card title={words.approval}>
        <p>{words.noApproval}</p>
      </Card>
    )
  }
  const nobody = choose.some(({ candidates }) => candidates.length === 0)
  return (
    <Card title={words.approval}>
      <div className="flex flex-col gap-5">
        <Facts facts={[[words.method, say(method)]]} />
        <p>{say(says)}</p>
        {nobody && <Notice look="error" title={words.nobody} />}
        <FieldGrid>
          {choose.map(({ candidates }, at) => (
            <Select
              key={approverField(at)}
              name={approverField(at)}
              label={choose.length > 1 ? words.approver(String(at + 1)) : words.onlyApprover}
              required
              withEmpty
              defaultValue={candidates.length === 1 ? candidates[0]!.userId : ''}
              error={errorAt(approverField(at))}
              options={candidates.map(({ userId, name }) => ({ value: userId, label: name }))}
            />
          ))}
          <TextInput
            name="comment"
            label={words.comment}
            hint={words.commentHint}
            maxLength={120}
          />
        </FieldGrid>
        {mayNot.length > 0 && (
          <details>
            <summary className="min-h-11 content-center font-bold text-brand-800">
              {words.mayNot}
            </summary>
            <ul className="list-disc ps-6">
              {mayNot.map(({ userId, name, says }) => (
                <li key={userId}>{words.mayNotOne(name, say(says))}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  )
}

interface PasswordCardProps {
  readonly error: string | undefined
  /** When it was refused last; 0: not refused. Each new value has used up what was typed. */
  readonly refusedAt: number
}

export function PasswordCard({ error, refusedAt }: PasswordCardProps) {
  const words = useWords().confirm
  return (
    <Card title={words.secrets}>
      <PasswordFields label={words.password} error={error} refusedAt={refusedAt} />
    </Card>
  )
}

/** 確認用パスワード with its keyboard, as cards and dialogs show it. */
export function PasswordFields(props: PasswordCardProps & { readonly label: string }) {
  const { label, error, refusedAt } = props
  useEffect(() => {
    const field = document.getElementById('confirmationPassword') as HTMLInputElement | null
    if (refusedAt === 0 || field === null) return
    field.value = ''
    field.focus()
  }, [refusedAt])
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <PasswordInput
        name="confirmationPassword"
        label={label}
        required
        maxLength={64}
        error={error}
      />
      <SoftwareKeyboard targets={[{ name: 'confirmationPassword', label }]} />
    </div>
  )
}
