/** A field for the digits of a device: large figures, set in groups of four when they are complete. */
import { setIfOther } from './amount.tsx'
import { classes } from './classes.ts'
import { groupDigits, type DigitCount } from './digits.ts'
import { TextInput, type TextInputProps } from './field.tsx'

export interface CodeInputProps extends Omit<TextInputProps, 'type'> {
  readonly digits: DigitCount
}

export function CodeInput({ digits, ...input }: CodeInputProps) {
  return (
    <TextInput
      required
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck={false}
      maxLength={40}
      {...input}
      data-digits={digits}
      className={classes('code-input figures', input.className)}
      onBlur={(event) => {
        group(event.currentTarget)
        input.onBlur?.(event)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') group(event.currentTarget)
        input.onKeyDown?.(event)
      }}
    />
  )
}

function group(field: HTMLInputElement): void {
  setIfOther(field, groupDigits(field.value))
}
