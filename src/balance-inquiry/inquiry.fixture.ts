/**
 * What the tests of 照会 share: two companies with their people and accounts, on the built-in core
 * system with real books, behind a real counter.
 */
import { createAdministration, type Company } from '#administration/index.ts'
import { mihonAccounts, sampleAccounts, type DemoAccount } from '#demo/accounts.ts'
import { accountKey, type AccountNumber } from '#kit/account-number.ts'
import { newId } from '#kit/ids.ts'
import { rights as everyRight } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import { yen } from '#kit/yen.ts'
import { operationHistory } from '#operation-history/index.ts'
import { openEmbeddedCoreBanking } from '#outside/core-banking/embedded.ts'
import type { Posting } from '#outside/core-banking/port.ts'
import { openFileVault } from '#outside/key-vault/file.ts'
import { defaultBankParameters } from '#platform/bank-parameters.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cast, companies, type CastMember } from '../../test/cast.ts'
import { testCounter, tokenOf } from '../../test/counter.ts'
import { testDatabase } from '../../test/database.ts'
import { createBalanceInquiry } from './index.ts'

export const now = Temporal.Instant.from('2026-11-22T01:00:00Z')
export const main = sampleAccounts.main.account
export const mainKey = accountKey(main)
export const foreignKey = accountKey(mihonAccounts.main.account)

/** Money comes from here and goes there: an internal account of the bank. */
const elsewhere: AccountNumber = { branchCode: '900', kind: 'ordinary', number: '0000001' }

export type Who = keyof typeof cast
export type World = Awaited<ReturnType<typeof testWorld>>

export async function testWorld({ pdfLinesMax = 10_000 } = {}) {
  const db = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-inquiry-'))
  const clock = { now: () => now }
  const coreBanking = openEmbeddedCoreBanking({
    address: db.address,
    database: db.database,
    clock,
  })
  await coreBanking.openAccount({ account: elsewhere, holderKana: 'ｷﾞﾝｺｳ', overdraftLimit: null })
  const administration = createAdministration()
  const people = await settle(db.database, administration)
  for (const { account, holderKana, overdraftLimit } of allAccounts) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is quick enough
    await coreBanking.openAccount({ account, holderKana, overdraftLimit: yen(overdraftLimit) })
  }

  const inquiry = createBalanceInquiry({
    coreBanking,
    administration,
    operationHistory,
    database: db.database,
    keyVault: await openFileVault(join(folder, 'keys')),
    parameters: { ...defaultBankParameters, statementPdfLinesMax: pdfLinesMax },
  })
  const counter = await testCounter(db.database, {
    routes: [inquiry.routes],
    sessions: {
      visitorFor: async (token) => {
        const visitor = people.get(token.replace(/-x+$/, '') as Who)
        return visitor ? { visitor } : { ended: 'unknown' }
      },
    },
    clock,
  })

  return {
    db,
    coreBanking,
    inquiry,
    visitor: (who: Who) => people.get(who)!,
    /** As a browser of ours asks. */
    ask: (who: Who, path: string, query: Record<string, string> = {}) =>
      counter.app.inject({
        method: 'GET',
        url: `/api/balance-inquiry/${path}`,
        query,
        headers: { cookie: `__Host-sid=${tokenOf(who)}`, 'sec-fetch-site': 'same-origin' },
      }),
    arrives: (day: string, amount: bigint, more: Partial<Posting['creditParticulars']> = {}) =>
      posted(coreBanking, { ...posting(day, amount, more), debit: elsewhere, credit: main }),
    leaves: (day: string, amount: bigint, more: Partial<Posting['creditParticulars']> = {}) =>
      posted(coreBanking, { ...posting(day, amount, more), debit: main, credit: elsewhere }),
    incoming: (day: string, amount: bigint): Posting => ({
      ...posting(day, amount, { remitterName: 'ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ' }),
      debit: elsewhere,
      credit: main,
    }),
    async close() {
      await counter.close()
      await coreBanking.close()
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const allAccounts: readonly DemoAccount[] = [
  ...Object.values(sampleAccounts),
  ...Object.values(mihonAccounts),
]

type Db = Awaited<ReturnType<typeof testDatabase>>['database']

async function settle(database: Db, administration: ReturnType<typeof createAdministration>) {
  const found = new Map<Who, Visitor>()
  await database.asBank(async (tx) => {
    const opened = new Map<string, Company>()
    for (const [name, accounts] of [
      ['sample', sampleAccounts],
      ['mihon', mihonAccounts],
    ] as const) {
      const company = {
        ...companies[name],
        state: 'active',
        loginMethod: 'either',
        limits: [],
        accounts: Object.values(accounts as Record<string, DemoAccount>).map((one, at) => ({
          ...one,
          branchName: '本店営業部',
          representative: at === 0,
          limits: [],
        })),
      } as const
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one statement at a time
      const outcome = await administration.createCompany(tx, company, now)
      if (!outcome.granted) throw new Error(outcome.reason)
      opened.set(name, outcome.value)
    }
    for (const [who, member] of Object.entries(cast) as [Who, CastMember][]) {
      const company = opened.get(member.company)!
      const { loginId, name, mail, role, rights, accounts } = member
      const user = {
        companyId: company.id,
        loginId,
        name,
        mail,
        role,
        rights,
        accounts,
        limits: [],
      }
      // oxlint-disable-next-line no-await-in-loop -- as above
      const outcome = await administration.createUser(tx, user, now)
      if (!outcome.granted) throw new Error(outcome.reason)
      found.set(who, visitorOf(member, company, outcome.value.id))
    }
  })
  return found
}

function visitorOf(member: CastMember, company: Company, userId: Visitor['userId']): Visitor {
  return {
    sessionId: newId<'session'>(now.epochMilliseconds),
    companyId: company.id,
    companyName: company.name,
    userId,
    loginId: member.loginId,
    userName: member.name,
    role: member.role,
    rights: new Set(member.role === 'master' ? everyRight : member.rights),
    stage: 'signed-in',
  }
}

function posting(day: string, amount: bigint, more: Partial<Posting['creditParticulars']>) {
  const bookedOn = Temporal.PlainDate.from(day)
  const particulars = { description: 'ﾌﾘｺﾐ', ...more }
  return {
    id: newId<'posting'>(now.epochMilliseconds),
    amount: yen(amount),
    kind: 'transfer' as const,
    bookedOn,
    valueOn: bookedOn,
    debitParticulars: particulars,
    creditParticulars: particulars,
  }
}

async function posted(
  coreBanking: ReturnType<typeof openEmbeddedCoreBanking>,
  one: Posting,
): Promise<void> {
  const outcome = await coreBanking.post([one])
  if (!outcome.granted) throw new Error(outcome.reason)
}
