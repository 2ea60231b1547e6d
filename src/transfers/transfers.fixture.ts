/** For tests of 振込振替: a company with accounts, the real core system, fees, calendar and banks. */
import { createAdministration, limitUse } from '#administration/index.ts'
import { createBankDirectory } from '#bank-directory/index.ts'
import { createFees } from '#fees/index.ts'
import type { BankAccount } from '#kit/bank-account.ts'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import { rights } from '#kit/rights.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import { yen } from '#kit/yen.ts'
import { operationHistory } from '#operation-history/index.ts'
import { openCalendar } from '#outside/calendar/table.ts'
import { openEmbeddedCoreBanking } from '#outside/core-banking/embedded.ts'
import type { PostingId } from '#outside/core-banking/port.ts'
import { openZenginSimulator } from '#outside/zengin-net/simulator.ts'
import { testDatabase } from '../../test/database.ts'
import type { Draft } from './contract.ts'
import { confirmation } from './confirming.ts'
import { saveDraft } from './drafting.ts'
import type { TransfersNeeds } from './needs.ts'
import { defaultTransferParameters } from './parameters.ts'
import { submitTransfer } from './submitting.ts'
import { transferAsBank } from './transfers-store.ts'
import type { Transfer, TransferId } from './transfer.ts'

export const main = { branchCode: '101', kind: 'ordinary', number: '1234567' } as const
export const second = { branchCode: '101', kind: 'current', number: '7654321' } as const
export const ownPayee = { branchCode: '102', kind: 'ordinary', number: '5000003' } as const
export const otherPayee: BankAccount = {
  ...{ bankCode: '9998', branchCode: '101', kind: 'ordinary', number: '3000001' },
}
const treasury = { branchCode: '900', kind: 'current', number: '0000001' } as const
const { accounts } = defaultTransferParameters
export const openingBalance = 1_000_000n

export const origin: Origin = {
  ...{ address: '192.0.2.1', terminal: 'pc', userAgent: 'test', inquiryNumber: 'T1' },
  language: 'ja',
}

/** No approval is needed and no payee is registered: what these tests are not about. */
const withoutApproval = {
  submit: async () => ({ granted: true, value: { state: 'approved' } }) as const,
  explain: async () => ({
    ...{ method: { ja: '承認なし', en: 'No approval' }, turn: 'any-order', steps: [], mayNot: [] },
    ...{ says: { ja: '', en: '' }, you: null },
  }),
  recall: async () => ({ granted: false, reason: 'approval-unknown' }),
  stepsOf: async () => [],
} as unknown as TransfersNeeds['approvals']
const withoutPayees = {
  byIds: async () => [],
  search: async () => ({ payees: [], next: null }),
  groups: async () => [],
  transferMade: async () => {},
} as unknown as TransfersNeeds['payees']

export type TransferWorld = Awaited<ReturnType<typeof transferWorld>>

/** @param more replaces what stands behind a need */
export async function transferWorld(more: Partial<TransfersNeeds> = {}) {
  const db = await testDatabase()
  const { database, address } = db
  let now = Temporal.Instant.from('2026-11-24T01:00:00Z') // Tuesday, 10:00 in Japan
  const clock = { now: () => now }
  const core = openEmbeddedCoreBanking({ address, database, clock })
  const calendar = openCalendar({ database, clock })
  await calendar.seed()
  const zenginNet = openZenginSimulator({ database, clock, calendar, answerSeconds: 2 })
  const administration = createAdministration()
  const fees = createFees({ database, administration })
  await fees.seed()
  const directory = createBankDirectory({ database, own: places })
  await directory.loadOwn()
  const people = await companyIn(database, administration, now)
  await accountsIn(core, zenginNet)
  const told: string[] = []
  const needs: TransfersNeeds = {
    ...{ database, administration, limits: limitUse, directory, fees, calendar, core, zenginNet },
    ...{ clock, history: operationHistory, approvals: withoutApproval, payees: withoutPayees },
    confirmationPassword: { check: async () => ({ granted: true, value: undefined }) },
    signing: {} as TransfersNeeds['signing'],
    tell: { tell: async (_tx, news, { why }) => void told.push(why ? `${news} ${why}` : news) },
    log: () => {},
    parameters: {
      ...defaultTransferParameters,
      asks: {
        typed: { password: false, token: false },
        filed: { password: false, token: false },
        withApproval: { password: false, token: false },
      },
      ...{ bankCode: '9999', bankNameKana: 'ﾏﾄﾞｸﾞﾁ', branchNameOf: () => 'ﾎﾝﾃﾝ' },
      bankNames: { ja: 'まどぐち銀行', en: 'Madoguchi Bank' },
    },
    ...more,
  }
  const world = {
    ...{ db, needs, core, zenginNet, told, ...people },
    now: () => now,
    passes: (duration: Temporal.DurationLike) => void (now = now.add(duration)),
    balance: async (account: typeof main | typeof second | typeof ownPayee) =>
      (await core.balances([account]))[0]!.current,
    available: async () => (await core.balances([main]))[0]!.available,
    transfer: (id: TransferId) =>
      database.asBank((tx) => transferAsBank(tx, id)) as Promise<Transfer>,
    settlement: async () => (await core.balances([accounts.settlement]))[0]!.current,
    draft: (changes: DraftChanges = {}) => draftOf(changes),
    order: (changes: DraftChanges = {}) => order(needs, people.visitor, draftOf(changes), now),
    close: async () => {
      await core.close()
      await db.close()
    },
  }
  return world
}

export const places = {
  banks: [
    { code: '9999', name: 'まどぐち銀行', kana: 'ﾏﾄﾞｸﾞﾁ' },
    { code: '9998', name: 'となり銀行', kana: 'ﾄﾅﾘ' },
  ],
  branches: [
    { bankCode: '9999', code: '101', name: '本店営業部', kana: 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ' },
    { bankCode: '9999', code: '102', name: '中央支店', kana: 'ﾁﾕｳｵｳ' },
    { bankCode: '9998', code: '101', name: '本店', kana: 'ﾎﾝﾃﾝ' },
  ],
}

async function companyIn(
  database: TransfersNeeds['database'],
  administration: ReturnType<typeof createAdministration>,
  now: Temporal.Instant,
): Promise<{ companyId: CompanyId; userId: UserId; visitor: Visitor }> {
  const holder = { holder: '株式会社サンプル商事', holderKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ', memo: '' }
  const account = (one: typeof main | typeof second, representative: boolean) => ({
    ...{ account: one, branchName: '本店営業部', ...holder, representative, limits: [] },
  })
  const limits = [
    { limited: 'transfers' as const, perDay: yen(90_000_000), ceiling: yen(90_000_000) },
  ]
  return database.asBank(async (tx) => {
    const company = await administration.createCompany(
      tx,
      {
        ...{ name: '株式会社サンプル商事', nameKana: holder.holderKana, state: 'active', limits },
        ...{ loginMethod: 'either', accounts: [account(main, true), account(second, false)] },
      },
      now,
    )
    if (!company.granted) throw new Error(company.reason)
    const companyId = company.value.id
    const user = await administration.createUser(
      tx,
      {
        ...{ companyId, loginId: 'sato2026', name: '佐藤 花子', mail: 'sato@sample.example' },
        ...{ role: 'master', rights: [], accounts: [], limits: [] },
      },
      now,
    )
    if (!user.granted) throw new Error(user.reason)
    const { id: userId, loginId, name: userName, role } = user.value
    const visitor: Visitor = {
      ...{ companyId, companyName: company.value.name, userId, loginId, userName, role },
      ...{ sessionId: newId<'session'>(1), rights: new Set(rights), stage: 'signed-in' },
    }
    return { companyId, userId, visitor }
  })
}

async function accountsIn(
  core: ReturnType<typeof openEmbeddedCoreBanking>,
  zenginNet: ReturnType<typeof openZenginSimulator>,
): Promise<void> {
  const holderKana = 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ'
  for (const account of [main, second]) {
    await core.openAccount({ account, holderKana, overdraftLimit: yen(0) })
  }
  await core.openAccount({ account: ownPayee, holderKana: 'ｶ)ﾐﾁｼﾙﾍﾞ', overdraftLimit: yen(0) })
  for (const account of [treasury, ...Object.values(accounts)]) {
    await core.openAccount({ account, holderKana: 'ﾏﾄﾞｸﾞﾁｷﾞﾝｺｳ', overdraftLimit: null })
  }
  await zenginNet.openAccount({ account: otherPayee, holderKana: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ' })
  await core.post([
    {
      ...{ id: newId<'posting'>(1) as PostingId, debit: treasury, credit: main, kind: 'other' },
      amount: yen(openingBalance),
      bookedOn: Temporal.PlainDate.from('2026-11-01'),
      valueOn: Temporal.PlainDate.from('2026-11-01'),
      ...{ debitParticulars: { description: '' }, creditParticulars: { description: 'ｸﾘｺｼ' } },
    },
  ])
}

export type DraftChanges = Partial<Omit<Draft, 'items'>> & {
  readonly items?: readonly Partial<Draft['items'][number]>[]
}

function draftOf({ items = [{}], ...changes }: DraftChanges): Draft {
  return {
    ...{ kind: 'transfer', accountKey: '101-ordinary-1234567', paymentDay: '2026-11-24' },
    ...{ name: '', remitterName: '', memo: '' },
    ...changes,
    items: items.map((item) => ({
      ...{ source: 'typed', payeeId: null, account: otherPayee, payeeName: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ' },
      ...{ nameCheck: 'not-asked', payable: '50000', bearer: 'payer', statedFee: null },
      ediInformation: '',
      ...item,
    })),
  }
}

/** From the draft to the accepted order. @throws what it was refused with */
async function order(
  needs: TransfersNeeds,
  visitor: Visitor,
  draft: Draft,
  now: Temporal.Instant,
): Promise<TransferId> {
  const came = { now, origin }
  const saved = await saveDraft(needs, visitor, { draft, came }, async () => {})
  if (!saved.granted) throw new Error(JSON.stringify(saved))
  const { id } = saved.value
  const shown = await confirmation(needs, visitor, { id, now })
  if (!shown.granted) throw new Error(JSON.stringify(shown))
  const form = {
    ...{ digest: shown.value.plan.digest, duplicateConfirmed: true, approvers: [], comment: '' },
    ...{ confirmationPassword: null, challengeId: null, transactionCode: null },
  }
  const done = await submitTransfer(needs, visitor, { id, form, came }, async () => {})
  if (!done.granted) throw new Error(JSON.stringify(done))
  return id
}
