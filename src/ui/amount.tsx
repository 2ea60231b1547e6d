/** 金額 — shown in figures of equal width, typed in any width and with or without commas. */
import { classes } from './classes.ts'
import { TextInput, type TextInputProps } from './field.tsx'
import { yenText } from './format.ts'
import { useUiMessages } from './language.tsx'
import { readAmount } from './reading.ts'
import { typeInto } from './typing.ts'

export interface AmountProps {
  /** Whole yen as decimal text, as it came over the wire. */
  readonly value: string
  readonly strong?: boolean
  readonly unit?: boolean
}

export function Amount({ value, strong = false, unit = false }: AmountProps) {
  const words = useUiMessages()
  const look = classes(
    'figures whitespace-nowrap',
    strong && 'text-lg/none font-bold',
    value.startsWith('-') && 'text-red-900',
  )
  return (
    <span className={look}>
      {yenText(value)}
      {unit && <span className="ms-1 text-sm font-normal">{words.yen}</span>}
    </span>
  )
}

/** The field holds text; read it with `readAmount` of reading.ts. Commas are set on leaving it. */
export function AmountInput(input: Omit<TextInputProps, 'type'>) {
  const words = useUiMessages()
  return (
    <TextInput
      suffix={words.yen}
      {...input}
      inputMode="numeric"
      className={classes('figures text-end', input.className)}
      onBlur={(event) => {
        const amount = readAmount(event.currentTarget.value)
        if (amount !== null) setIfOther(event.currentTarget, yenText(amount))
        input.onBlur?.(event)
      }}
    />
  )
}

export function setIfOther(input: HTMLInputElement, text: string): void {
  if (input.value !== text) typeInto(input, text)
}
