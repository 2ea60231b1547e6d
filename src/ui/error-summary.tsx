/** Above a form that was refused: how many things are wrong, each a link to its field. */
import { useEffect, useRef, type ReactNode } from 'react'
import { useUiMessages } from './language.tsx'

export interface FormError {
  /** The field's `name`; none for an error of the form as a whole. */
  readonly field?: string
  readonly message: string
}

export interface ErrorSummaryProps {
  readonly errors: readonly FormError[]
  /** Said instead of the count, e.g. the refusal of the form as a whole. */
  readonly title?: ReactNode
}

export function ErrorSummary({ errors, title }: ErrorSummaryProps) {
  const words = useUiMessages()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors.length > 0) box.current?.focus()
  }, [errors])
  if (errors.length === 0) return null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-8 border-2 border-red-900 bg-red-50 p-4 text-red-900"
    >
      <p className="font-bold">{title ?? words.errorCount(errors.length)}</p>
      <ul className="mt-1 list-disc ps-6">
        {errors.map(({ field, message }) => (
          <li key={`${field ?? ''}${message}`}>
            {field === undefined ? message : <FieldLink field={field} message={message} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function FieldLink({ field, message }: { readonly field: string; readonly message: string }) {
  return (
    <a
      href={`#${field}`}
      className="underline underline-offset-4"
      onClick={(event) => {
        event.preventDefault()
        const target = document.getElementById(field)
        target?.focus({ preventScroll: true })
        target?.scrollIntoView({ block: 'center' })
      }}
    >
      {message}
    </a>
  )
}
