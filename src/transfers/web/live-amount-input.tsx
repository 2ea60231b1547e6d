/** 支払金額 — an amount whose thousands separators come while one types, and that takes any paste. */
import type { InputEvent } from 'react'
import { classes } from '#ui/classes.ts'
import { TextInput, type TextInputProps } from '#ui/field.tsx'
import { useUiMessages } from '#ui/language.tsx'
import { groupWhileTyping } from './amount-typing.ts'

type LiveAmountInputProps = Omit<TextInputProps, 'type' | 'suffix' | 'onChange' | 'value'> & {
  readonly value: string
  readonly onAmount: (text: string) => void
}

export function LiveAmountInput({ value, onAmount, ...input }: LiveAmountInputProps) {
  const words = useUiMessages()
  return (
    <TextInput
      suffix={words.yen}
      maxLength={40}
      {...input}
      inputMode="numeric"
      value={value}
      className={classes('figures text-end', input.className)}
      onChange={(event) => {
        const field = event.currentTarget
        const { isComposing } = event.nativeEvent as unknown as InputEvent['nativeEvent']
        // An input method is left alone until it has decided.
        if (!isComposing) regroup(field)
        onAmount(field.value)
      }}
      onCompositionEnd={(event) => {
        regroup(event.currentTarget)
        onAmount(event.currentTarget.value)
      }}
    />
  )
}

/** Written into the field itself, so that React finds it equal and leaves the caret. */
function regroup(field: HTMLInputElement): void {
  const { value: text, selectionStart } = field
  const grouped = groupWhileTyping({ text, caret: selectionStart ?? text.length })
  if (grouped.text === text) return
  field.value = grouped.text
  field.setSelectionRange(grouped.caret, grouped.caret)
}
