/** A question that must be answered first. The browser's own <dialog> keeps focus and Esc. */
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'

export interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  /** Buttons, the step forward last; `data-first` on the one that gets the focus. */
  readonly actions: ReactNode
  /** Esc; it stands for the answer that changes nothing. */
  readonly onClose: () => void
  /** Interrupts, and is read out as a whole. */
  readonly urgent?: boolean
}

/** Open as long as it is rendered. */
export function Dialog({ title, children, actions, onClose, urgent = false }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Closed before it leaves the page, so that the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = box.current
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={box}
      role={urgent ? 'alertdialog' : 'dialog'}
      aria-labelledby={`${id}title`}
      aria-describedby={urgent ? `${id}text` : undefined}
      className="modal m-auto w-[min(36rem,calc(100vw-2rem))] rounded-12 bg-white p-6 text-ink shadow-4"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={`${id}title`} className="mb-3 text-xl font-bold">
        {title}
      </h2>
      <div id={`${id}text`}>{children}</div>
      <div className="mt-6 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">{actions}</div>
    </dialog>
  )
}
