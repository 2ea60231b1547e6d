/** 手数料 — the door: quotes, 先方負担手数料の設定, and the bank's tables. */
import type { Administration } from '#administration/index.ts'
import type { CompanyId } from '#kit/ids.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { feesCommand, type Print } from './cli.ts'
import type { DeductionSettings } from './deduction.ts'
import type { Fees, FeeService } from './fees.ts'
import * as store from './fees-store.ts'
import { quote, settingsOf } from './quote.ts'
import { firstStandardTables, sinceEver } from './standard.ts'

export { feesUsage } from './cli.ts'
export type { DeductionMethod, DeductionSettings } from './deduction.ts'
export type {
  FeeAsked,
  FeeBearer,
  FeeClass,
  FeeQuote,
  FeeRefusal,
  Fees,
  FeeService,
} from './fees.ts'
export { readFeeTable } from './table.ts'
export type { FeeBand, FeeBands, FeeTable, FeeTableRefusal } from './table.ts'

export interface FeesDoor extends Fees {
  /** 先方負担手数料の設定; the defaults (据置型, 基準手数料を使用する) where nothing was set. */
  settings(tx: Tx, companyId: CompanyId, service: FeeService): Promise<DeductionSettings>
  /** An own table is one that `readFeeTable` granted. */
  setSettings(
    tx: Tx,
    of: { readonly companyId: CompanyId; readonly service: FeeService },
    settings: DeductionSettings,
    now: Temporal.Instant,
  ): Promise<void>
  /** At every start: tables for the services of which the bank has none. */
  seed(): Promise<void>
  /** `npm run bank -- fees …`. @returns the process's exit code */
  command(words: readonly string[], now: Temporal.Instant, print: Print): Promise<0 | 1 | 2>
}

export function createFees(needs: {
  readonly database: Pick<Database, 'asBank'>
  readonly administration: Pick<Administration, 'companyById'>
}): FeesDoor {
  return {
    quote,
    settings: settingsOf,
    setSettings: async (tx, of, { method, payableMin, own }, now) => {
      await store.putDeductionTable(tx, { ...of, table: own })
      const settings = { method, payableMin, usesStandard: own === null }
      await store.putDeductionSettings(tx, { ...of, ...settings }, now)
    },
    seed: () => needs.database.asBank(fillEmpty),
    command: (words, now, print) => feesCommand(needs, words, { now, print }),
  }
}

async function fillEmpty(tx: Tx): Promise<void> {
  await store.lockTables(tx)
  for (const [name, table] of Object.entries(firstStandardTables)) {
    const service = name as FeeService
    // oxlint-disable-next-line no-await-in-loop -- one transaction, one after the other
    const days = await store.tableDays(tx, { companyId: null, service })
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (days.length === 0) await store.putStandardTable(tx, { service, from: sinceEver, table })
  }
}
