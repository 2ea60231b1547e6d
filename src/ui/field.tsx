/**
 * A row of a form: label with ※必須, hint, the field itself, and each broken rule on its own line
 * beneath. Fields are the browser's own: input methods, paste and password managers just work.
 */
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { useUiMessages } from './language.tsx'

export interface FieldProps {
  /** Also the element's id, by which an error summary finds it. */
  readonly name: string
  readonly label: string
  readonly required?: boolean
  readonly hint?: ReactNode
  /** One sentence, or one per broken rule. */
  readonly error?: string | readonly string[] | undefined
}

export const fieldLook =
  'w-full min-w-0 rounded-8 border border-solid-gray-600 bg-white px-3 text-ink aria-invalid:border-2 aria-invalid:border-red-900 disabled:border-solid-gray-300 disabled:bg-solid-gray-50 disabled:text-solid-gray-700 placeholder:text-solid-gray-536 h-12'

function sentences(error: FieldProps['error']): readonly string[] {
  if (error === undefined || error === '') return []
  return typeof error === 'string' ? [error] : error
}

/** The attributes that tie a control to its hint and errors. */
export function tied({ name, hint, error, required }: FieldProps) {
  const broken = sentences(error).length > 0
  const described = classes(hint !== undefined && `${name}-hint`, broken && `${name}-error`)
  return {
    'aria-invalid': broken || undefined,
    'aria-describedby': described === '' ? undefined : described,
    'aria-required': required || undefined,
  }
}

export function Field({ children, ...field }: FieldProps & { readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={field.name} className="mb-1 font-bold">
        {field.label}
        <Required field={field} />
      </label>
      <Hint field={field} />
      {children}
      <FieldErrors field={field} />
    </div>
  )
}

interface FieldGridProps {
  /** More columns for a wide screen. */
  readonly className?: string
  readonly children: ReactNode
}

/** Two columns of fields from 640 px on; their lines keep level. */
export function FieldGrid({ className, children }: FieldGridProps) {
  return <div className={classes('field-grid', className)}>{children}</div>
}

export function Required({ field }: { readonly field: FieldProps }) {
  const words = useUiMessages()
  if (!field.required) return null
  return (
    <span className="ms-2 text-sm font-normal whitespace-nowrap text-red-900">
      {words.required}
    </span>
  )
}

export function Hint({ field }: { readonly field: FieldProps }) {
  if (field.hint === undefined) return null
  return (
    <div id={`${field.name}-hint`} className="hint mb-1 text-sm text-ink-soft">
      {field.hint}
    </div>
  )
}

export function FieldErrors({ field }: { readonly field: FieldProps }) {
  const broken = sentences(field.error)
  if (broken.length === 0) return null
  return (
    <ul id={`${field.name}-error`} className="errors mt-1 text-sm font-bold text-red-900">
      {broken.map((sentence) => (
        <li key={sentence}>＊{sentence}</li>
      ))}
    </ul>
  )
}

export type TextInputProps = FieldProps &
  Omit<ComponentProps<'input'>, 'name' | 'required'> & {
    /** What stands after the field, e.g. 円. */
    readonly suffix?: ReactNode
  }

export function TextInput({
  label,
  required,
  hint,
  error,
  suffix,
  className,
  ...input
}: TextInputProps) {
  const field: FieldProps = {
    name: input.name,
    label,
    ...(required !== undefined && { required }),
    ...(hint !== undefined && { hint }),
    error,
  }
  return (
    <Field {...field}>
      <div className="flex items-center gap-2">
        <input
          type="text"
          autoComplete="off"
          {...input}
          id={input.name}
          {...tied(field)}
          className={classes(fieldLook, className)}
        />
        {suffix !== undefined && <span className="flex-none">{suffix}</span>}
      </div>
    </Field>
  )
}
