/**
 * 営業日 — which days the bank is open, from the holidays of the calendar port.
 * Closed are Saturdays, Sundays and the holidays given (formats.md §7).
 */
export interface BusinessCalendar {
  /** @throws RangeError for a day outside of what was loaded: nobody guesses a business day */
  isBusinessDay(day: Temporal.PlainDate): boolean
  /** That day, or the next one on which the bank is open. */
  onOrAfter(day: Temporal.PlainDate): Temporal.PlainDate
  /**
   * The so-manieth business day after that day (before it, where negative), itself not counted: from
   * a Saturday, 1 is Monday and -1 is Friday. 0 is the day itself or the next business day.
   */
  plus(day: Temporal.PlainDate, businessDays: number): Temporal.PlainDate
}

export function businessCalendar(loaded: {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly holidays: readonly { readonly day: Temporal.PlainDate }[]
}): BusinessCalendar {
  const { from, to } = loaded
  const closed = new Set(loaded.holidays.map(({ day }) => day.toString()))
  const isBusinessDay = (day: Temporal.PlainDate) => {
    const compare = Temporal.PlainDate.compare
    if (compare(day, from) < 0 || compare(day, to) > 0) {
      throw new RangeError(`the calendar was not loaded for ${day.toString()}`)
    }
    return day.dayOfWeek <= 5 && !closed.has(day.toString())
  }
  const step = (day: Temporal.PlainDate, days: 1 | -1): Temporal.PlainDate => {
    let at = day
    while (!isBusinessDay(at)) at = at.add({ days })
    return at
  }
  const onOrAfter = (day: Temporal.PlainDate) => step(day, 1)
  return {
    isBusinessDay,
    onOrAfter,
    plus(day, businessDays) {
      if (businessDays === 0) return onOrAfter(day)
      const days = businessDays < 0 ? -1 : 1
      let at = day
      for (let left = Math.abs(businessDays); left > 0; left -= 1) at = step(at.add({ days }), days)
      return at
    },
  }
}
