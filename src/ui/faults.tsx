/**
 * What went wrong with a call, and how a screen says so.
 *
 * A refusal that the contract names is the screen's own business. All the rest looks the same
 * everywhere: too many calls, no right, no network, a fault with its お問い合わせ番号.
 */
import type { Problem } from '#kit/problem.ts'
import { useUiMessages } from './language.tsx'
import { Notice } from './signs.tsx'

/** The problem that a call of client.ts was answered with; null when no answer came. */
export function problemOf(thrown: unknown): Problem | null {
  const problem = (thrown as { problem?: Problem } | null)?.problem
  return typeof problem?.code === 'string' ? problem : null
}

/** Why the session is over, as the listener tells it. */
export const sessionEnds = ['idle', 'absolute', 'replaced', 'stopped', 'unknown'] as const
export type SessionEnd = (typeof sessionEnds)[number]

/** null when the session is not the matter. */
export function sessionEndOf(thrown: unknown): SessionEnd | null {
  const problem = problemOf(thrown)
  if (problem?.status !== 401 || !problem.code.startsWith('session-')) return null
  return sessionEnds.find((end) => problem.code === `session-${end}`) ?? 'unknown'
}

/** True for what no screen answers for: the service error page shows it. */
export function isNobodys(thrown: unknown): boolean {
  const status = problemOf(thrown)?.status ?? 500
  return status >= 500 || status === 429 || status === 403 || status === 400
}

export function useFaultWords() {
  const words = useUiMessages().fault
  return (thrown: unknown): string => {
    const problem = problemOf(thrown)
    if (problem === null) return thrown instanceof TypeError ? words.offline : words.says
    if (problem.status === 429) return words.tooMany
    return problem.status === 403 ? words.forbidden : words.says
  }
}

/** Above a form whose call failed for a reason that its contract does not name. */
export function FaultNotice({ error }: { readonly error: unknown }) {
  const words = useUiMessages().fault
  const say = useFaultWords()
  const number = problemOf(error)?.inquiryNumber
  return (
    <Notice look="error" title={say(error)} announced>
      {number !== undefined && number !== '' && (
        <>
          <p>{words.quote}</p>
          <p>
            {words.inquiryNumber} <strong className="figures">{number}</strong>
          </p>
        </>
      )}
    </Notice>
  )
}
