/** Buttons. A pending button stays where it is, says so, and takes no second click (二重押下). */
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { useUiMessages } from './language.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'secondary' | 'danger' | 'plain'
  readonly size?: 'usual' | 'small'
  readonly pending?: boolean
  readonly 'data-first'?: string
  readonly 'data-key'?: string
}

const base =
  'inline-flex items-center justify-center gap-2 rounded-8 text-center font-bold transition-colors disabled:cursor-not-allowed disabled:border-transparent disabled:bg-solid-gray-200 disabled:text-solid-gray-700'
const looks = {
  primary: 'border border-transparent bg-brand-800 text-white hover:bg-brand-900',
  secondary: 'border border-brand-800 bg-white text-brand-800 hover:bg-brand-50',
  danger: 'border border-transparent bg-red-900 text-white hover:bg-red-1000',
  plain: 'border border-transparent text-brand-800 underline underline-offset-4 hover:bg-brand-50',
}
const sizes = { usual: 'min-h-12 px-5 py-2', small: 'min-h-10 px-3 py-1 text-sm' }

/** For a link that looks like a button. */
export function buttonLook(
  look: NonNullable<ButtonProps['look']> = 'primary',
  size: NonNullable<ButtonProps['size']> = 'usual',
): string {
  return classes(base, looks[look], sizes[size])
}

export function Button({
  look = 'primary',
  size = 'usual',
  pending = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const words = useUiMessages()
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || undefined}
      className={classes(buttonLook(look, size), pending && 'opacity-75', className)}
      onClick={(event) => {
        if (pending) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {pending && <Spinner />}
      {children}
      {pending && <span className="sr-only">（{words.pleaseWait}）</span>}
    </button>
  )
}

export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="inline-block size-4 animate-spin rounded-full border-2 border-current border-t-transparent motion-reduce:animate-none"
    />
  )
}

/** 印刷 — prints the screen by the sheet rules of theme.css. */
export function PrintButton() {
  const words = useUiMessages()
  return (
    <Button look="secondary" className="not-printed" onClick={() => window.print()}>
      {words.print}
    </Button>
  )
}
