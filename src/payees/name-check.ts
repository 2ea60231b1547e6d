/**
 * 口座確認 — whose account it is. Counted before it is asked, so that no answer is had for nothing;
 * no transaction is open while the other bank thinks.
 */
import type { BankAccount } from '#kit/bank-account.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { counted, countedMiss, type Tally } from './look-up-tally.ts'
import { lockTally, putTally } from './look-up-store.ts'
import type { PayeesDesk } from './needs.ts'
import type { CheckedName } from './payees.ts'

interface Asked {
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly account: BankAccount
}

export async function checkName(
  needs: PayeesDesk,
  asked: Asked,
  now: Temporal.Instant,
): Promise<CheckedName> {
  const { parameters } = needs
  const before = await count(needs, asked, { now, rule: (tally) => counted(tally, parameters) })
  if (before.stopped) return { found: 'stopped' }

  const answer = await ask(needs, asked.account)
  if (answer.found === 'no-such-account') {
    await count(needs, asked, { now, rule: (tally) => countedMiss(tally, parameters) })
  }
  return answer
}

/** Under the tally's lock. A stop is told once: to whoever made it one. */
function count(
  { database, tell }: PayeesDesk,
  { companyId, userId }: Asked,
  { now, rule }: { readonly now: Temporal.Instant; readonly rule: (tally: Tally) => Tally },
): Promise<Tally> {
  return database.asCompany(companyId, async (tx) => {
    const of = { companyId, userId, day: dayInJapan(now) }
    const before = await lockTally(tx, of)
    const after = rule(before)
    await putTally(tx, of, after, now)
    if (after.stopped && !before.stopped) {
      await tell.nameCheckStopped(tx, { companyId, userId, at: now })
    }
    return after
  })
}

async function ask(
  { core, zenginNet, bankCode, log }: PayeesDesk,
  account: BankAccount,
): Promise<CheckedName> {
  if (account.bankCode === bankCode) {
    const { branchCode, kind, number } = account
    const holder = kind === 'other' ? null : await core.holderOf({ branchCode, kind, number })
    return holder === null ? { found: 'no-such-account' } : { found: 'holder', ...holder }
  }
  try {
    const answer = await zenginNet.lookUp(account)
    return answer.found === 'no-answer' ? { found: 'no-answer' } : answer
  } catch (fault) {
    // A network that is away is an answer that does not come: the name is typed by hand.
    log('the name of an account could not be asked', { fault: String(fault) })
    return { found: 'no-answer' }
  }
}
