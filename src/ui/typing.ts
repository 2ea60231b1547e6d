/**
 * Changes a field as if it had been typed: the browser's value changes and an `input` event tells
 * whoever listens (React, react-hook-form), whether the field is controlled or not.
 */
export function typeInto(input: HTMLInputElement, text: string): void {
  input.setSelectionRange(0, input.value.length)
  replaceSelection(input, text)
}

export function replaceSelection(input: HTMLInputElement, text: string): void {
  const start = input.selectionStart ?? input.value.length
  const end = input.selectionEnd ?? start
  const room = input.maxLength < 0 ? Infinity : input.maxLength - input.value.length + (end - start)
  input.setRangeText(text.slice(0, Math.max(room, 0)), start, end, 'end')
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Erases the selection, or the letter before the caret. */
export function eraseBackwards(input: HTMLInputElement): void {
  const start = input.selectionStart ?? input.value.length
  const end = input.selectionEnd ?? start
  input.setRangeText('', start === end ? Math.max(start - 1, 0) : start, end, 'end')
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
