/**
 * The contract: one declaration per endpoint, from which the server's routes, the OpenAPI
 * document and the browser's client are derived. A route without `who`, `repeat` and `pace`
 * does not compile (design §5.8).
 *
 * Schemas come from `zod/mini`, so that a screen that imports its contract stays small.
 */
import type * as z from 'zod/mini'
import type { Right } from './rights.ts'

/**
 * Who may call.
 * - `anyone`: no session needed.
 * - `signing-in`: the password was right; the checks after login may still be open.
 * - `signed-in`: the top page was reached.
 * - `{ right }`: signed in and holding this right; `{ anyOf }`: one of these rights.
 */
export type Who =
  | 'anyone'
  | 'signing-in'
  | 'signed-in'
  | { readonly right: Right }
  | { readonly anyOf: readonly Right[] }

/**
 * What a repeat of the same call does.
 * - `safe`: nothing changes (GET).
 * - `harmless`: the second call changes nothing more.
 * - `idempotency-key`: the header `Idempotency-Key` is required, a repeat gets the first answer.
 */
export type Repeat = 'safe' | 'harmless' | 'idempotency-key'

/** The bucket that a call is counted in; the figures are in platform/http/pace.ts. */
export type Pace = 'login' | 'secret' | 'read' | 'write' | 'download'

/** A refusal's name and its HTTP status, in the order in which the checks are made. */
export type Refusals = Readonly<Record<string, 400 | 401 | 403 | 404 | 409 | 410 | 422 | 423 | 429>>

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/api/${string}`
  readonly summary: string
  readonly who: Who
  readonly repeat: Repeat
  readonly pace: Pace
  readonly params?: z.ZodMiniType
  readonly query?: z.ZodMiniType
  readonly body?: z.ZodMiniType
  /**
   * The answer's shape, `download` for a file that is streamed, or `events` for server-sent events
   * (text/event-stream), which tell that something is new and never count as activity.
   */
  readonly out: z.ZodMiniType | 'download' | 'events' | 'nothing'
  readonly refusals: Refusals
}

export type Contract = Readonly<Record<string, Endpoint>>

/**
 * A header of a call that nobody's hand has made, with the value `none`: a screen that asks anew
 * because the bank told it so. Such a call does not move the idle limit (GET only).
 */
export const activityHeader = 'x-activity'

/** Keeps the literal types of a declaration. */
export function endpoint<const E extends Endpoint>(declaration: E): E {
  return declaration
}

type Sent<S> = S extends z.ZodMiniType ? z.input<S> : never
type Read<S> = S extends z.ZodMiniType ? z.output<S> : never

/** What the caller sends. */
export type In<E> = (E extends { params: infer P } ? { params: Sent<P> } : object) &
  (E extends { query: infer Q } ? { query: Sent<Q> } : object) &
  (E extends { body: infer B } ? { body: Sent<B> } : object)

/** What the handler reads, after the schemas have accepted and normalised it. */
export type Parsed<E> = (E extends { params: infer P } ? { params: Read<P> } : object) &
  (E extends { query: infer Q } ? { query: Read<Q> } : object) &
  (E extends { body: infer B } ? { body: Read<B> } : object)

/** What a JSON endpoint answers. */
export type Out<E> = E extends { out: infer S }
  ? S extends 'nothing'
    ? undefined
    : S extends z.ZodMiniType
      ? z.output<S>
      : never
  : never

export type RefusalOf<E extends Endpoint> = Extract<keyof E['refusals'], string>
