/**
 * The browser's client — one function per endpoint of a contract, typed by it.
 *
 *     const client = createClient(contract)
 *     await client.showBalance({ params: { account } })
 *
 * An error answer is thrown as ApiProblem; without any answer the browser's own error is thrown.
 */
import { activityHeader, type Contract, type Endpoint, type In, type Out } from '#kit/endpoint.ts'
import { Problem } from '#kit/problem.ts'

/** The server's refusal or fault, as a problem. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** One per intent of the user; made afresh for each call where none is given. */
  readonly idempotencyKey?: string
  /** Of a download, as often as something arrives. */
  readonly onProgress?: (progress: Progress) => void
}

type Answered<E extends Endpoint> = E['out'] extends 'download' ? Downloaded : Out<E>

type Caller<E extends Endpoint> = keyof In<E> extends never
  ? (input?: undefined, options?: CallOptions) => Promise<Answered<E>>
  : (input: In<E>, options?: CallOptions) => Promise<Answered<E>>

/** Streams are opened by the browser's own EventSource. */
export type Client<C extends Contract> = {
  readonly [Name in keyof C as C[Name]['out'] extends 'events' ? never : Name]: Caller<C[Name]>
}

export function createClient<const C extends Contract>(
  contract: C,
  { base = '', fetch = (...request) => globalThis.fetch(...request) }: ClientNeeds = {},
): Client<C> {
  const callers = Object.entries(contract).map(([name, endpoint]) => [
    name,
    (input?: Input, options?: CallOptions) =>
      call(endpoint, input ?? {}, options ?? {}, { base, fetch }),
  ])
  return Object.fromEntries(callers) as Client<C>
}

interface ClientNeeds {
  /** For programs outside a page: `https://ib.bank.example`. */
  readonly base?: string
  readonly fetch?: typeof globalThis.fetch
}

interface Input {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

const sessionEndListeners = new Set<(problem: Problem) => void>()

/** Hears of every call that was refused because the session is over. @returns the way out */
export function onSessionEnded(listener: (problem: Problem) => void): () => void {
  sessionEndListeners.add(listener)
  return () => void sessionEndListeners.delete(listener)
}

const answerListeners = new Set<() => void>()

/** Hears of every answered call that a hand has made: activity. @returns the way out */
export function onActivity(listener: () => void): () => void {
  answerListeners.add(listener)
  return () => void answerListeners.delete(listener)
}

let silent = false

/**
 * Calls that `ask` begins before it returns are no activity: the bank told the screen to look
 * again, nobody's hand did. The idle limit stays where it is.
 */
export function silently(ask: () => void): void {
  silent = true
  try {
    ask()
  } finally {
    silent = false
  }
}

async function call(
  endpoint: Endpoint,
  input: Input,
  options: CallOptions,
  { base, fetch }: Required<ClientNeeds>,
): Promise<unknown> {
  const { method, out } = endpoint
  const isOnce = endpoint.repeat === 'idempotency-key'
  const isSilent = silent && endpoint.repeat === 'safe'
  const headers = {
    accept: out === 'download' ? '*/*' : 'application/json',
    // The language of the screen, not of the browser: the server writes sentences and files too.
    ...(typeof document !== 'undefined' && { 'accept-language': document.documentElement.lang }),
    ...(endpoint.body && { 'content-type': 'application/json' }),
    ...(isSilent && { [activityHeader]: 'none' }),
    ...(isOnce && { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() }),
  }
  const request: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    redirect: 'error',
    ...(endpoint.body && { body: JSON.stringify(input.body) }),
    ...(options.signal && { signal: options.signal }),
  }
  const send = () => fetch(base + addressOf(endpoint.path, input), request)
  const response = await (isOnce ? persistently(send) : send())
  if (!response.ok) throw await problemIn(response)
  if (!isSilent) for (const listener of answerListeners) listener()
  if (out === 'nothing') return undefined
  if (out === 'events') throw new TypeError('a stream is opened by EventSource')
  if (out === 'download') return received(response, options.onProgress)
  return out.parse(await response.json())
}

/**
 * A lost answer, or one still being made, is asked for again under the same key: the server then
 * gives the first answer and does nothing twice.
 */
async function persistently(send: () => Promise<Response>): Promise<Response> {
  for (const waitSeconds of [1, 2, 4]) {
    // oxlint-disable no-await-in-loop -- one after the other is the point
    const response = await send().catch((fault: unknown) => {
      if ((fault as { name?: unknown } | null)?.name === 'AbortError') throw fault
      return null
    })
    if (response && response.status !== 409) return response
    if (response && !(await saysInFlight(response.clone()))) return response
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000))
    // oxlint-enable no-await-in-loop
  }
  return send()
}

async function saysInFlight(response: Response): Promise<boolean> {
  const { problem } = await problemIn(response)
  return problem.code === 'repeat-in-flight'
}

async function problemIn(response: Response): Promise<ApiProblem> {
  const read = Problem.safeParse(await response.json().catch(() => null))
  if (!read.success) return new ApiProblem(unreadable(response.status))
  if (response.status === 401 && read.data.code.startsWith('session-')) {
    for (const listener of sessionEndListeners) listener(read.data)
  }
  return new ApiProblem(read.data)
}

/** Something between us and the server answered in its place. */
function unreadable(status: number): Problem {
  const code = 'unreadable-answer'
  return { type: `/problems/${code}`, title: 'Unreadable answer', status, code, inquiryNumber: '' }
}

function addressOf(path: string, { params = {}, query = {} }: Input): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}

/** How far a download is. */
export interface Progress {
  readonly bytes: number
  /** Line ends received so far. */
  readonly lines: number
  /** How many lines will come, where the server knows. */
  readonly linesTotal: number | null
}

export interface Downloaded {
  readonly fileName: string
  readonly file: Blob
  readonly linesTotal: number | null
}

/** Piece by piece, so that a screen can show how far it is. */
async function received(
  response: Response,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Downloaded> {
  const linesTotal = numberIn(response.headers.get('x-total-lines'))
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let [bytes, lines] = [0, 0]
  const reader = response.body?.getReader()
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read in order
    const piece = await reader?.read()
    if (!piece || piece.done) break
    pieces.push(piece.value)
    bytes += piece.value.length
    lines += lineEndsIn(piece.value)
    onProgress({ bytes, lines, linesTotal })
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  const fileName = fileNameIn(response.headers.get('content-disposition') ?? '')
  return { fileName, file: new Blob(pieces, { type }), linesTotal }
}

/** Hands the file to the browser, which asks or not where to keep it. */
export function saveToDisk({ fileName, file }: Downloaded): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = fileName
  link.click()
  // The browser has taken the file over by then, also a large one.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

function lineEndsIn(piece: Uint8Array): number {
  let count = 0
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count += 1
  return count
}

/** RFC 6266: `filename*` is the real name, `filename` what old programs get. */
function fileNameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="([^"]+)"/i.exec(disposition)?.[1] ?? 'download'
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
