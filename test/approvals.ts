/** For tests of 承認: a company of many, orders of no real kind, and a token that always agrees. */
import { createAdministration, type User } from '#administration/index.ts'
import {
  createApprovals,
  type Approvable,
  type ApprovalPolicy,
  type ApprovalsNeeds,
  type ApprovalsRoom,
  type OrderId,
  type ReturnedAs,
  type Teller,
} from '#approvals/index.ts'
import { accountKey } from '#kit/account-number.ts'
import { newId, type CompanyId, type SessionId, type UserId } from '#kit/ids.ts'
import { granted, refused } from '#kit/outcome.ts'
import type { Right } from '#kit/rights.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import { yen } from '#kit/yen.ts'
import { operationHistory } from '#operation-history/index.ts'
import { sql } from 'kysely'
import { companies } from './cast.ts'
import type { TestDatabase } from './database.ts'

export const now = Temporal.Instant.from('2026-11-24T01:00:00Z')
export const origin: Origin = {
  ...{ address: '192.0.2.1', terminal: 'pc', userAgent: 'test', inquiryNumber: 'T-1' },
  language: 'ja',
}
export const came = { now, origin }
const account = { branchCode: '101', kind: 'ordinary', number: '1234567' } as const
export const paying = accountKey(account)

type Signing = ApprovalsNeeds['signing']

export interface ApprovalsWorld {
  readonly approvals: ApprovalsRoom
  readonly companyId: CompanyId
  readonly needs: ApprovalsNeeds
  readonly told: string[]
  readonly kicked: OrderId[]
  /** What the kind's next check answers; null: granted. */
  readonly kind: { refuses: string | null; begun: boolean }
  readonly devices: Map<UserId, string | null>
  user(name: string, more?: { rights?: readonly Right[]; perOrder?: bigint }): Promise<User>
  visitor(user: User): Visitor
  setPolicy(policy: Partial<ApprovalPolicy>): Promise<void>
  /** An order that was submitted; the id of its approval. */
  submitted(by: User, chosen: readonly User[], amount?: bigint): Promise<Submitted>
  order(id: OrderId): Promise<{ state: string; approvals: number }>
  history(): Promise<readonly string[]>
}
export interface Submitted {
  readonly orderId: OrderId
  readonly id: string
  readonly digest: string
}

export async function approvalsWorld(db: TestDatabase): Promise<ApprovalsWorld> {
  await fakeOrderTable(db)
  const administration = createAdministration()
  const { database } = db
  const company = await database.asBank((tx) =>
    administration.createCompany(
      tx,
      {
        ...companies.sample,
        ...{ state: 'active', loginMethod: 'password', limits: [] },
        accounts: [
          {
            ...{ account, branchName: '本店営業部', holder: 'サンプル', holderKana: 'ｻﾝﾌﾟﾙ' },
            ...{ representative: true, memo: '', limits: [] },
          },
        ],
      },
      now,
    ),
  )
  if (!company.granted) throw new Error(company.reason)
  const companyId = company.value.id
  const told: string[] = []
  const kicked: OrderId[] = []
  const kind: ApprovalsWorld['kind'] = { refuses: null, begun: false }
  const devices = new Map<UserId, string | null>()
  const approvable = fakeApprovable({ kind, kicked })
  const tell = new Proxy({} as Teller, {
    get: (_, name) => async (_tx: unknown, about: { name: string; approvers: unknown[] }) => {
      told.push(`${String(name)} ${about.approvers.length}`)
    },
  })
  const signing = fakeSigning(database, devices)
  const needs: ApprovalsNeeds = {
    ...{ database, administration, history: operationHistory, signing, tell },
    identity: {
      confirmationPassword: {
        check: async (_user, secret) =>
          secret === 'right' ? granted(undefined) : { ...refused('confirmation-wrong'), facts: {} },
      },
    },
    approvables: () => [approvable],
    limitsOf: {
      limitsFor: async () => ({ day: Temporal.PlainDate.from('2026-11-30'), lines: [] }),
    },
  }
  const approvals = createApprovals(needs)
  let count = 0

  return {
    ...{ approvals, companyId, needs, told, kicked, kind, devices },
    user: async (name, more = {}) => {
      const { rights = ['transfers-approve'] as readonly Right[], perOrder = 1_000_000n } = more
      count += 1
      const limits = [
        { limited: 'transfers' as const, perOrder: yen(perOrder), perDay: yen(perOrder) },
      ]
      const person = { loginId: `user${1000 + count}`, name, mail: 'a@b.example' }
      const asked = { ...person, companyId, role: 'general' as const, rights, limits }
      const made = await database.asBank((tx) =>
        administration.createUser(tx, { ...asked, accounts: [paying] }, now),
      )
      if (!made.granted) throw new Error(made.reason)
      devices.set(made.value.id, `serial-${count}`)
      return made.value
    },
    visitor: ({ id: userId, loginId, name, role, rights }) => ({
      ...{ companyId, companyName: 'サンプル', userId, loginId, userName: name, role, rights },
      ...{ sessionId: userId as string as SessionId, stage: 'signed-in' },
    }),
    setPolicy: async (policy) => {
      const set = await database.asBank(async (tx) => {
        const old = await approvals.policyOf(tx, companyId, 'transfers')
        const of = { companyId, business: 'transfers' } as const
        return approvals.setPolicy(tx, of, { ...old, ...policy }, now)
      })
      if (!set.granted) throw new Error(set.reason)
    },
    submitted: (by, chosen, amount = 1000n) =>
      submitOrder(db, approvals, { companyId, by, chosen, amount, at: now }),
    order: async (id) => {
      const { rows } = await db.owner.query<{ state: string; approvals: number }>(
        'select state, approvals from public.fake_order where id = $1',
        [id],
      )
      return rows[0]!
    },
    history: async () => {
      const { rows } = await db.owner.query<{ said: string }>(
        `select concat_ws(' ', payload::jsonb ->> 'operation', payload::jsonb ->> 'result',
           payload::jsonb ->> 'reason') as said from operation_history.record order by sequence`,
      )
      return rows.map(({ said }) => said)
    },
  }
}

export async function submitOrder(
  db: TestDatabase,
  approvals: Pick<ApprovalsRoom, 'submit'>,
  made: {
    readonly companyId: CompanyId
    readonly by: Pick<User, 'id'>
    readonly chosen: readonly Pick<User, 'id'>[]
    readonly amount: bigint
    readonly at: Temporal.Instant
  },
): Promise<Submitted> {
  const { companyId, by, chosen, amount, at } = made
  const orderId = newId<'order'>(at.epochMilliseconds)
  const canonical = JSON.stringify({ orderId, amount: String(amount) })
  const outcome = await db.database.asCompany(companyId, async (tx) => {
    await sql`insert into public.fake_order (id, state, canonical)
      values (${orderId}, 'awaiting', ${canonical})`.execute(tx)
    const summary = {
      ...{ name: '振込', kind: { ja: '振込', en: 'Transfer' }, accountKey: paying },
      ...{ paymentDay: Temporal.PlainDate.from('2026-11-30'), count: 1, newPayees: 0 },
      amount: yen(amount),
    }
    const deadline = at.add({ hours: 48 })
    const order = { companyId, orderId, business: 'transfers' as const, requester: by.id }
    const rest = { summary, deadline, comment: '', canonical }
    const names = chosen.map(({ id }) => id)
    return approvals.submit(tx, { ...order, ...rest, chosen: names }, { now: at, origin })
  })
  if (!outcome.granted) throw new Refusal(outcome.reason, outcome)
  if (outcome.value.state === 'approved') throw new Error('nothing to approve')
  const { approvalId: id } = outcome.value
  const { rows } = await db.owner.query<{ digest: string }>(
    'select digest from approvals.approval where id = $1',
    [id],
  )
  return { orderId, id, digest: rows[0]!.digest }
}

export class Refusal extends Error {
  readonly outcome: object
  constructor(reason: string, outcome: object) {
    super(reason)
    this.outcome = outcome
  }
}

export async function fakeOrderTable(db: TestDatabase): Promise<void> {
  await db.owner.query(`
    create table public.fake_order (id uuid primary key, state text not null,
      canonical text not null, approvals integer not null default 0);
    grant usage on schema public to madoguchi_company;
    grant select, insert, update on public.fake_order to madoguchi_company`)
}

export function fakeApprovable(about: Pick<ApprovalsWorld, 'kind' | 'kicked'>): Approvable {
  const { kind, kicked } = about
  const canonicalOf = async (...[tx, { orderId }]: Parameters<Approvable['canonical']>) => {
    const { rows } = await sql<{ canonical: string }>`
      select canonical from public.fake_order where id = ${orderId}`.execute(tx)
    return rows[0]!.canonical
  }
  const to = (tx: Parameters<Approvable['lock']>[0], orderId: OrderId, state: string) =>
    sql`update public.fake_order set state = ${state},
      approvals = approvals + ${state === 'approved' ? 1 : 0} where id = ${orderId}`.execute(tx)
  return {
    business: 'transfers',
    rights: { approve: 'transfers-approve', seeAll: 'transfers-see-all' },
    lock: async (tx, { orderId }) => {
      const { rows } = await sql`
        select 1 from public.fake_order where id = ${orderId} for update`.execute(tx)
      return rows.length === 1 ? true : null
    },
    sheet: async () => ({
      ...{ kind: { ja: '振込', en: 'Transfer' }, name: '振込', facts: [], items: [], warnings: [] },
      totals: {
        ...{ count: 1, payable: '1000', deductedFee: '0', amount: '1000', bankFee: '0' },
        debit: '1000',
      },
    }),
    pathOf: (orderId) => `/transfers/${orderId}`,
    canonical: canonicalOf,
    content: async () => ({ template: 'approval', fields: [{ tag: 'amount', value: '1000' }] }),
    recheck: async () =>
      kind.refuses === null
        ? granted(undefined)
        : { granted: false, reason: kind.refuses, facts: { level: 'company' } },
    approved: async (tx, { orderId }) => void (await to(tx, orderId, 'approved')),
    returned: async (tx, { orderId }, { as }: { as: ReturnedAs }) =>
      void (await to(tx, orderId, as)),
    mayWithdraw: async () => !kind.begun,
    kick: ({ orderId }) => void kicked.push(orderId),
  }
}

/** Keeps the port's promise: `canonical` and `change` in one transaction, undone when one throws. */
function fakeSigning(
  database: ApprovalsNeeds['database'],
  devices: Map<UserId, string | null>,
): Signing {
  return {
    deviceOf: async (_tx, { userId }) => devices.get(userId) ?? null,
    issue: async () => refused('token-missing'),
    redeem: async ({ signer, challengeId }, _came, work) =>
      database
        .asCompany(signer.companyId, async (tx) => {
          if ((await work.canonical(tx)) === null) throw new Refusal('content-changed', {})
          return granted(await work.change(tx, { challengeId }))
        })
        .catch((fault: unknown) => {
          if (!(fault instanceof Refusal)) throw fault
          return { ...refused('content-changed'), facts: {} }
        }),
  }
}
