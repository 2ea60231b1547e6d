/** 口座確認 — asked of the other bank, and its answer kept: the browser's word for it is not taken. */
import { bankAccountKey, type BankAccount } from '#kit/bank-account.ts'
import type { Out } from '#kit/endpoint.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { contract } from './contract.ts'
import type { Came } from './drafting.ts'
import { keepAnswer } from './names-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { record } from './recording.ts'

export async function checkName(
  needs: TransfersNeeds,
  visitor: Visitor,
  { account, came }: { readonly account: BankAccount; readonly came: Came },
): Promise<Outcome<Out<(typeof contract)['checkPayeeName']>, 'bank-unknown' | 'branch-unknown'>> {
  const { database, directory, payees, parameters } = needs
  const { companyId, userId } = visitor
  const { bankCode, branchCode: code } = account
  const [bank, place] = await database.asCompany(companyId, async (tx) => {
    const [found = null] = await directory.branches(tx, [{ bankCode, code }])
    return [await directory.bank(tx, bankCode), found] as const
  })
  if (bank === null) return refused('bank-unknown')
  if (place === null) return refused('branch-unknown')

  const names = { bankName: place.bank.name, branchName: place.branch.name }
  if (!parameters.nameCheckUsed) {
    return granted({ ...names, answer: 'not-used', holderKana: null })
  }
  const checked = await payees.checkName({ companyId, userId, account }, came.now)
  const answered =
    checked.found === 'holder'
      ? { answer: checked.found, holderKana: checked.holderKana }
      : { answer: checked.found }
  await database.asCompany(companyId, async (tx) => {
    await keepAnswer(tx, { companyId, account: bankAccountKey(account) }, answered, came.now)
    const facts = { result: checked.found }
    await record(needs, tx, { visitor, came, operation: 'transfer-name-check', facts })
  })
  const holderKana = checked.found === 'holder' ? checked.holderKana : null
  return granted({ ...names, answer: checked.found, holderKana })
}
