/**
 * 日付 — a plain text field that takes 20261125, 2026/11/25, 2026年11月25日, R8.11.25 in any
 * width, with a calendar for the mouse. (Segmented date fields break under Japanese input
 * methods: adobe/react-spectrum #3739.) The field holds text; read it with `readDay`.
 */
import { lazy, Suspense, useRef, useState } from 'react'
import { setIfOther } from './amount.tsx'
import { classes } from './classes.ts'
import { Field, fieldLook, tied, type FieldProps, type TextInputProps } from './field.tsx'
import { dayText } from './format.ts'
import { useUiMessages } from './language.tsx'
import { readDay } from './reading.ts'

const CalendarPopover = lazy(async () => ({
  default: (await import('./calendar-popover.tsx')).CalendarPopover,
}))

export type DateInputProps = Omit<TextInputProps, 'type' | 'suffix' | 'ref' | 'min' | 'max'> & {
  readonly min?: string // YYYY-MM-DD
  readonly max?: string
  /** e.g. not a business day; such days are struck through and cannot be chosen. */
  readonly unavailable?: (isoDay: string) => boolean
  readonly ref?: (element: HTMLInputElement | null) => void
}

export function DateInput(props: DateInputProps) {
  const { label, required, hint, error, min, max, unavailable, ref, className, ...input } = props
  const words = useUiMessages()
  const [opened, setOpened] = useState<{ readonly at: string | null } | null>(null)
  const text = useRef<HTMLInputElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const field: FieldProps = {
    name: input.name,
    label,
    ...(required !== undefined && { required }),
    ...(hint !== undefined && { hint }),
    error,
  }
  return (
    <Field {...field}>
      <div className="relative">
        <input
          type="text"
          autoComplete="off"
          placeholder={words.datePlaceholder}
          {...input}
          ref={(element) => {
            text.current = element
            ref?.(element)
          }}
          id={input.name}
          {...tied(field)}
          inputMode="numeric"
          className={classes(fieldLook, 'figures pe-14', className)}
          onBlur={(event) => {
            const day = readDay(event.currentTarget.value)
            if (day !== null) setIfOther(event.currentTarget, dayText(day))
            input.onBlur?.(event)
          }}
        />
        <button
          ref={trigger}
          type="button"
          aria-label={words.openCalendar(label)}
          aria-haspopup="dialog"
          aria-expanded={opened !== null}
          className="not-printed absolute end-1 top-1 grid size-10 place-items-center rounded-6 text-brand-800 hover:bg-brand-50"
          onClick={() =>
            setOpened(opened === null ? { at: readDay(text.current?.value ?? '') } : null)
          }
        >
          <CalendarSign />
        </button>
        {opened !== null && (
          <Suspense fallback={null}>
            <CalendarPopover
              trigger={trigger}
              label={label}
              chosen={opened.at}
              min={min}
              max={max}
              unavailable={unavailable}
              onChoice={(day) => {
                if (text.current) typeDay(text.current, day)
                setOpened(null)
              }}
              onClose={() => setOpened(null)}
            />
          </Suspense>
        )}
      </div>
    </Field>
  )
}

function typeDay(input: HTMLInputElement, day: string): void {
  setIfOther(input, dayText(day))
}

function CalendarSign() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" />
    </svg>
  )
}
