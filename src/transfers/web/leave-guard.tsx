/** Asks before what was entered and not stored is left behind. */
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useWords } from './words.ts'

type Answer = (leaves: boolean) => void

export function LeaveGuard({ when }: { readonly when: boolean }) {
  const words = useWords().entry.leaving
  const { history } = useRouter()
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    if (!when) return
    let asked: Answer | null = null
    const unblock = history.block({
      enableBeforeUnload: true,
      blockerFn: ({ nextLocation }: { readonly nextLocation: { readonly pathname: string } }) => {
        // The session is over: nothing can be stored any more, whatever is answered.
        if (nextLocation.pathname === '/session-ended') return false
        return new Promise<boolean>((resolve) => {
          asked = (leaves) => {
            setAnswer(null)
            resolve(!leaves)
          }
          setAnswer(() => asked)
        })
      },
    })
    return () => {
      unblock()
      asked?.(false) // the screen went on while the question stood
    }
  }, [history, when])
  if (answer === null) return null
  return (
    <Dialog
      urgent
      title={words.title}
      onClose={() => answer(false)}
      actions={
        <>
          <Button look="secondary" onClick={() => answer(true)}>
            {words.leave}
          </Button>
          <Button data-first="" onClick={() => answer(false)}>
            {words.stay}
          </Button>
        </>
      }
    >
      <p>{words.says}</p>
    </Dialog>
  )
}
