/** 模擬の他行 — the SQL of what the other banks keep: accounts, messages, answers, switches. */
import { sql } from 'kysely'
import type { BankAccount } from '#kit/bank-account.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant, plainDate } from '#platform/database/values.ts'
import type {
  AccountState,
  AnswerId,
  MessageId,
  ReturnReason,
  SwitchName,
  TransferAnswer,
  TransferMessage,
} from './port.ts'
import type { KnownAccount } from './simulator-rules.ts'

export interface KeptBank {
  readonly takesMoreTime: boolean
  readonly inService: boolean
}

export async function bankOf(tx: Tx, code: string): Promise<KeptBank | null> {
  const { rows } = await sql<KeptBank>`
    select takes_more_time as "takesMoreTime", in_service as "inService"
    from zengin_net.bank where code = ${code}`.execute(tx)
  return rows[0] ?? null
}

export async function insertBank(tx: Tx, code: string): Promise<void> {
  await sql`insert into zengin_net.bank (code) values (${code}) on conflict do nothing`.execute(tx)
}

export async function updateBank(tx: Tx, code: string, bank: KeptBank): Promise<void> {
  await sql`update zengin_net.bank
    set takes_more_time = ${bank.takesMoreTime}, in_service = ${bank.inService}
    where code = ${code}`.execute(tx)
}

export async function accountOf(tx: Tx, account: BankAccount): Promise<KnownAccount | null> {
  const { bankCode, branchCode, kind, number } = account
  const { rows } = await sql<KnownAccount>`
    select holder_kana as "holderKana", state, opened from zengin_net.account
    where bank_code = ${bankCode} and branch_code = ${branchCode}
      and kind = ${kind} and number = ${number}`.execute(tx)
  return rows[0] ?? null
}

/** Opened on purpose; its balance stays where it is known already. */
export async function openAccountRow(
  tx: Tx,
  { account, holderKana, state }: { account: BankAccount; holderKana: string; state: AccountState },
): Promise<void> {
  const { bankCode, branchCode, kind, number } = account
  await sql`
    insert into zengin_net.account
      (bank_code, branch_code, kind, number, holder_kana, opened, state)
    values (${bankCode}, ${branchCode}, ${kind}, ${number}, ${holderKana}, true, ${state})
    on conflict (bank_code, branch_code, kind, number) do update
    set holder_kana = excluded.holder_kana, opened = true, state = excluded.state`.execute(tx)
}

export async function credit(
  tx: Tx,
  { to, holder, amount }: { to: BankAccount; holder: KnownAccount; amount: Yen },
): Promise<void> {
  const { bankCode, branchCode, kind, number } = to
  await sql`
    insert into zengin_net.account as kept
      (bank_code, branch_code, kind, number, holder_kana, opened, state, balance)
    values (${bankCode}, ${branchCode}, ${kind}, ${number}, ${holder.holderKana},
      ${holder.opened}, ${holder.state}, ${amount})
    on conflict (bank_code, branch_code, kind, number) do update
    set balance = kept.balance + excluded.balance`.execute(tx)
}

export async function messageOf(tx: Tx, id: MessageId): Promise<TransferMessage | null> {
  const { rows } = await sql<Record<string, never>>`
    select * from zengin_net.message where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : messageFrom(rows[0] as never)
}

interface MessageRow {
  readonly id: MessageId
  readonly from_bank_code: string
  readonly from_branch_code: string
  readonly to_bank_code: string
  readonly to_branch_code: string
  readonly to_kind: BankAccount['kind']
  readonly to_number: string
  readonly payee_name: string
  readonly amount: Yen
  readonly remitter_name: string
  readonly edi_information: string | null
  readonly payment_day: string
}

export function messageFrom(row: MessageRow): TransferMessage {
  return {
    id: row.id,
    from: { bankCode: row.from_bank_code, branchCode: row.from_branch_code },
    to: {
      bankCode: row.to_bank_code,
      branchCode: row.to_branch_code,
      kind: row.to_kind,
      number: row.to_number,
    },
    payeeName: row.payee_name,
    amount: row.amount,
    remitterName: row.remitter_name,
    ediInformation: row.edi_information,
    paymentDay: plainDate(row.payment_day),
  }
}

/** @returns false when another call was first with this id; it is committed then */
export async function insertMessage(
  tx: Tx,
  message: TransferMessage,
  taken: { readonly at: Temporal.Instant; readonly reason: ReturnReason | null },
): Promise<boolean> {
  const { id, from, to } = message
  const { rows } = await sql`
    insert into zengin_net.message (id, from_bank_code, from_branch_code, to_bank_code,
      to_branch_code, to_kind, to_number, payee_name, amount, remitter_name, edi_information,
      payment_day, received_at, result, return_reason)
    values (${id}, ${from.bankCode}, ${from.branchCode}, ${to.bankCode}, ${to.branchCode},
      ${to.kind}, ${to.number}, ${message.payeeName}, ${message.amount},
      ${message.remitterName}, ${message.ediInformation}, ${message.paymentDay.toString()},
      ${taken.at.toString()}, ${taken.reason === null ? 'credited' : 'returned'}, ${taken.reason})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function insertAnswer(
  tx: Tx,
  answer: {
    readonly id: AnswerId
    readonly messageId: MessageId
    readonly at: Temporal.Instant
    readonly held: boolean
  },
): Promise<void> {
  await sql`
    insert into zengin_net.answer (id, message_id, at, held)
    values (${answer.id}, ${answer.messageId}, ${answer.at.toString()}, ${answer.held})`.execute(tx)
}

export async function answersDue(
  tx: Tx,
  { at, limit }: { readonly at: Temporal.Instant; readonly limit: number },
): Promise<readonly TransferAnswer[]> {
  const { rows } = await sql<{
    id: AnswerId
    messageId: MessageId
    at: string
    why: ReturnReason | null
  }>`
    select a.id, a.message_id as "messageId", a.at, m.return_reason as why
    from zengin_net.answer a join zengin_net.message m on m.id = a.message_id
    where a.acknowledged_at is null and not a.held and a.at <= ${at.toString()}
    order by a.at, a.id limit ${limit}`.execute(tx)
  return rows.map(({ id, messageId, at: moment, why }) => ({
    ...{ id, messageId, at: instant(moment) },
    result: why === null ? { was: 'credited' } : { was: 'returned', why },
  }))
}

export async function acknowledge(
  tx: Tx,
  { ids, at }: { readonly ids: readonly AnswerId[]; readonly at: Temporal.Instant },
): Promise<void> {
  await sql`update zengin_net.answer set acknowledged_at = ${at.toString()}
    where id = any (${ids}::uuid[]) and acknowledged_at is null`.execute(tx)
}

/** Also those that are only slow come at once. @returns how many */
export async function releaseAnswers(tx: Tx, at: Temporal.Instant): Promise<number> {
  const { rows } = await sql`update zengin_net.answer set held = false, at = ${at.toString()}
    where acknowledged_at is null and (held or at > ${at.toString()}) returning id`.execute(tx)
  return rows.length
}

/** Uses a switch up by one, that of the bank before that of all. @returns whether it is on */
export async function takeSwitch(tx: Tx, name: SwitchName, bankCode: string): Promise<boolean> {
  const { rows } = await sql<{ bankCode: string; remaining: number | null }>`
    select bank_code as "bankCode", remaining from zengin_net.switch
    where name = ${name} and bank_code in (${bankCode}, '*')
    order by bank_code = '*' limit 1 for update`.execute(tx)
  const found = rows[0]
  if (found === undefined) return false
  if (found.remaining === 1) await deleteSwitch(tx, name, found.bankCode)
  else if (found.remaining !== null) {
    await sql`update zengin_net.switch set remaining = remaining - 1
      where name = ${name} and bank_code = ${found.bankCode}`.execute(tx)
  }
  return true
}

export async function setSwitchRow(
  tx: Tx,
  of: { readonly name: SwitchName; readonly bankCode: string; readonly remaining: number | null },
): Promise<void> {
  await sql`
    insert into zengin_net.switch (name, bank_code, remaining)
    values (${of.name}, ${of.bankCode}, ${of.remaining})
    on conflict (name, bank_code) do update set remaining = excluded.remaining`.execute(tx)
}

export async function deleteSwitch(tx: Tx, name: SwitchName, bankCode: string): Promise<void> {
  await sql`delete from zengin_net.switch
    where name = ${name} and bank_code = ${bankCode}`.execute(tx)
}
