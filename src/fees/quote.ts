/** 手数料 — which tables hold on a day, and the quotes by them. */
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { defaultDeduction, quoteOf, type DeductionSettings } from './deduction.ts'
import type { Fees, FeeService } from './fees.ts'
import { deductionSettings, deductionTable, specialTable, standardTable } from './fees-store.ts'

/** @throws Error when the bank has no table that is valid on the day */
export const quote: Fees['quote'] = async (tx, { companyId, service, day, items }) => {
  const standard = await standardTable(tx, { service, day })
  if (standard === null) {
    throw new Error(`the bank has no fees for ${service} that are valid on ${day.toString()}`)
  }
  const special = await specialTable(tx, { companyId, service, day })
  const settings = await settingsOf(tx, companyId, service)
  const fees = { bank: special ?? standard, deduction: settings.own ?? standard, settings }
  return items.map((asked) => quoteOf(asked, fees))
}

/** 先方負担手数料の設定; the defaults where nothing was set. */
export async function settingsOf(
  tx: Tx,
  companyId: CompanyId,
  service: FeeService,
): Promise<DeductionSettings> {
  const stored = await deductionSettings(tx, { companyId, service })
  if (stored === null) return defaultDeduction
  const { method, payableMin, usesStandard } = stored
  const own = usesStandard ? null : await deductionTable(tx, { companyId, service })
  if (!usesStandard && own === null) throw new Error(`${companyId} has no deduction table`)
  return { method, payableMin, own }
}
