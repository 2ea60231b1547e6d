/** 模擬の他行 — the SQL of what a tester sees of them. */
import { sql } from 'kysely'
import { bankAccountKey, type BankAccount, type PayeeAccountKind } from '#kit/bank-account.ts'
import type { Yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { instant } from '#platform/database/values.ts'
import type {
  AccountSeen,
  BankSeen,
  MessageId,
  MessageSeen,
  Overview,
  ReturnReason,
  SwitchSeen,
} from './port.ts'

/** The newest of each. */
const shown = 100
const paymentsShown = 5

export async function overviewOf(
  tx: Tx,
  at: Temporal.Instant,
): Promise<Omit<Overview, 'sentinels'>> {
  const { rows: banks } = await sql<BankSeen>`
    select code, takes_more_time as "takesMoreTime", in_service as "inService"
    from zengin_net.bank order by code`.execute(tx)
  const { rows: switches } = await sql<SwitchSeen>`
    select name, bank_code as "bankCode", remaining from zengin_net.switch
    order by name, bank_code`.execute(tx)
  const messages = await messagesNewest(tx, at)
  return { banks, switches, messages, accounts: await accounts(tx, at) }
}

interface MessageRow extends Omit<BankAccount, 'kind'> {
  readonly id: MessageId
  readonly kind: PayeeAccountKind
  readonly payeeName: string
  readonly remitterName: string
  readonly ediInformation: string | null
  readonly amount: Yen
  readonly receivedAt: string
  readonly returned: ReturnReason | null
  readonly answer: MessageSeen['answer']
}

/** The state of a message is that of its answer which is least far. */
const columns = (at: Temporal.Instant) => sql`
  m.id, m.to_bank_code as "bankCode", m.to_branch_code as "branchCode", m.to_kind as kind,
  m.to_number as number, m.payee_name as "payeeName", m.remitter_name as "remitterName",
  m.edi_information as "ediInformation", m.amount, m.received_at as "receivedAt",
  m.return_reason as returned,
  (select case
      when bool_or(a.held and a.acknowledged_at is null) then 'held'
      when bool_or(a.at > ${at.toString()} and a.acknowledged_at is null) then 'on-its-way'
      when bool_or(a.acknowledged_at is null) then 'given'
      else 'acknowledged' end
    from zengin_net.answer a where a.message_id = m.id) as answer`

async function messagesNewest(tx: Tx, at: Temporal.Instant): Promise<readonly MessageSeen[]> {
  const { rows } = await sql<MessageRow>`
    select ${columns(at)} from zengin_net.message m
    order by m.received_at desc, m.id desc limit ${shown}`.execute(tx)
  return rows.map(seen)
}

async function accounts(tx: Tx, at: Temporal.Instant): Promise<readonly AccountSeen[]> {
  const { rows } = await sql<BankAccount & Omit<AccountSeen, 'account' | 'payments'>>`
    select bank_code as "bankCode", branch_code as "branchCode", kind, number,
      holder_kana as "holderKana", opened, state, balance
    from zengin_net.account order by opened desc, bank_code, branch_code, kind, number
    limit ${shown}`.execute(tx)
  const payments = await paymentsOf(tx, rows, at)
  return rows.map(({ bankCode, branchCode, kind, number, ...rest }) => {
    const account = { bankCode, branchCode, kind, number }
    return { ...rest, account, payments: payments.get(bankAccountKey(account)) ?? [] }
  })
}

async function paymentsOf(tx: Tx, of: readonly BankAccount[], at: Temporal.Instant) {
  const column = (name: keyof BankAccount) => of.map((account) => account[name])
  const { rows } = await sql<MessageRow>`
    select paid.* from unnest(${column('bankCode')}::text[], ${column('branchCode')}::text[],
      ${column('kind')}::text[], ${column('number')}::text[]) asked(bank, branch, kind, number)
    cross join lateral (
      select ${columns(at)} from zengin_net.message m
      where m.to_bank_code = asked.bank and m.to_branch_code = asked.branch
        and m.to_kind = asked.kind and m.to_number = asked.number and m.result = 'credited'
      order by m.received_at desc, m.id desc limit ${paymentsShown}
    ) paid`.execute(tx)
  return Map.groupBy(rows.map(seen), ({ to }) => bankAccountKey(to))
}

function seen({ bankCode, branchCode, kind, number, receivedAt, ...rest }: MessageRow) {
  const to = { bankCode, branchCode, kind, number }
  return { ...rest, to, receivedAt: instant(receivedAt) } satisfies MessageSeen
}
