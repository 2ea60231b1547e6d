/**
 * Log — one JSON object per line, for the bank's engineers.
 *
 * Bodies, cookies and query strings are never handed to it; redaction is the second wall, for
 * the day somebody logs an object that holds a secret. A line break in a value stays escaped.
 */
import { destination, pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/** Property names that never reach the log, at the top and two levels down. */
const secrets = [
  'password',
  'loginPassword',
  'confirmationPassword',
  'currentLoginPassword',
  'newLoginPassword',
  'currentConfirmationPassword',
  'newConfirmationPassword',
  'pepper',
  'token',
  'secret',
  'cookie',
  'authorization',
  'body',
  'headers',
]

export function createLog(config: Pick<Config, 'logLevel'>, to?: DestinationStream): Log {
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: () => `,"time":"${Temporal.Now.instant().toString()}"`,
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        remove: true,
      },
      serializers: { err: faultForLog, error: faultForLog },
    },
    ...(to ? [to] : []),
  )
}

/** Appends, readable to the bank's own user only. */
export function toFile(path: string): DestinationStream {
  return destination({ dest: path, mkdir: true, mode: 0o600, sync: false })
}

interface FaultForLog {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly table?: string
  readonly constraint?: string
  readonly cause?: FaultForLog
}

/**
 * Named fields only: a database error also carries `detail` and `where`, which quote the
 * customer's values.
 */
export function faultForLog(fault: unknown): FaultForLog {
  if (!(fault instanceof Error)) return { type: typeof fault, message: 'not an Error' }
  const { code, table, constraint } = fault as {
    code?: unknown
    table?: unknown
    constraint?: unknown
  }
  const quotesValues = typeof code === 'string' && code.startsWith('22') // class 22, data exception
  const [, ...frames] = (fault.stack ?? '').split('\n    at ')
  return {
    type: fault.name,
    message: quotesValues ? fault.message.replaceAll(/"[^"]*"/g, '"…"') : fault.message,
    ...(typeof code === 'string' && { code }),
    ...(typeof table === 'string' && { table }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(frames.length > 0 && { stack: frames.join(' < ') }),
    ...(fault.cause instanceof Error && { cause: faultForLog(fault.cause) }),
  }
}
