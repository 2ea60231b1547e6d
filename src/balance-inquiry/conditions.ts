/** 照会条件 — period and search of one inquiry, read together in the contract's order. */
import { dayInJapan } from '#kit/japan-time.ts'
import { granted, type Outcome } from '#kit/outcome.ts'
import { refuse, type Refusal } from '#platform/http/routes.ts'
import type { StatementFilter } from '#outside/core-banking/port.ts'
import { fieldOfRefusal, type InquiryRefusal } from './contract.ts'
import { type Period, type PeriodAsked, type PeriodRefusal, resolvePeriod } from './period.ts'
import { resolveSearch, type SearchAsked, type SearchRefusal } from './search.ts'

export interface Conditions {
  readonly period: Period
  readonly filter: StatementFilter
}

export function readConditions(
  asked: PeriodAsked & SearchAsked,
  { now, monthsShown }: { now: Temporal.Instant; monthsShown: number },
): Outcome<Conditions, PeriodRefusal | SearchRefusal> {
  const period = resolvePeriod(asked, { today: dayInJapan(now), monthsShown })
  if (!period.granted) return period
  const filter = resolveSearch(asked)
  if (!filter.granted) return filter
  return granted({ period: period.value, filter: filter.value })
}

/** The refusal, standing at the field of the form that it is about. */
export function refuseAtField<const Code extends InquiryRefusal>(code: Code): Refusal<Code> {
  const path = fieldOfRefusal[code]
  return refuse(code, path === undefined ? {} : { errors: [{ path, code }] })
}

/** What is written down about the conditions: the days, and that there was a search. */
export function conditionFacts({ period, filter }: Conditions): Readonly<Record<string, string>> {
  const searched = Object.keys(filter)
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    ...(searched.length === 0 ? {} : { search: searched.join(' ') }),
  }
}
