/**
 * Values on their way between PostgreSQL and the program.
 *
 * The driver's own choices would harm a bank: it gives `bigint` as text, and turns `date` into
 * midnight of the machine's zone, which is another day in Japan. Here `bigint` is a bigint, a
 * date stays `2026-11-22`, and a moment stays ISO 8601 text in UTC; `plainDate` and `instant`
 * make Temporal values of them.
 */
import pg from 'pg'

const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  int8Array: 1016,
  dateArray: 1182,
  timestamptzArray: 1185,
} as const

type Parser = (text: string) => unknown

const parsers = new Map<number, Parser>([
  [oid.int8, BigInt],
  [oid.date, (text) => text],
  [oid.timestamp, (text) => text],
  [oid.timestamptz, isoMoment],
  [oid.int8Array, arrayOf(BigInt)],
  [oid.dateArray, arrayOf((text) => text)],
  [oid.timestamptzArray, arrayOf(isoMoment)],
])

/** For the pool's `types`: ours first, the driver's for everything else. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(id)) ||
    pg.types.getTypeParser(id, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** The instant of a `timestamptz` as this database gives it. */
export function instant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text)
}

/** The day of a `date`. */
export function plainDate(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text)
}

/** Temporal values may be given as parameters; the driver would send them as quoted JSON. */
export function bindable(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) {
    return value.toString()
  }
  return Array.isArray(value) ? value.map(bindable) : value
}

/** `2026-11-22 08:04:05.5+00` -> `2026-11-22T08:04:05.5Z`. Sessions run in UTC. */
function isoMoment(text: string): string {
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z')
}

/** One-dimensional arrays of values that hold neither commas nor quotes. */
function arrayOf(parse: Parser): Parser {
  return (text) => {
    if (text === '{}') return []
    if (text.startsWith('{{')) throw new Error(`an array of one dimension was expected: ${text}`)
    return text
      .slice(1, -1)
      .split(',')
      .map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))))
  }
}
