/**
 * Sessions — what the listener asks of whoever keeps the sessions (`identity`).
 *
 * The cookie's value is an opaque token; the keeper stores only its SHA-256. Asking counts as
 * activity and moves the idle limit, unless it is asked silently. A keeper that cannot answer
 * throws, and the call fails.
 */
import type { Origin, Visitor } from '#kit/visitor.ts'

/**
 * Why a session is over, as its holder may know it.
 * - `idle`, `absolute`: a time limit passed.
 * - `replaced`: the same user logged in somewhere else.
 * - `stopped`: the user or the company was stopped.
 * - `unknown`: logged out, renewed, or never issued.
 */
export type SessionEnd = 'idle' | 'absolute' | 'replaced' | 'stopped' | 'unknown'

export interface Sessions {
  visitorFor(
    token: string,
    origin: Origin,
    now: Temporal.Instant,
    /** `silent`: a stream's beat, a call by no hand. It sees the limits and moves none. */
    how?: { readonly silent: boolean },
  ): Promise<{ readonly visitor: Visitor } | { readonly ended: SessionEnd }>
}
