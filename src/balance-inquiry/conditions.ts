/** 照会条件 — period and search of one inquiry, read together in the contract's order. */
import { dayInJapan } from '#kit/japan-time.ts'
import { refuse, type Refusal } from '#platform/http/routes.ts'
import type { StatementFilter } from '#outside/core-banking/port.ts'
import { fieldOfRefusal, type InquiryRefusal } from './contract.ts'
import { type Period, type PeriodAsked, type PeriodRefusal, resolvePeriod } from './period.ts'
import { resolveSearch, type SearchAsked, type SearchRefusal } from './search.ts'

export interface Conditions {
  readonly period: Period
  readonly filter: StatementFilter
}

/** Read, or everything that is wrong with them, in the contract's order. */
export type ReadConditions =
  | { readonly granted: true; readonly value: Conditions }
  | { readonly granted: false; readonly reasons: readonly [Reason, ...Reason[]] }
type Reason = PeriodRefusal | SearchRefusal

export function readConditions(
  asked: PeriodAsked & SearchAsked,
  { now, monthsShown }: { now: Temporal.Instant; monthsShown: number },
): ReadConditions {
  const period = resolvePeriod(asked, { today: dayInJapan(now), monthsShown })
  const filter = resolveSearch(asked)
  if (period.granted && filter.granted) {
    return { granted: true, value: { period: period.value, filter: filter.value } }
  }
  const reasons: Reason[] = []
  if (!period.granted) reasons.push(period.reason)
  if (!filter.granted) reasons.push(filter.reason)
  return { granted: false, reasons: reasons as [Reason, ...Reason[]] }
}

/** The first refusal by name, and each at the field of the form that it is about. */
export function refuseAtField<const Code extends InquiryRefusal>(
  ...codes: readonly [Code, ...Code[]]
): Refusal<Code> {
  const errors = codes.flatMap((code) => {
    const path = fieldOfRefusal[code]
    return path === undefined ? [] : [{ path, code }]
  })
  return refuse(codes[0], errors.length === 0 ? {} : { errors })
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
