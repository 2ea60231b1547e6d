/** 内容確認 on the wire. */
import type { Out } from '#kit/endpoint.ts'
import type { Visitor } from '#kit/visitor.ts'
import { needsApproval, type Confirmation } from './confirming.ts'
import type { contract } from './contract.ts'
import { sheetOfPlan } from './sheet.ts'

export function confirmationOut(
  { plan, account, asks, duplicates, limits, explanation, balance }: Confirmation,
  { userName }: Pick<Visitor, 'userName'>,
): Out<(typeof contract)['confirmTransfer']> {
  const { steps, mayNot, method, says } = explanation
  return {
    sheet: sheetOfPlan(plan, { account, requesterName: userName }),
    ...{ digest: plan.digest, handling: plan.handling, asks },
    deadline: plan.deadline.toString(),
    duplicates: duplicates.map((one) => ({ ...one })),
    limits: limits.map(({ level, limited, limit, used }) => ({
      ...{ level, limited, limit: String(limit), used: String(used), over: used > limit },
    })),
    balance:
      balance === null
        ? null
        : { available: String(balance.available), asOf: balance.asOf.toString() },
    approval: {
      ...{ needed: needsApproval(explanation), method, says },
      choose: steps.filter(({ named }) => named).map(({ candidates }) => ({ candidates })),
      mayNot: mayNot.map(({ userId, name, says: why }) => ({ userId, name, says: why })),
    },
  }
}
