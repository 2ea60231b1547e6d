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
    <div className="not-printed flex flex-col gap-3">
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
      {open && (
        <Suspense fallback={null}>
          <Keyboard id={id} targets={targets} />
        </Suspense>
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
