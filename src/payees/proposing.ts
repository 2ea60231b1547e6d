/** 振込先の登録・変更 — enter: fields, directory, limit, 口座確認; what passes is stored to be signed. */
import type { Bank, Branch } from '#bank-directory/index.ts'
import type { BankAccount } from '#kit/bank-account.ts'
import { newId } from '#kit/ids.ts'
import type { NameCheck } from '#kit/order-sheet.ts'
import type { Visitor } from '#kit/visitor.ts'
import { sameName } from '#kit/zengin/names.ts'
import { checkName } from './name-check.ts'
import type { PayeesDesk } from './needs.ts'
import {
  labelFrom,
  readPayee,
  type PayeeContent,
  type PayeeFault,
  type PayeeTyped,
  type ReadPayee,
} from './payee-fields.ts'
import type { CheckedName, PayeeBusiness } from './payees.ts'
import * as store from './payees-store.ts'
import { paysOtherwise, type SingleContent } from './proposal.ts'
import { insertProposal } from './proposal-store.ts'
import { record, recordRefusal, type Came } from './recording.ts'

export interface Entered {
  readonly business: PayeeBusiness
  readonly payeeId: string | null
  readonly typed: PayeeTyped
}

export interface Proposed {
  readonly id: string
  readonly payee: PayeeContent
  readonly before: PayeeContent | null
  readonly nameCheck: NameCheck
  readonly nameAtBank: string | null
  readonly stopped: boolean
  readonly duplicates: readonly store.StoredPayee[]
}

/** In the order of their checks. */
export type ProposalRefusal =
  | 'payee-unknown'
  | 'filed-by-bank'
  | 'too-many-payees'
  | 'fields-refused'
  | 'no-such-account'
  | 'name-needed'

export interface Refused<Reason extends string> {
  readonly refuse: Reason
  readonly facts?: Readonly<Record<string, string>>
  readonly faults?: readonly PayeeFault[]
}

export async function proposePayee(
  needs: PayeesDesk,
  visitor: Visitor,
  { entered, came }: { readonly entered: Entered; readonly came: Came },
): Promise<Proposed | Refused<ProposalRefusal>> {
  const looked = await look(needs, visitor, entered)
  if ('refuse' in looked) return looked
  const { before, read, names } = looked
  const content: PayeeContent = {
    ...read,
    bankName: names.bank.name,
    branchName: names.branch.name,
  }

  const needsName = before === null || read.nameKana === '' || paysOtherwise(before, content)
  const checked = needsName && needs.parameters.nameCheckUsed
  const answer = checked ? await ask(needs, visitor, { account: read, came }) : null
  const named = nameOf(read.nameKana, answer)
  if ('refuse' in named) {
    const operation = 'payee-entered'
    const facts = { payee: `${read.bankCode} ${read.branchCode} ${read.number}` }
    await recordRefusal(needs, { visitor, came, operation, refusal: named.refuse, facts })
    return named
  }
  const { nameKana, ...check } = named
  const payee = { ...content, nameKana, label: content.label || labelFrom(nameKana) }
  const stopped = answer?.found === 'stopped'
  const kept = { payee, bankKana: names.bank.kana, branchKana: names.branch.kana }
  const stored = await keep(needs, visitor, { entered, came, kept })
  return { ...stored, ...check, payee, before, stopped }
}

interface Looked {
  readonly before: PayeeContent | null
  readonly read: ReadPayee
  readonly names: { readonly bank: Bank; readonly branch: Branch }
}

/** Everything that is judged without asking the other bank. */
function look(
  needs: PayeesDesk,
  { companyId }: Visitor,
  { business, payeeId, typed }: Entered,
): Promise<Looked | Refused<ProposalRefusal>> {
  const { database, directory, parameters } = needs
  return database.asCompany(companyId, async (tx) => {
    const found = payeeId === null ? null : await store.payeeById(tx, companyId, { id: payeeId })
    if (payeeId !== null) {
      const unknown = found === null || found.deletedAt !== null || found.business !== business
      if (unknown) return { refuse: 'payee-unknown' }
      if (found.number !== null) return { refuse: 'filed-by-bank' }
    }
    const max = parameters.payeesMax[business]
    if (payeeId === null && (await store.countPayees(tx, { companyId, business })) >= max) {
      return { refuse: 'too-many-payees', facts: { max: String(max) } }
    }
    const { payee, faults } = readPayee(typed, { nameMayMiss: parameters.nameCheckUsed })
    if (faults.length > 0) return { refuse: 'fields-refused', faults }
    const [names = null] = await directory.branches(tx, [
      { bankCode: payee.bankCode, code: payee.branchCode },
    ])
    if (names === null) {
      const fault: PayeeFault =
        (await directory.bank(tx, payee.bankCode)) === null
          ? { field: 'bankCode', code: 'bank-unknown' }
          : { field: 'branchCode', code: 'branch-unknown' }
      return { refuse: 'fields-refused', faults: [fault] }
    }
    return { before: found && store.contentOf(found), read: payee, names }
  })
}

async function ask(
  needs: PayeesDesk,
  visitor: Visitor,
  { account: read, came }: { readonly account: ReadPayee; readonly came: Came },
): Promise<CheckedName> {
  const { companyId, userId } = visitor
  const { bankCode, branchCode, kind, number } = read
  const account: BankAccount = { bankCode, branchCode, kind, number }
  const answer = await checkName(needs, { companyId, userId, account }, came.now)
  const facts = { payee: `${bankCode} ${branchCode} ${number}`, answer: answer.found }
  await needs.database.asCompany(companyId, (tx) =>
    record(needs, tx, { visitor, came, operation: 'payee-name-check', facts }),
  )
  return answer
}

type Named =
  | {
      readonly nameKana: string
      readonly nameCheck: NameCheck
      readonly nameAtBank: string | null
    }
  | Refused<'no-such-account' | 'name-needed'>

/** 受取人名確認. What differs is kept as it was typed, and shown beside the other bank's name. */
export function nameOf(typed: string, answer: CheckedName | null): Named {
  switch (answer?.found) {
    case undefined:
      return typed === ''
        ? { refuse: 'name-needed' }
        : { nameKana: typed, nameCheck: 'not-asked', nameAtBank: null }
    case 'holder': {
      const { holderKana } = answer
      const same = typed === '' || sameName(typed, holderKana)
      return same
        ? { nameKana: holderKana.slice(0, 48), nameCheck: 'confirmed', nameAtBank: null }
        : { nameKana: typed, nameCheck: 'differs', nameAtBank: holderKana }
    }
    case 'no-such-account':
      return { refuse: 'no-such-account' }
    case 'no-answer':
    case 'stopped':
      return typed === ''
        ? { refuse: 'name-needed' }
        : { nameKana: typed, nameCheck: 'no-answer', nameAtBank: null }
  }
}

interface Keeping {
  readonly entered: Entered
  readonly came: Came
  readonly kept: Omit<SingleContent, 'payeeId'>
}

function keep(needs: PayeesDesk, visitor: Visitor, { entered, came, kept }: Keeping) {
  const { companyId, userId } = visitor
  const { business, payeeId } = entered
  const { payee } = kept
  const id = newId<'payee'>(came.now.epochMilliseconds)
  return needs.database.asCompany(companyId, async (tx) => {
    const accounts = [payee]
    const same = await store.payeesOfAccounts(tx, { companyId, business, accounts })
    await insertProposal(tx, {
      ...{ id, companyId, userId, business, createdAt: came.now },
      kind: payeeId === null ? 'registration' : 'change',
      content: JSON.stringify({ ...kept, payeeId } satisfies SingleContent),
    })
    const facts = { payee: payee.label }
    await record(needs, tx, { visitor, came, operation: 'payee-entered', facts })
    return { id, duplicates: same.filter((one) => one.id !== payeeId) }
  })
}
