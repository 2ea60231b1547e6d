/** `npm run bank -- calendar list|add|remove` — the bank's own edits of its calendar. */
import type { Database } from '#platform/database/database.ts'
import { firstUnknownYear, holidaysBetween, putHoliday, removeHoliday } from './calendar-store.ts'

/** Prints to the operator. */
export type Print = (line: string) => void

export const calendarUsage = `  calendar list YEAR                     祝日 and 銀行休業日 of a year
  calendar add DAY NAME                  closes the bank on that day, such as 2027-05-06
  calendar remove DAY                    opens it; neither is undone by a later start`

interface Desk {
  readonly now: Temporal.Instant
  readonly print: Print
}
type CommandNeeds = { readonly database: Pick<Database, 'asBank'> }

/** @returns 0 done, 1 refused, 2 not understood */
export async function calendarCommand(
  needs: CommandNeeds,
  words: readonly string[],
  desk: Desk,
): Promise<0 | 1 | 2> {
  const [command, what = '', ...rest] = words
  if (command === 'list' && /^\d{4}$/.test(what) && rest.length === 0) {
    return list(needs, Number(what), desk)
  }
  const day = readDay(what)
  const name = rest.join(' ').trim()
  if (command === 'add' && day && name !== '') return add(needs, { day, name }, desk)
  if (command === 'remove' && day && rest.length === 0) return remove(needs, day, desk)
  desk.print(`usage:\n${calendarUsage}`)
  return 2
}

/** @returns null for what is no day of the calendar, such as 2027-02-29 */
function readDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return null
  }
}

async function list({ database }: CommandNeeds, year: number, { print }: Desk): Promise<0 | 1> {
  const from = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  const to = Temporal.PlainDate.from({ year, month: 12, day: 31 })
  const rows = await database.asBank(async (tx) =>
    (await firstUnknownYear(tx, { from, to })) === null ? holidaysBetween(tx, { from, to }) : null,
  )
  if (rows === null) {
    print(`refused: year-unknown ${year}`)
    return 1
  }
  for (const { day, name, confirmed, source, removed } of rows) {
    const marks = [
      confirmed ? '' : 'forecast',
      removed ? 'removed by the bank' : source === 'bank' ? 'of the bank' : '',
    ].filter((mark) => mark !== '')
    print([day.toString(), name, ...marks].join('  '))
  }
  return 0
}

async function add(
  { database }: CommandNeeds,
  { day, name }: { readonly day: Temporal.PlainDate; readonly name: string },
  { now, print }: Desk,
): Promise<0 | 1> {
  if (name.length > 40) {
    print('refused: name-too-long (40 characters at the most)')
    return 1
  }
  const unknown = await database.asBank(async (tx) => {
    const year = await firstUnknownYear(tx, { from: day, to: day })
    if (year === null) await putHoliday(tx, { day, name }, now)
    return year
  })
  print(
    unknown === null ? `closed on ${day.toString()}: ${name}` : `refused: year-unknown ${unknown}`,
  )
  return unknown === null ? 0 : 1
}

async function remove(
  { database }: CommandNeeds,
  day: Temporal.PlainDate,
  { now, print }: Desk,
): Promise<0 | 1> {
  const done = await database.asBank((tx) => removeHoliday(tx, day, now))
  print(
    done ? `no holiday any more: ${day.toString()}` : `refused: not-a-holiday ${day.toString()}`,
  )
  return done ? 0 : 1
}
