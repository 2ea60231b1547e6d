/** 振込先 — the door: payees, groups, files, 事前登録口座, 口座確認. */
import { dayInJapan } from '#kit/japan-time.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Routes } from '#platform/http/routes.ts'
import { payeesCommand, type Print } from './cli.ts'
import { groupsOf } from './groups-store.ts'
import { clearWithoutTransfer, purgeTallies } from './look-up-store.ts'
import { checkName } from './name-check.ts'
import type { PayeesDesk, PayeesNeeds } from './needs.ts'
import { defaultPayeeParameters } from './parameters.ts'
import type { Payees } from './payees.ts'
import { payeeByNumber, payeesByIds, purgeDeleted } from './payees-store.ts'
import { purgeProposals } from './proposal-store.ts'
import { payeeRoutes } from './routes.ts'
import { searchPayees } from './searching.ts'

export { payeesUsage } from './cli.ts'
export type { PayeesNeeds, PayeeTeller, PayeeTold } from './needs.ts'
export type { PayeeParameters } from './parameters.ts'
export type {
  CheckedName,
  Payee,
  PayeeBusiness,
  PayeeId,
  PayeeQuery,
  Payees,
  RegisteredBearer,
} from './payees.ts'

export interface PayeesDoor extends Payees {
  readonly routes: Routes
  /** Nightly: what can no longer be signed, or brought back, and old counts. As the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
  /** `npm run bank -- payees …`. @returns the process's exit code */
  command(words: readonly string[], now: Temporal.Instant, print: Print): Promise<0 | 1 | 2>
}

export function createPayees(given: PayeesNeeds): PayeesDoor {
  const parameters = { ...defaultPayeeParameters, ...given.parameters }
  const needs: PayeesDesk = { ...given, parameters }
  return {
    byIds: (tx, { companyId, ids }) => payeesByIds(tx, companyId, ids),
    byNumber: (tx, { companyId, number }) => payeeByNumber(tx, companyId, number),
    search: searchPayees,
    groups: async (tx, of) => {
      const groups = await groupsOf(tx, of)
      return groups.map(({ name, count }) => ({ name, count }))
    },
    checkName: (asked, now) => checkName(needs, asked, now),
    transferMade: clearWithoutTransfer,
    routes: payeeRoutes(needs),
    purge: async (tx, now) => {
      await purgeProposals(tx, now.subtract({ hours: parameters.proposalHours }))
      await purgeDeleted(tx, now.subtract({ hours: parameters.undoHours }))
      await purgeTallies(tx, dayInJapan(now))
    },
    command: (words, now, print) => payeesCommand(needs, words, { now, print }),
  }
}
