/**
 * Routes — a contract joined with the functions that answer it.
 *
 * A handler gets the parsed input, the visitor that the contract promises, and facts about the
 * request. It answers with the contract's output or with one of the contract's refusals; it
 * throws only when something is broken on our side.
 */
import type { Contract, Endpoint, Out, Parsed, RefusalOf, Who } from '#kit/endpoint.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'

/** The visitor is certain wherever the contract asks for one. */
type VisitorFor<W extends Who> = W extends 'anyone' ? Visitor | null : Visitor

export interface Call<E extends Endpoint> {
  readonly input: Parsed<E>
  readonly visitor: VisitorFor<E['who']>
  readonly origin: Origin
  readonly reply: Reply
  readonly now: Temporal.Instant
  /** The device cookie's token, where the browser sent a well-formed one; else null. */
  readonly deviceToken: string | null
  /** The entry cookie's token, where the browser sent a well-formed one; else null. */
  readonly entryToken: string | null
  /** Where the contract says `idempotency-key`; see README.md. */
  readonly once: E['repeat'] extends 'idempotency-key' ? Once<E> : null
}

/** A call that is answered once, however often it is repeated. */
export interface Once<E extends Endpoint> {
  /** The same for every repeat: makes work repeatable that is not one transaction of ours. */
  readonly id: string
  /** Stores the answer in the transaction that makes the change: both are there or neither. */
  settle(tx: Tx, answer: Out<E>): Promise<void>
}

export interface Reply {
  /** Sets the session cookie; the token itself is nowhere stored in the clear. */
  beginSession(token: string): void
  /** Clears the session cookie and, by Clear-Site-Data, what the browser kept of the session. */
  endSession(): void
  /**
   * Sets the device cookie (`__Host-device`, HttpOnly, SameSite=Strict, 400 days). It proves
   * nothing by itself; it keeps a stranger's wrong passwords apart from this browser's. It stays
   * when a session ends.
   */
  rememberDevice(token: string): void
  /**
   * Sets the entry cookie (`__Host-entry`, HttpOnly, SameSite=Strict, 15 minutes): it ties what
   * happens before a session (電子証明書ログイン, 電子証明書発行) to this browser. null clears it.
   */
  holdEntry(token: string | null): void
}

/** A named refusal. `facts` are put into the customer's sentence, `errors` stand at the fields. */
export interface Refusal<Code extends string = string> {
  readonly refusal: Code
  readonly facts?: Readonly<Record<string, string>>
  readonly errors?: readonly { readonly path: string; readonly code: string }[]
}

export function refuse<const Code extends string>(
  refusal: Code,
  more: Omit<Refusal, 'refusal'> = {},
): Refusal<Code> {
  return { refusal, ...more }
}

/** A file on its way out. `body` is read as slowly as the browser takes it. */
export interface Download {
  readonly fileName: string // may be Japanese; sent as RFC 6266 filename*
  readonly mediaType: string
  readonly body: AsyncIterable<Uint8Array>
  /** How many lines will come, where it is known: lets a screen show progress. */
  readonly lines?: number
}

/** What is told as it happens. The listener adds heartbeats and looks after the session. */
export interface EventStream {
  /**
   * Begins to tell.
   * @param lastEventId what the browser heard last, before its connection broke; null: nothing
   * @returns the way out, called once when the stream ends
   */
  open(tell: (event: ServerEvent) => void, lastEventId: string | null): Promise<() => void>
}
export interface ServerEvent {
  readonly id?: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

export type Answer<E extends Endpoint> =
  | (E['out'] extends 'download' ? Download : E['out'] extends 'events' ? EventStream : Out<E>)
  | Refusal<RefusalOf<E>>

export type Handlers<C extends Contract> = {
  readonly [Name in keyof C]: (call: Call<C[Name]>) => Promise<Answer<C[Name]>>
}

/** What a capability hands to the listener. */
export interface Routes {
  readonly contract: Contract
  readonly handlers: Readonly<Record<string, (call: never) => Promise<unknown>>>
}

export function routes<const C extends Contract>(contract: C, handlers: Handlers<C>): Routes {
  return { contract, handlers }
}
