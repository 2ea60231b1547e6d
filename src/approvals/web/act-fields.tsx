/** The fields of a move: コメント, 確認用パスワード; and how its refusal is said. */
import { useEffect } from 'react'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { TextInput } from '#ui/field.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { useSaySignatureRefusal } from '#ui/signature-words.ts'
import { Notice } from '#ui/signs.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import { commentMax } from './acting.ts'
import { isOfPassword, saysChanged, useSayRefusal, useWords } from './words.ts'

interface FieldProps {
  readonly error: string | undefined
}

export function CommentField({ error, required }: FieldProps & { readonly required: boolean }) {
  const words = useWords().act
  return (
    <TextInput
      name="comment"
      label={words.comment}
      hint={words.commentHint}
      required={required}
      maxLength={commentMax}
      error={error}
    />
  )
}

/** @param refusal what the last call was answered with */
export function PasswordField({ error, refusal }: FieldProps & { readonly refusal: unknown }) {
  const words = useWords().act
  const say = useSayRefusal()
  const refused = isOfPassword(refusal)
  useEffect(() => {
    if (refused) document.getElementById('confirmationPassword')?.focus()
  }, [refused, refusal])
  return (
    <div className="flex flex-col gap-3">
      <PasswordInput
        name="confirmationPassword"
        label={words.password}
        required
        maxLength={64}
        // No password manager shall offer the login password here.
        autoComplete="off"
        className="max-w-md"
        error={error ?? (refused ? (say(refusal) ?? undefined) : undefined)}
      />
      <SoftwareKeyboard targets={[{ name: 'confirmationPassword', label: words.password }]} />
    </div>
  )
}

interface RefusedProps {
  readonly error: unknown
  /** A 2D code is on the page, and says itself what is wrong with it. */
  readonly signed?: boolean
  readonly onReload: () => void
}

/** What no field says for itself. */
export function Refused({ error, signed = false, onReload }: RefusedProps) {
  const words = useWords().show
  const sentence = useSayRefusal()(error)
  const ofSignature = useSaySignatureRefusal()(error)
  if (!error || isOfPassword(error)) return null
  if (sentence === null) return <FaultNotice error={error} />
  const changed = saysChanged(error)
  if (signed && ofSignature !== null && !changed) return null
  return (
    <Notice look="error" title={sentence} announced>
      {changed && (
        <Button look="secondary" size="small" className="mt-2" onClick={onReload}>
          {words.reload}
        </Button>
      )}
    </Notice>
  )
}
