/**
 * What the token shows of an order (camera-token.md A4): one payee by name, bank and account;
 * several by their total, the largest of them and how many are new. The approver's device shows
 * the same under template 03.
 */
import { payeeAccountKinds } from '#kit/bank-account.ts'
import type { Content, Field, TemplateName } from '#kit/ctp1/fields.ts'
import type { BankDirectory } from '#bank-directory/index.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Item, Transfer } from './transfer.ts'

interface Shown {
  readonly transfer: Pick<Transfer, 'items' | 'paymentDay' | 'payable'>
  readonly newPayees: number
  readonly fee: bigint
  /** 照合値 of what is approved: its first 16 figures stand on the device as well. */
  readonly digest: string
}

/** @param template `transfer` for the requester's own signature, `approval` for an approver's */
export async function contentOf(
  directory: Pick<BankDirectory, 'branches'>,
  tx: Tx,
  { transfer, newPayees, fee, digest }: Shown,
  template: 'transfer' | 'approval',
): Promise<Content> {
  const date: Field = { tag: 'date', value: transfer.paymentDay.toString() }
  const fees: Field = { tag: 'fee', value: String(fee) }
  const check: Field = { tag: 'digest', value: digest.slice(0, 16) }
  const [only, ...more] = transfer.items
  if (only === undefined) throw new Error('an order pays somebody')
  if (more.length === 0) {
    const fields = await payeeFields(directory, tx, only)
    return { template, fields: [...fields, date, fees, check] }
  }
  const largest = transfer.items.reduce((one, other) => (other.payable > one.payable ? other : one))
  return {
    template: template === 'approval' ? 'approval' : ('bulk' satisfies TemplateName),
    fields: [
      { tag: 'total', value: String(transfer.payable) },
      { tag: 'count', value: String(transfer.items.length) },
      { tag: 'largest-payee', value: largest.payeeName },
      { tag: 'new-payees', value: String(newPayees) },
      ...[date, fees, check],
    ],
  }
}

async function payeeFields(
  directory: Pick<BankDirectory, 'branches'>,
  tx: Tx,
  { account, payeeName, payable }: Item,
): Promise<readonly Field[]> {
  const { bankCode, branchCode, kind, number } = account
  const [place] = await directory.branches(tx, [{ bankCode, code: branchCode }])
  const named = (code: string, kana: string | undefined) => (kana ? `${code} ${kana}` : code)
  return [
    { tag: 'amount', value: String(payable) },
    { tag: 'payee', value: payeeName },
    { tag: 'bank', value: named(bankCode, place?.bank.kana) },
    { tag: 'branch', value: named(branchCode, place?.branch.kana) },
    { tag: 'account', value: `${payeeAccountKinds[kind].code} ${number}` },
  ]
}
