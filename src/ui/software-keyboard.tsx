/** ソフトウェアキーボード — the button that opens it, and the keyboard below. */
import { lazy, Suspense, useId, useState } from 'react'
import { Button } from './button.tsx'
import type { KeyboardTarget } from './keyboard-keys.tsx'
import { useUiMessages } from './language.tsx'

const Keyboard = lazy(async () => ({ default: (await import('./keyboard-keys.tsx')).Keyboard }))

export interface SoftwareKeyboardProps {
  /** The fields it may type into, in their order. */
  readonly targets: readonly KeyboardTarget[]
}

export function SoftwareKeyboard({ targets }: SoftwareKeyboardProps) {
  const words = useUiMessages().keyboard
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div className="not-printed flex flex-col gap-2">
      <Button
        look="secondary"
        className="self-start"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <KeyboardSign />
        {open ? words.close : words.open}
      </Button>
      <p className="text-sm text-ink-soft">{words.why}</p>
      {open && (
        // Its place is there before its keys are, for the button points at it.
        <div id={id}>
          <Suspense fallback={<p aria-busy="true">{words.loading}</p>}>
            <Keyboard targets={targets} />
          </Suspense>
        </div>
      )}
    </div>
  )
}

function KeyboardSign() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-6 flex-none"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M2 6h20v12H2zM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10" />
    </svg>
  )
}
