/**
 * The books of the demo world: accounts, and thirteen months of postings that end today. All of
 * it goes through the port of the core system, day by day; nothing is written past it.
 */
import { createHash } from 'node:crypto'
import { accountKey, type AccountNumber } from '#kit/account-number.ts'
import { startOfDayInJapan } from '#kit/japan-time.ts'
import { yen, type Yen } from '#kit/yen.ts'
import type { CoreBanking, Posting, PostingId } from '#outside/core-banking/port.ts'
import { mihonAccounts, sampleAccounts } from './accounts.ts'
import { bankAccounts, customers, suppliers } from './counterparties.ts'
import { postingsOf, type Purses } from './day.ts'

export const monthsOfHistory = 13

const openingBalances: readonly (readonly [AccountNumber, number])[] = [
  [sampleAccounts.main.account, 38_400_000],
  [sampleAccounts.current.account, 9_200_000],
  [sampleAccounts.savings.account, 12_600_000],
  [mihonAccounts.main.account, 21_300_000],
  // まどぐち銀行's other customers bring what they will spend.
  ...[...customers, ...suppliers]
    .filter(({ bank }) => bank === 'own')
    .map(({ account }) => [account, 400_000_000] as const),
]

/**
 * Makes the books, or completes them where an earlier start was killed: every posting has the id
 * that it would have had then, so none is made twice.
 * @returns how many postings there are
 */
export async function makeBooks(
  core: Pick<CoreBanking, 'openAccount' | 'statement' | 'post'>,
  today: Temporal.PlainDate,
  progress: (done: number, of: number) => void,
): Promise<number> {
  await openAccounts(core)
  const begun = await booksBegunOn(core, today)
  const firstDay = begun?.first ?? today.subtract({ months: monthsOfHistory })
  // The last day may have been cut short; the days before it are complete.
  const resumeOn = begun?.last ?? firstDay

  const purses = pursesOnOpening()
  const days = firstDay.until(today, { largestUnit: 'days' }).days + 1
  let count = 0
  for (let nth = 0; nth < days; nth += 1) {
    const day = firstDay.add({ days: nth })
    const ids = idsOf(day)
    const postings = [
      ...(nth === 0 ? openings(day) : []),
      ...postingsOf(day, purses, (one) => ids(`event ${one}`)),
    ]
    count += postings.length
    if (Temporal.PlainDate.compare(day, resumeOn) >= 0) await post(core, postings)
    if (nth % 90 === 0 || nth === days - 1) progress(nth + 1, days)
  }
  return count
}

/** Days of the books that an earlier start has made; null when there are none. */
async function booksBegunOn(core: Pick<CoreBanking, 'statement'>, today: Temporal.PlainDate) {
  const edge = async (order: 'oldest-first' | 'newest-first') => {
    const { lines } = await core.statement({
      account: sampleAccounts.main.account,
      from: today.subtract({ years: 5 }),
      to: today,
      order,
      limit: 1,
    })
    return lines[0]?.bookedOn
  }
  const [first, last] = [await edge('oldest-first'), await edge('newest-first')]
  return first && last ? { first, last } : null
}

async function openAccounts(core: Pick<CoreBanking, 'openAccount'>): Promise<void> {
  const own = [...Object.values(sampleAccounts), ...Object.values(mihonAccounts)]
  for (const { account, holderKana, overdraftLimit } of own) {
    await core.openAccount({ account, holderKana, overdraftLimit: yen(overdraftLimit) })
  }
  for (const { account, kana, bank } of [...customers, ...suppliers]) {
    const overdraftLimit: Yen | null = bank === 'own' ? yen(0) : null // となり銀行 keeps its own floors
    await core.openAccount({ account, holderKana: kana, overdraftLimit })
  }
  for (const account of Object.values(bankAccounts)) {
    await core.openAccount({ account, holderKana: 'ﾏﾄﾞｸﾞﾁｷﾞﾝｺｳ', overdraftLimit: null })
  }
}

/** What may be spent after the opening: the balance, and below it the overdraft. */
function pursesOnOpening(): Purses {
  const purses: Purses = new Map()
  for (const [account, amount] of openingBalances) purses.set(accountKey(account), BigInt(amount))
  for (const { account, overdraftLimit } of Object.values(sampleAccounts)) {
    const key = accountKey(account)
    purses.set(key, purses.get(key)! + overdraftLimit)
  }
  return purses
}

function openings(day: Temporal.PlainDate): readonly Posting[] {
  const ids = idsOf(day)
  return openingBalances.map(([account, amount], nth) => ({
    id: ids(`opening ${nth}`),
    debit: bankAccounts.migration,
    credit: account,
    amount: yen(amount),
    kind: 'other',
    bookedOn: day,
    valueOn: day,
    debitParticulars: { description: 'ｲｺｳ' },
    creditParticulars: { description: 'ｸﾘｺｼ' },
  }))
}

async function post(core: Pick<CoreBanking, 'post'>, group: readonly Posting[]): Promise<void> {
  if (group.length === 0) return
  const outcome = await core.post(group)
  if (!outcome.granted) {
    throw new Error(`the demo's books refuse ${group[0]!.bookedOn}: ${outcome.reason}`)
  }
}

/** UUIDs of version 7 that are the same in every start: by the day and what they are for. */
function idsOf(day: Temporal.PlainDate): (purpose: string) => PostingId {
  const at = startOfDayInJapan(day).epochMilliseconds.toString(16).padStart(12, '0')
  return (purpose) => {
    const hash = createHash('sha256').update(`madoguchi ${day} ${purpose}`).digest('hex')
    const variant = '89ab'[Number.parseInt(hash[3]!, 16) % 4]
    const rest = `${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
    return `${at.slice(0, 8)}-${at.slice(8)}-7${hash.slice(0, 3)}-${rest}` as PostingId
  }
}
