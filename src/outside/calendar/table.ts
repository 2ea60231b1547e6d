/**
 * 営業日カレンダー, the bank's own table: filled at the start from published holidays, edited by the
 * bank, whose edits every later filling leaves alone.
 */
import type { Clock } from '#outside/clock/port.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Database } from '#platform/database/database.ts'
import { firstUnknownYear, holidaysBetween, storeSeed } from './calendar-store.ts'
import { calendarCommand, type Print } from './cli.ts'
import type { Calendar } from './port.ts'
import { seedFor } from './seed.ts'

export interface CalendarTable extends Calendar {
  /** At every start, before anybody asks: holidays up to the end of what is published (2050). */
  seed(): Promise<void>
  /** `npm run bank -- calendar …`. @returns the process's exit code */
  command(words: readonly string[], now: Temporal.Instant, print: Print): Promise<0 | 1 | 2>
}

export function openCalendar(needs: {
  readonly database: Pick<Database, 'asBank'>
  readonly clock: Clock
}): CalendarTable {
  const { database, clock } = needs
  return {
    holidays: (from, to) =>
      database.asBank(async (tx) => {
        const unknown = await firstUnknownYear(tx, { from, to })
        if (unknown !== null) throw new RangeError(`the calendar does not know the year ${unknown}`)
        const rows = await holidaysBetween(tx, { from, to })
        return rows
          .filter(({ removed }) => !removed)
          .map(({ day, name, confirmed }) => ({ day, name, confirmed }))
      }),
    seed: () =>
      database.asBank((tx) => storeSeed(tx, seedFor(dayInJapan(clock.now())), clock.now())),
    command: (words, now, print) => calendarCommand({ database }, words, { now, print }),
  }
}
