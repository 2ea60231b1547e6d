/** For tests of 確定 and what follows: the steps one by one, and somebody who approves. */
import { createAdministration } from '#administration/index.ts'
import type { Approvable, ReturnedAs } from '#approvals/index.ts'
import { newId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { OrderOf } from '#approvals/index.ts'
import { createApprovable } from './approvable.ts'
import { confirmation } from './confirming.ts'
import { saveDraft } from './drafting.ts'
import type { TransfersNeeds } from './needs.ts'
import { submitTransfer, type SubmitForm } from './submitting.ts'
import { origin, type DraftChanges, type TransferWorld } from './transfers.fixture.ts'
import { transferById } from './transfers-store.ts'
import type { TransferId } from './transfer.ts'

export async function saved(
  world: TransferWorld,
  changes: DraftChanges = {},
  visitor: Visitor = world.visitor,
): Promise<TransferId> {
  const came = { now: world.now(), origin }
  const draft = world.draft(changes)
  const outcome = await saveDraft(world.needs, visitor, { draft, came }, async () => {})
  if (!outcome.granted) throw new Error(JSON.stringify(outcome))
  return outcome.value.id
}

export async function digestShown(
  { visitor, now, ...world }: TransferWorld,
  id: TransferId,
  needs: TransfersNeeds = world.needs,
): Promise<string> {
  const shown = await confirmation(needs, visitor, { id, now: now() })
  if (!shown.granted) throw new Error(JSON.stringify(shown))
  return shown.value.plan.digest
}

const emptyForm = { duplicateConfirmed: true, approvers: [], comment: '' } as const
const unsigned = { confirmationPassword: null, challengeId: null, transactionCode: null } as const

/** 確定 with what was shown, unless the form says another digest. */
export async function submitted(
  world: TransferWorld,
  id: TransferId,
  {
    form = {},
    needs = world.needs,
    visitor = world.visitor,
  }: {
    readonly form?: Partial<SubmitForm>
    readonly needs?: TransfersNeeds
    readonly visitor?: Visitor
  } = {},
) {
  const digest = form.digest ?? (await digestShown(world, id, needs))
  const came = { now: world.now(), origin }
  const asked = { id, came, form: { ...emptyForm, ...unsigned, ...form, digest } }
  return submitTransfer(needs, visitor, asked, async () => {})
}

/** A user of a new company, or another one of the same. */
export async function somebodyElse(
  { needs, visitor, now }: TransferWorld,
  of: 'same-company' | 'another-company',
): Promise<Visitor> {
  const administration = createAdministration()
  const role = of === 'same-company' ? 'general' : 'master'
  return needs.database.asBank(async (tx) => {
    let { companyId } = visitor
    if (of === 'another-company') {
      const account = { branchCode: '102', kind: 'ordinary', number: '0000077' } as const
      const holder = { holder: '別会社', holderKana: 'ﾍﾞﾂｶｲｼﾔ', memo: '', limits: [] }
      const accounts = [{ account, branchName: '中央支店', representative: true, ...holder }]
      const made = await administration.createCompany(
        tx,
        {
          ...{ name: '別会社', nameKana: 'ﾍﾞﾂｶｲｼﾔ', state: 'active', limits: [], accounts },
          loginMethod: 'either',
        },
        now(),
      )
      if (!made.granted) throw new Error(made.reason)
      companyId = made.value.id
    }
    const loginId = `other${of.length}26`
    const made = await administration.createUser(
      tx,
      {
        ...{ companyId, loginId, name: '鈴木', mail: 'suzuki@sample.example', role },
        ...{ rights: [], accounts: [], limits: [] },
      },
      now(),
    )
    if (!made.granted) throw new Error(made.reason)
    return { ...visitor, companyId, userId: made.value.id, loginId, role }
  })
}

export type Approver = ReturnType<typeof approver>

/** Whose state is the order's own: it moves what waits, through the order's Approvable. */
export function approver() {
  let approvable!: Approvable
  let needs!: TransfersNeeds
  const move = (
    order: OrderOf,
    from: string,
    work: Parameters<TransfersNeeds['database']['asCompany']>[1],
  ) =>
    needs.database.asCompany(order.companyId, async (tx) => {
      if ((await approvable.lock(tx, order)) === null) return 'approval-unknown' as const
      const { companyId, orderId: id } = order
      const found = await transferById(tx, { companyId, id })
      if (found?.state !== from) return 'state-changed' as const
      await work(tx)
      return null
    })
  const give = (
    order: OrderOf,
    how: { readonly as: ReturnedAs; readonly at: Temporal.Instant; readonly by: Visitor['userId'] },
    from = 'awaiting-approval',
  ) =>
    move(order, from, async (tx) => {
      if (how.as === 'withdrawn' && !(await approvable.mayWithdraw(tx, order, how.at))) return
      await approvable.returned(tx, order, { ...how, reason: how.as === 'failed' ? 'x' : null })
    })
  const approvals = {
    submit: async () =>
      ({ granted: true, value: { state: 'awaiting', approvalId: newId<'approval'>(1) } }) as const,
    explain: async () => ({
      ...{ method: { ja: '', en: '' }, turn: 'any-order', mayNot: [], you: null },
      ...{ says: { ja: '', en: '' }, steps: [{}] },
    }),
    recall: async (visitor: Visitor, order: OrderOf, { now }: { now: Temporal.Instant }) => {
      const reason = await give(order, { as: 'recalled', at: now, by: visitor.userId })
      return reason === null ? { granted: true, value: undefined } : { granted: false, reason }
    },
    stepsOf: async () => [],
  } as unknown as TransfersNeeds['approvals']
  return {
    approvals,
    /** Once the world is made. */
    serves(world: TransferWorld) {
      needs = world.needs
      approvable = createApprovable(world.needs, () => {})
    },
    give,
    /** Checks again, then accepts it or makes it エラー. @returns why it failed */
    approve: async (order: OrderOf, at: Temporal.Instant) => {
      let why: string | null = null
      const refused = await move(order, 'awaiting-approval', async (tx) => {
        const checked = await approvable.recheck(tx, order, at)
        if (checked.granted) return approvable.approved(tx, order, { at, signed: [] })
        why = checked.reason
        const reason = { as: 'failed', by: null, at, reason: why } as const
        return approvable.returned(tx, order, reason)
      })
      return refused ?? why
    },
  }
}

/** Reservations of an order, as `level limited amount`; and counters that no reservation explains. */
export async function reservedFor({ db }: TransferWorld, id: string): Promise<readonly string[]> {
  const { rows } = await db.owner.query<{ line: string }>(
    `select level || ' ' || limited || ' ' || amount as line
       from administration.limit_reservation where order_id = $1 order by 1`,
    [id],
  )
  return rows.map(({ line }) => line)
}

export async function unexplainedCounters({ db }: TransferWorld): Promise<readonly unknown[]> {
  const { rows } = await db.owner.query(`
    select * from administration.limit_use u
     where used <> coalesce((select sum(amount) from administration.limit_reservation r
       where (r.company_id, r.day, r.level, r.of, r.limited)
           = (u.company_id, u.day, u.level, u.of, u.limited)), 0)`)
  return rows
}
