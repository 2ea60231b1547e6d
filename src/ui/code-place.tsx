/**
 * The place of a 二次元コード: the code with its countdown, or, when it is of no use any more, why,
 * and the button for a new one. The place keeps its size.
 */
import { useEffect, useRef, useState } from 'react'
import type { Scan } from '#kit/challenge.ts'
import { Button } from './button.tsx'
import { Countdown } from './countdown.tsx'
import './signature.css'
import { useSignatureMessages } from './signature-words.ts'
import { TwoDimensionalCode } from './two-dimensional-code.tsx'

export interface CodePlaceProps {
  /** null: the server has none any more. */
  readonly scan: Scan | null
  /** What the server said when it did not take this code any more. */
  readonly over?: string | null
  /** Asks for a new code; left out where there will be none. */
  readonly onRenew?: () => void
  readonly renewing?: boolean
  readonly renewLabel?: string
}

export function CodePlace({ scan, over = null, onRenew, renewing, renewLabel }: CodePlaceProps) {
  const words = useSignatureMessages()
  const [timeOver, setTimeOver] = useState<string | null>(null)
  const said = over ?? whyOver(scan, timeOver, words)
  const place = useFocusOnChange(said, over !== null)
  return (
    <div
      ref={place}
      tabIndex={-1}
      role="group"
      aria-label={said ?? words.code}
      className="code-place"
    >
      {said === null && scan !== null ? (
        <figure>
          <TwoDimensionalCode text={scan.qr} label={words.codeLabel} />
        </figure>
      ) : (
        <div className="code-place-over">
          <p className="font-bold">{said}</p>
          {onRenew && (
            <Button pending={renewing ?? false} onClick={onRenew}>
              {renewLabel ?? words.renew}
            </Button>
          )}
        </div>
      )}
      {/* Stays when the time is over: it is its place to say so. */}
      {scan !== null && over === null && (
        <Countdown now={scan.now} expiresAt={scan.expiresAt} onOver={() => setTimeOver(scan.qr)} />
      )}
    </div>
  )
}

/** null for a code that can be scanned. */
function whyOver(
  scan: Scan | null,
  timeOver: string | null,
  words: ReturnType<typeof useSignatureMessages>,
): string | null {
  if (scan === null) return words.gone
  return timeOver === scan.qr ? words.timeOver : null
}

/**
 * The answer to what was sent takes the focus, and so does the new code that was asked for; a
 * clock that runs out does not.
 */
function useFocusOnChange(said: string | null, taken: boolean) {
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(said)
  useEffect(() => {
    if (taken || (said === null && before.current !== null)) place.current?.focus()
    before.current = said
  }, [said, taken])
  return place
}
