/** What the rules of draft.ts have to know, read in the caller's transaction. */
import { bankAccountKey } from '#kit/bank-account.ts'
import type { AccountKey } from '#kit/account-number.ts'
import type { Right, Role } from '#kit/rights.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { PayeeId } from '#payees/index.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Air } from './air.ts'
import type { Draft } from './contract.ts'
import type { DraftFacts } from './draft.ts'
import { isUuid } from './ids.ts'
import { answersFor } from './names-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { handlingOf, judgeDay } from './windows.ts'

export interface Requester {
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly role: Role
  readonly rights: ReadonlySet<Right>
}

type Needs = Pick<TransfersNeeds, 'administration' | 'directory' | 'payees' | 'parameters'>

export async function draftFacts(
  { administration, directory, payees, parameters }: Needs,
  tx: Tx,
  { draft, requester, air }: { draft: Draft; requester: Requester; air: Air },
): Promise<DraftFacts> {
  const { companyId, rights } = requester
  const destinations = draft.items.map(({ account }) => account)
  const accounts = await administration.accountsFor(tx, requester)
  const places = await directory.branches(
    tx,
    destinations.map(({ bankCode, branchCode: code }) => ({ bankCode, code })),
  )
  const codes = [...new Set(destinations.map(({ bankCode }) => bankCode))]
  const banks = new Set<string>()
  for (const code of codes) if ((await directory.bank(tx, code)) !== null) banks.add(code)
  const ids = draft.items.flatMap(({ payeeId }) => (isUuid(payeeId) ? [payeeId as PayeeId] : []))
  const known = ids.length === 0 ? [] : await payees.byIds(tx, { companyId, ids })
  const asked = {
    ...{ air, day: Temporal.PlainDate.from(draft.paymentDay), window: parameters.window },
    bankCodes: codes,
  }
  return {
    bankCode: parameters.bankCode,
    itemsMax: parameters.itemsMax,
    rights,
    accounts: new Map(accounts.map(({ key, holderKana }) => [key as AccountKey, { holderKana }])),
    dayFault: judgeDay(asked),
    sameDay: handlingOf(asked) === 'same-day',
    branches: new Map(
      places.flatMap((place) =>
        place === null
          ? []
          : [
              [
                `${place.bank.code}-${place.branch.code}`,
                { bank: place.bank.name, branch: place.branch.name },
              ] as const,
            ],
      ),
    ),
    banks,
    payees: new Map(
      known.map(({ id, account, nameKana, label, number }) => [
        id,
        { account, nameKana, label, filed: number !== null },
      ]),
    ),
    answers: await answersFor(
      tx,
      { companyId, accounts: destinations.map(bankAccountKey) },
      air.now,
    ),
  }
}
