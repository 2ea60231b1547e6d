/** Choosing: one of many (Select), one of few (RadioGroup), yes or no (Checkbox). */
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Field, FieldErrors, fieldLook, Hint, Required, tied, type FieldProps } from './field.tsx'
import { useUiMessages } from './language.tsx'

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

type Controlled<Element extends 'select' | 'input'> = Omit<
  ComponentProps<Element>,
  'name' | 'required' | 'size' | 'children'
>

export type SelectProps = FieldProps &
  Controlled<'select'> & {
    readonly options: readonly Option[]
    /** Offers 「選択してください」 as the empty choice. */
    readonly withEmpty?: boolean
  }

export function Select(props: SelectProps) {
  const { label, required, hint, error, options, withEmpty = false, className, ...select } = props
  const words = useUiMessages()
  const field = {
    name: select.name,
    label,
    error,
    ...(required && { required }),
    ...(hint !== undefined && { hint }),
  }
  return (
    <Field {...field}>
      <div className="relative">
        <select
          {...select}
          id={select.name}
          {...tied(field)}
          className={classes(fieldLook, 'appearance-none pe-10', className)}
        >
          {withEmpty && <option value="">{words.choose}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <span aria-hidden="true" className="pointer-events-none absolute end-3 top-3">
          ▾
        </span>
      </div>
    </Field>
  )
}

export type RadioGroupProps = FieldProps &
  Controlled<'input'> & {
    readonly options: readonly Option[]
    /** The chosen value, when the group is controlled. */
    readonly value?: string
    readonly inRow?: boolean
  }

/** Radio buttons; also fit for react-hook-form's `register`. */
export function RadioGroup(props: RadioGroupProps) {
  const { label, required, hint, error, options, value, inRow = false, ...input } = props
  const field = {
    name: input.name,
    label,
    error,
    ...(required && { required }),
    ...(hint !== undefined && { hint }),
  }
  const { 'aria-describedby': describedBy } = tied(field)
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" aria-describedby={describedBy}>
      <legend className="mb-1 font-bold">
        {label}
        <Required field={field} />
      </legend>
      <Hint field={field} />
      <div className={classes('flex', inRow ? 'flex-wrap gap-x-6 gap-y-1' : 'flex-col gap-1')}>
        {options.map((option, index) => (
          <label key={option.value} className="flex min-h-11 items-center gap-2">
            <input
              {...input}
              type="radio"
              id={index === 0 ? input.name : `${input.name}-${option.value}`}
              value={option.value}
              {...(value !== undefined && { checked: option.value === value })}
              disabled={option.disabled}
              className="size-6 flex-none accent-brand-800"
            />
            <span>
              {option.label}
              {option.hint !== undefined && (
                <span className="block text-sm text-ink-soft">{option.hint}</span>
              )}
            </span>
          </label>
        ))}
      </div>
      <FieldErrors field={field} />
    </fieldset>
  )
}

export type CheckboxProps = FieldProps & Controlled<'input'>

/** Yes or no. */
export function Checkbox(props: CheckboxProps) {
  const { label, required, hint, error, ...input } = props
  const field = {
    name: input.name,
    label,
    error,
    ...(required && { required }),
    ...(hint !== undefined && { hint }),
  }
  return (
    <div className="flex flex-col gap-1">
      <label className="flex min-h-11 items-center gap-2">
        <input
          {...input}
          type="checkbox"
          id={input.name}
          {...tied(field)}
          className="size-6 flex-none accent-brand-800"
        />
        <span>
          {label}
          <Required field={field} />
        </span>
      </label>
      <Hint field={field} />
      <FieldErrors field={field} />
    </div>
  )
}
