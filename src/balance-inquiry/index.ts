/** 照会 — balances and statements: the door. */
import type { CompanyAccount } from '#administration/index.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Balances } from '#outside/core-banking/port.ts'
import { routes, type Routes } from '#platform/http/routes.ts'
import { contract } from './contract.ts'
import { createDesk, type Needs } from './desk.ts'
import { downloads } from './downloads.ts'
import { inquiries } from './inquiries.ts'

export type { InquiryParameters, Needs as BalanceInquiryNeeds } from './desk.ts'

export interface BalanceInquiry {
  /**
   * The balances that this visitor may see, representative account first; none without the right
   * to 残高照会. `null` stands for an account that the core system does not know.
   */
  balancesFor(visitor: Visitor): Promise<readonly AccountBalance[]>
  readonly routes: Routes
}

export interface AccountBalance {
  readonly account: CompanyAccount
  readonly balances: Balances | null
}

export function createBalanceInquiry(needs: Needs): BalanceInquiry {
  const desk = createDesk(needs)
  return {
    async balancesFor(visitor) {
      if (!visitor.rights.has('balance-inquiry')) return []
      const accounts = await desk.accountsOf(visitor)
      const balances = await needs.coreBanking.balances(accounts.map(({ account }) => account))
      return accounts.map((account, at) => ({ account, balances: balances[at] ?? null }))
    },
    routes: routes(contract, { ...inquiries(needs, desk), ...downloads(needs, desk) }),
  }
}
