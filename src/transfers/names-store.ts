/** 口座確認 — what other banks said last, and whom a company has paid before. */
import { sql } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import { yen, type Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type { NameAnswered } from './draft.ts'
import type { Bearer } from './transfer.ts'

/** An answer of yesterday is asked for again: names change, and so do accounts. */
const hoursKept = 24

interface AnswerRow {
  account: string
  answer: NameAnswered['answer']
  holder_kana: string | null
}

export async function answersFor(
  tx: Tx,
  { companyId, accounts }: { readonly companyId: CompanyId; readonly accounts: readonly string[] },
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, NameAnswered>> {
  const since = now.subtract({ hours: hoursKept })
  const { rows } = await sql<AnswerRow>`
    select account, answer, holder_kana from transfers.name_answer
     where company_id = ${companyId} and account = any (${[...accounts]}) and at >= ${since}`.execute(
    tx,
  )
  return new Map(
    rows.map(({ account, answer, holder_kana }) => [
      account,
      answer === 'holder' ? { answer, holderKana: holder_kana! } : { answer },
    ]),
  )
}

export async function keepAnswer(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly account: string },
  answered: NameAnswered,
  now: Temporal.Instant,
): Promise<void> {
  const holder = answered.answer === 'holder' ? answered.holderKana : null
  await sql`
    insert into transfers.name_answer (company_id, account, answer, holder_kana, at)
    values (${of.companyId}, ${of.account}, ${answered.answer}, ${holder}, ${now})
    on conflict (company_id, account) do update
      set answer = excluded.answer, holder_kana = excluded.holder_kana, at = excluded.at`.execute(
    tx,
  )
}

/** Of these accounts, those that this company has paid before. */
export async function paidBefore(
  tx: Tx,
  { companyId, accounts }: { readonly companyId: CompanyId; readonly accounts: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ account: string }>`
    select account from transfers.paid_account
     where company_id = ${companyId} and account = any (${[...accounts]})`.execute(tx)
  return new Set(rows.map(({ account }) => account))
}

export interface PaidAccount {
  readonly account: string
  readonly payeeName: string
  readonly label: string
  readonly bankName: string
  readonly branchName: string
  readonly bearer: Bearer
  readonly statedFee: Yen | null
  readonly edi: string
  readonly payable: Yen
}

interface PaidRow {
  account: string
  payee_name: string
  label: string
  bank_name: string
  branch_name: string
  bearer: Bearer
  stated_fee: bigint | null
  edi: string
  last_amount: bigint
  last_paid_at: string
}

/** 最近10回の取引: whom it was paid to, each once, the latest first. */
export async function latestPaid(
  tx: Tx,
  companyId: CompanyId,
  count: number,
): Promise<readonly (PaidAccount & { readonly at: Temporal.Instant })[]> {
  const { rows } = await sql<PaidRow>`
    select * from transfers.paid_account where company_id = ${companyId}
     order by last_paid_at desc, account limit ${count}`.execute(tx)
  return rows.map((row) => ({
    ...{ account: row.account, payeeName: row.payee_name, label: row.label, edi: row.edi },
    ...{ bankName: row.bank_name, branchName: row.branch_name, bearer: row.bearer },
    statedFee: row.stated_fee === null ? null : yen(row.stated_fee),
    payable: yen(row.last_amount),
    at: instant(row.last_paid_at),
  }))
}

/** Runs as the bank, when the money has left the account. */
export async function notePaid(
  tx: Tx,
  companyId: CompanyId,
  paid: PaidAccount,
  at: Temporal.Instant,
): Promise<void> {
  const { account, payeeName, label, bankName, branchName, bearer, statedFee, edi, payable } = paid
  await sql`
    insert into transfers.paid_account (company_id, account, payee_name, label, bank_name,
      branch_name, bearer, stated_fee, edi, first_paid_at, last_paid_at, last_amount, times)
    values (${companyId}, ${account}, ${payeeName}, ${label}, ${bankName}, ${branchName},
      ${bearer}, ${statedFee}, ${edi}, ${at}, ${at}, ${payable}, 1)
    on conflict (company_id, account) do update
      set payee_name = excluded.payee_name, label = excluded.label, edi = excluded.edi,
        bank_name = excluded.bank_name, branch_name = excluded.branch_name,
        bearer = excluded.bearer, stated_fee = excluded.stated_fee,
        last_paid_at = excluded.last_paid_at, last_amount = excluded.last_amount,
        times = paid_account.times + 1`.execute(tx)
}

export async function forgetAnswers(tx: Tx, now: Temporal.Instant): Promise<void> {
  await sql`delete from transfers.name_answer where at < ${now.subtract({ hours: hoursKept })}`.execute(
    tx,
  )
}
