/**
 * Problems — every error on the wire has this one shape (RFC 9457, design §5.12).
 *
 * What the visitor is told is made here; what went wrong inside is for the log alone.
 */
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod'
import type { Problem } from '#kit/problem.ts'
import { BodyRefused } from './json-body.ts'

/** The refusals that any endpoint may answer, beside those of its own contract. */
export const refusalsOfTheListener = {
  'malformed-request': 400,
  'malformed-json': 400,
  'null-character': 400,
  'half-a-surrogate': 400,
  'key-not-allowed': 400,
  'nested-too-deeply': 400,
  'idempotency-key-malformed': 400,
  'session-missing': 401,
  'session-idle': 401, // 無操作による終了
  'session-absolute': 401, // 利用時間の上限
  'session-replaced': 401, // 他の端末でのログイン
  'session-stopped': 401, // 利用停止
  'session-unknown': 401,
  'other-origin': 403,
  'login-unfinished': 403, // ログイン後の確認が未了
  'right-missing': 403, // 権限なし
  'no-such-page': 404,
  'method-not-allowed': 405,
  'repeat-in-flight': 409,
  'body-too-large': 413,
  'address-too-long': 414,
  'media-type-not-allowed': 415,
  'charset-not-utf-8': 415,
  'input-not-acceptable': 422,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  'headers-too-large': 431,
  fault: 500,
  unavailable: 503,
} as const
export type ListenerRefusal = keyof typeof refusalsOfTheListener

/** A check of the listener itself that was not passed; thrown by its hooks. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: ListenerRefusal
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ListenerRefusal, headers: Readonly<Record<string, string>> = {}) {
    super(code)
    this.code = code
    this.headers = headers
  }
}

export interface Told {
  readonly problem: Omit<Problem, 'inquiryNumber' | 'instance'>
  readonly headers: Readonly<Record<string, string>>
  /** True when it is our fault, and the log wants to know. */
  readonly ours: boolean
}

export function problemOf(code: string, status: number, more: Partial<Problem> = {}) {
  return { type: `/problems/${code}`, title: titleOf(code), status, code, ...more }
}

/** What the visitor is told about anything that was thrown. */
export function tell(thrown: unknown): Told {
  if (thrown instanceof Refused) {
    return theirs(thrown.code, refusalsOfTheListener[thrown.code], {}, thrown.headers)
  }
  if (thrown instanceof BodyRefused) return theirs(thrown.code, thrown.status)
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const errors = thrown.validation.map(({ instancePath, keyword, message }) => ({
      path: wellFormed(instancePath.slice(1).replaceAll('/', '.')),
      code: ruleName(keyword, message),
    }))
    return theirs('input-not-acceptable', 422, { errors })
  }
  const code = codeOf(thrown)
  const known = frameworkCodes[code]
  if (known) return theirs(known, refusalsOfTheListener[known])
  if (databaseIsAway(thrown, code)) {
    return { problem: problemOf('unavailable', 503), headers: { 'retry-after': '5' }, ours: true }
  }
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode
  const isSerialization = thrown instanceof Error && isResponseSerializationError(thrown as never)
  if (!isSerialization && typeof status === 'number' && status >= 400 && status < 500) {
    return theirs('malformed-request', 400)
  }
  return { problem: problemOf('fault', 500), headers: {}, ours: true }
}

const frameworkCodes: Readonly<Record<string, ListenerRefusal>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-not-allowed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'address-too-long',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** The names of node and of PostgreSQL for a server that is gone or going. */
function databaseIsAway(thrown: unknown, code: string): boolean {
  if (/^(57P0[123]|08...|53300|ECONNREFUSED|ENOENT)$/.test(code)) {
    return code !== 'ENOENT' || (thrown as { syscall?: unknown }).syscall === 'connect'
  }
  return (
    thrown instanceof Error &&
    /^Connection terminated|timeout exceeded when trying to connect/.test(thrown.message)
  )
}

function theirs(
  code: string,
  status: number,
  more: Partial<Problem> = {},
  headers: Readonly<Record<string, string>> = {},
): Told {
  return { problem: problemOf(code, status, more), headers, ours: false }
}

/** A contract may name its rule in the schema's message: `z.regex(form, 'login-id-form')`. */
function ruleName(keyword: string, message: string | undefined): string {
  if (message && /^[a-z][a-z0-9-]*$/.test(message)) return message
  return keyword.replaceAll('_', '-')
}

function wellFormed(text: string): string {
  return text.toWellFormed().slice(0, 200)
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** `right-missing` -> `Right missing`: English, for engineers; screens have their own sentence. */
function titleOf(code: string): string {
  return (code[0] ?? '').toUpperCase() + code.slice(1).replaceAll('-', ' ')
}
