/** 残り時間 — a clock and a bar that run out. Read out at one minute and at the end, not between. */
import { useEffect, useEffectEvent, useState } from 'react'
import { classes } from './classes.ts'
import {
  announcementAt,
  clockText,
  lastSeconds,
  secondsAltogether,
  secondsLeft,
  type Span,
} from './remaining-time.ts'
import { useSignatureMessages } from './signature-words.ts'

export interface CountdownProps extends Span {
  readonly onOver?: () => void
}

export function Countdown({ now, expiresAt, onOver }: CountdownProps) {
  const words = useSignatureMessages().countdown
  const altogether = secondsAltogether({ now, expiresAt })
  const left = useSecondsLeft({ now, expiresAt }, onOver)
  const announcements = { nothing: '', 'last-minute': words.lastMinute, over: words.over }
  const late = left <= lastSeconds
  return (
    <div className="not-printed">
      <p role="timer" className="flex items-baseline justify-between gap-3">
        <span className="text-sm text-ink-soft">{words.left}</span>
        <span className={classes('figures text-lg font-bold', late && 'text-red-900')}>
          {clockText(left)}
        </span>
      </p>
      <div aria-hidden="true" className="h-1 overflow-hidden rounded-4 bg-solid-gray-100">
        <div
          className={classes('h-full', late ? 'bg-red-900' : 'bg-brand-800')}
          style={{ width: `${altogether === 0 ? 0 : (left / altogether) * 100}%` }}
        />
      </div>
      <p role="status" className="sr-only">
        {announcements[announcementAt(left, altogether)]}
      </p>
    </div>
  )
}

/** Looks twice a second, so that no second is left out. A new answer of the server starts anew. */
function useSecondsLeft({ now, expiresAt }: Span, onOver: (() => void) | undefined): number {
  const [left, setLeft] = useState(() => secondsAltogether({ now, expiresAt }))
  const tellOver = useEffectEvent(() => onOver?.())
  useEffect(() => {
    const altogether = secondsAltogether({ now, expiresAt })
    const start = performance.now()
    const tick = () => {
      const seconds = secondsLeft(altogether, performance.now() - start)
      setLeft(seconds)
      if (seconds > 0) return
      clearInterval(timer)
      tellOver()
    }
    const timer = setInterval(tick, 500)
    tick()
    return () => clearInterval(timer)
  }, [now, expiresAt])
  return left
}
