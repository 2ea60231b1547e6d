/** 振込先口座指定方法選択 — whom one may pick: registered, filed, of other businesses, or paid before. */
import { parseBankAccountKey } from '#kit/bank-account.ts'
import type { Out, Parsed } from '#kit/endpoint.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Payee } from '#payees/index.ts'
import type { contract } from './contract.ts'
import { latestPaid, type PaidAccount } from './names-store.ts'
import type { TransfersNeeds } from './needs.ts'
import type { Bearer } from './transfer.ts'

type Asked = Parsed<(typeof contract)['listDestinations']>['query']
type Answer = Out<(typeof contract)['listDestinations']>
type Destination = Answer['destinations'][number]

const perPage = 50
const recentShown = 10 // 最近10回の取引

export function destinationsFor(
  { database, payees }: Pick<TransfersNeeds, 'database' | 'payees'>,
  { companyId }: Pick<Visitor, 'companyId'>,
  { source, text, group, after }: Asked,
): Promise<Answer> {
  return database.asCompany(companyId, async (tx) => {
    if (source === 'recent') {
      const paid = await latestPaid(tx, companyId, recentShown)
      const wanted = (text ?? '').trim()
      const found = paid.map(recent).filter((one) => matches(one, wanted))
      return { destinations: found, groups: [], next: null }
    }
    const business = source === 'other-business' ? 'supplier-payments' : 'transfers'
    const filter = {
      ...(text !== undefined && text.trim() !== '' && { text: text.trim() }),
      ...(group !== undefined && group !== '' && { group }),
      ...(after !== undefined && { after }),
    }
    const query = { companyId, business, filed: source === 'filed', limit: perPage, ...filter }
    const found = await payees.search(tx, query as Parameters<typeof payees.search>[1])
    const groups = await payees.groups(tx, { companyId, business })
    return {
      destinations: found.payees.map((payee) => registered(payee, source)),
      groups: groups.map(({ name, count }) => ({ name, count })),
      next: found.next,
    }
  })
}

function registered(payee: Payee, source: Asked['source']): Destination {
  const { bearer } = payee
  const isOwn = source !== 'other-business' // another business's payee is taken as one that was typed
  return {
    ...{ payeeId: isOwn ? payee.id : null, account: payee.account, label: payee.label },
    source: !isOwn ? 'typed' : payee.number === null ? 'payee' : 'filed',
    ...{ bankName: payee.bankName, branchName: payee.branchName, payeeName: payee.nameKana },
    ...{ number: payee.number, groups: [...payee.groups] },
    bearer:
      bearer.by === 'payer' ? 'payer' : bearer.fee === 'table' ? 'payee-table' : 'payee-stated',
    statedFee: bearer.by === 'payee' && bearer.fee !== 'table' ? String(bearer.fee) : null,
    amount: payee.amount === null ? null : String(payee.amount),
    ediInformation: payee.ediInformation ?? '',
    lastPaid: null,
  }
}

function recent(paid: PaidAccount & { readonly at: Temporal.Instant }): Destination {
  const account = parseBankAccountKey(paid.account)
  if (account === null) throw new Error(`a paid account is none: ${paid.account}`)
  const bearer: Bearer = paid.bearer
  return {
    ...{ payeeId: null, source: 'recent', account, label: paid.label, number: null, groups: [] },
    ...{ bankName: paid.bankName, branchName: paid.branchName, payeeName: paid.payeeName, bearer },
    statedFee: paid.statedFee === null ? null : String(paid.statedFee),
    amount: String(paid.payable),
    ediInformation: paid.edi,
    lastPaid: { day: dayInJapan(paid.at).toString(), amount: String(paid.payable) },
  }
}

function matches({ payeeName, label, bankName, account }: Destination, text: string): boolean {
  return (
    text === '' || [payeeName, label, bankName, account.number].some((one) => one.includes(text))
  )
}
