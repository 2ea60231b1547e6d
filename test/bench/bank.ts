/** A bank to measure on: its core system on the measuring server, and accounts with money. */
import type { AccountNumber } from '#kit/account-number.ts'
import { newId } from '#kit/ids.ts'
import { yen } from '#kit/yen.ts'
import { systemClock } from '#outside/clock/system.ts'
import { openEmbeddedCoreBanking } from '#outside/core-banking/embedded.ts'
import type { Posting, PostingId } from '#outside/core-banking/port.ts'
import { openDatabase } from '#platform/database/open.ts'
import type { DatabaseAddress } from '#platform/database/address.ts'

export const today = Temporal.PlainDate.from('2026-11-22')

export function accountNumber(number: number, branchCode = '101'): AccountNumber {
  return { branchCode, kind: 'ordinary', number: String(number).padStart(7, '0') }
}

/** An internal account: opening balances come from here. */
export const vault = accountNumber(1, '999')

export async function openBank(address: DatabaseAddress) {
  const database = await openDatabase({ address, migrate: false })
  const core = openEmbeddedCoreBanking({ address, database, clock: systemClock })
  return {
    core,
    async close() {
      await core.close()
      await database.close()
    },
  }
}
export type Bank = Awaited<ReturnType<typeof openBank>>

let moment = systemClock.now().epochMilliseconds

export function payment(debit: AccountNumber, credit: AccountNumber, amount = 1): Posting {
  return {
    id: newId<'posting'>((moment += 1)) as PostingId,
    debit,
    credit,
    amount: yen(amount),
    kind: 'transfer',
    bookedOn: today,
    valueOn: today,
    debitParticulars: { description: '振込' },
    creditParticulars: { description: '振込', remitterName: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ' },
  }
}

/** @returns the numbers of `count` new accounts with a floor of zero and ample money */
export async function fundedAccounts({ core }: Bank, count: number) {
  await core.openAccount({ account: vault, holderKana: 'ｷﾝｺ', overdraftLimit: null })
  const accounts = Array.from({ length: count }, (_, index) => accountNumber(index + 1))
  for (let start = 0; start < count; start += 100) {
    const some = accounts.slice(start, start + 100)
    // oxlint-disable-next-line no-await-in-loop -- a hundred at a time
    await Promise.all(
      some.map((account) =>
        core.openAccount({ account, holderKana: 'ｻﾝﾌﾟﾙ', overdraftLimit: yen(0) }),
      ),
    )
  }
  await postAll(
    core,
    accounts.map((account) => payment(vault, account, 100_000_000)),
  )
  return accounts
}

async function postAll(core: Bank['core'], postings: readonly Posting[]): Promise<void> {
  const outcomes = await Promise.all(postings.map((posting) => core.post([posting])))
  if (outcomes.some(({ granted }) => !granted)) throw new Error('an account was not funded')
}
