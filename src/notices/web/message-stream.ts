/**
 * 通知の受信 — one stream for all windows of the browser: whoever holds the lock listens and passes
 * on what it hears. A browser has few connections to spare, and the bank few streams per user.
 */
import { useEffect, useEffectEvent } from 'react'
import { messageContract } from '../contract.ts'

/** After a refusal the browser itself does not come back. */
const returnMilliseconds = 30_000

/** `news` is called when something may be new, or may have been missed, or the session is over. */
export function useMessageStream(news: (what: 'message' | 'look') => void): void {
  const heard = useEffectEvent(news)
  useEffect(() => {
    const windows = new BroadcastChannel('messages')
    windows.addEventListener('message', ({ data }) => heard(data === 'message' ? data : 'look'))
    const tell = (what: 'message' | 'look') => {
      heard(what)
      windows.postMessage(what)
    }
    const leaving = new AbortController()
    void asTheOnlyWindow(leaving.signal, () => listen(tell, leaving.signal))
    return () => {
      leaving.abort()
      windows.close()
    }
  }, [])
}

/** Without locks (plain http on a foreign host) every window listens for itself. */
async function asTheOnlyWindow(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request('messages', { signal }, work).catch((fault: unknown) => {
    if (!signal.aborted) throw fault
  })
}

/** Until the screen is left. */
function listen(tell: (what: 'message' | 'look') => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource
    let timer = 0
    const open = () => {
      source = new EventSource(messageContract.streamMessages.path)
      source.addEventListener('message', () => tell('message'))
      source.addEventListener('open', () => tell('look'))
      source.addEventListener('ended', again)
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) again()
      })
    }
    const again = () => {
      source.close()
      tell('look') // a session that is over is told by the answer
      timer = window.setTimeout(open, returnMilliseconds)
    }
    signal.addEventListener('abort', () => {
      source.close()
      window.clearTimeout(timer)
      resolve()
    })
    open()
  })
}
