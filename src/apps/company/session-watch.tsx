/** Warns before the session ends (13 of 15 minutes), and sees it out. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { sessionQuery, useIdentityWords, useKeepSession, useLogout } from '#identity/web/index.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { standOf, startClock, type Limits, type Stand } from './session-clock.ts'

/** A moment after the server's limit, so that asking does not itself prolong the session. */
const graceSeconds = 2
const elapsed = () => performance.now() / 1000

export function SessionWatch({ limits }: { readonly limits: Limits }) {
  const words = useIdentityWords().session
  const [stand, setStand] = useState<Stand>({ state: 'quiet' })
  const clock = useClock(limits, setStand)
  const keep = useKeepSession()
  const logout = useLogout()
  const dismissed = useRef(false)
  if (stand.state !== 'warning') {
    dismissed.current = false
    return null
  }
  const minutes = Math.max(Math.ceil(stand.secondsLeft / 60), 1)
  const goOn = () => keep.mutate(undefined, { onSuccess: (next) => clock.restart(next) })
  // Nothing can be done about the absolute limit but to finish: it is said once.
  if (stand.limit === 'absolute') {
    if (dismissed.current) return null
    const close = () => {
      dismissed.current = true
      setStand({ ...stand })
    }
    return (
      <Dialog
        urgent
        title={words.warningTitle}
        onClose={close}
        actions={<Button onClick={close}>{words.keep}</Button>}
      >
        <p>{words.absoluteWarning({ minutes })}</p>
      </Dialog>
    )
  }
  return (
    <Dialog
      urgent
      title={words.warningTitle}
      onClose={goOn}
      actions={
        <>
          <Button look="secondary" pending={logout.isPending} onClick={() => logout.mutate()}>
            {words.logout}
          </Button>
          <Button data-first="" pending={keep.isPending} onClick={goOn}>
            {words.keep}
          </Button>
        </>
      }
    >
      <p>{words.warning({ minutes })}</p>
    </Dialog>
  )
}

function useClock(limits: Limits, setStand: (stand: Stand) => void) {
  const queries = useQueryClient()
  const clock = useRef(startClock(limits, elapsed()))
  useEffect(() => {
    clock.current = startClock(limits, elapsed())
    let asked = false
    const tick = () => {
      const stand = standOf(clock.current, elapsed())
      setStand(stand)
      if (stand.state !== 'over' || asked) return
      asked = true
      // The server has the last word; another window may have kept the session.
      setTimeout(() => void queries.invalidateQueries(sessionQuery), graceSeconds * 1000)
    }
    const stop = onActivity(queries, () => {
      clock.current = { ...clock.current, lastActive: elapsed() }
    })
    const timer = setInterval(tick, 1000)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [limits, queries, setStand])
  return {
    restart: (next: Limits) => {
      clock.current = startClock(next, elapsed())
      setStand({ state: 'quiet' })
    },
  }
}

/** Every answered call of this window, and of the customer's other windows, is activity. */
function onActivity(queries: ReturnType<typeof useQueryClient>, active: () => void): () => void {
  const windows = new BroadcastChannel('session-activity')
  windows.onmessage = active
  const answered = () => {
    active()
    windows.postMessage('active')
  }
  const stopQueries = queries.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') answered()
  })
  const stopMutations = queries.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') answered()
  })
  return () => {
    stopQueries()
    stopMutations()
    windows.close()
  }
}
