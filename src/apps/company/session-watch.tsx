/** Warns before the session ends (13 of 15 minutes), and sees it out. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { sessionQuery, useIdentityWords, useKeepSession, useLogout } from '#identity/web/index.ts'
import { Button } from '#ui/button.tsx'
import { onActivity } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { standOf, startClock, type Limits, type Stand } from './session-clock.ts'

/** A moment after the server's limit, so that asking does not itself prolong the session. */
const graceSeconds = 2
const elapsed = () => performance.now() / 1000

export function SessionWatch({ limits }: { readonly limits: Limits }) {
  const words = useIdentityWords().session
  const { stand, restart } = useStand(limits)
  // Nothing can be done about the absolute limit but to finish: it is said once.
  const [told, setTold] = useState(false)
  const keep = useKeepSession()
  const logout = useLogout()
  if (stand.state !== 'warning') return null
  const minutes = Math.max(Math.ceil(stand.secondsLeft / 60), 1)
  if (stand.limit === 'absolute') {
    if (told) return null
    return (
      <Dialog
        urgent
        title={words.warningTitle}
        onClose={() => setTold(true)}
        actions={<Button onClick={() => setTold(true)}>{words.keep}</Button>}
      >
        <p>{words.absoluteWarning({ minutes })}</p>
      </Dialog>
    )
  }
  const goOn = () => keep.mutate(undefined, { onSuccess: restart })
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

/** Looks at the clock each second; `restart` when the server has told new limits. */
function useStand(first: Limits) {
  const queries = useQueryClient()
  const [stand, setStand] = useState<Stand>({ state: 'quiet' })
  const [limits, restart] = useState(first)
  useEffect(() => {
    let clock = startClock(limits, elapsed())
    let asked = false
    const tick = () => {
      const now = standOf(clock, elapsed())
      setStand((before) => (before.state === 'quiet' && now.state === 'quiet' ? before : now))
      if (now.state !== 'over' || asked) return
      asked = true
      // The server has the last word; another window may have kept the session.
      setTimeout(() => void askAgain(queries, restart), graceSeconds * 1000)
    }
    const stop = listenForActivity(() => {
      clock = { ...clock, lastActive: elapsed() }
    })
    const timer = setInterval(tick, 1000)
    tick()
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [limits, queries])
  return { stand, restart }
}

/** A session that is over is told by the listener of main.tsx; one that is not goes on. */
async function askAgain(queries: QueryClient, restart: (limits: Limits) => void): Promise<void> {
  const session = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => null)
  if (session) restart(session.limits)
}

/** Every answered call of this window, and of the customer's other windows, is activity. */
function listenForActivity(active: () => void): () => void {
  const windows = new BroadcastChannel('session-activity')
  windows.addEventListener('message', active)
  const stop = onActivity(() => {
    active()
    windows.postMessage('active')
  })
  return () => {
    stop()
    windows.close()
  }
}
