/** A secret. It can be shown, pasted into and filled by a password manager. */
import { useState } from 'react'
import { TextInput, type TextInputProps } from './field.tsx'
import { useUiMessages } from './language.tsx'

export function PasswordInput(input: Omit<TextInputProps, 'type' | 'suffix'>) {
  const words = useUiMessages()
  const [shown, setShown] = useState(false)
  return (
    <TextInput
      autoComplete="current-password"
      {...input}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      data-secret=""
      suffix={
        <button
          type="button"
          aria-pressed={shown}
          aria-label={`${words.showPassword} (${input.label})`}
          title={words.showPassword}
          className="grid size-12 place-items-center rounded-8 border border-brand-800 bg-white text-brand-800 hover:bg-brand-50"
          onClick={() => setShown(!shown)}
        >
          <Eye open={shown} />
        </button>
      }
    />
  )
}

function Eye({ open }: { readonly open: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" />
      <circle cx="12" cy="12" r="3" />
      {!open && <path d="M4 20 20 4" />}
    </svg>
  )
}
