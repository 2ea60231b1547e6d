/** 引戻し・差戻し・削除・承認取消 — the moves by which an order comes back or ends. */
import type { ConfirmationRefusal } from '#identity/index.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { OrderOf, ReturnedAs } from './approvable.ts'
import type { RecallRefusal } from './approvals.ts'
import { insertMove, roundsOf, saveStanding, type StoredApproval } from './approvals-store.ts'
import type { Refusal, Settle } from './approving.ts'
import { found, locked, type Found } from './locking.ts'
import { move, type Move } from './machine.ts'
import type { ApprovalsDesk, Came, Teller } from './needs.ts'
import { mayReturn } from './people.ts'
import { note, noteRefusal, toldOf } from './telling.ts'

/** In the order in which they are checked. */
export type MoveRefusal =
  | 'approval-unknown'
  | 'state-changed'
  | 'not-your-order'
  | 'not-eligible' // facts: why
  | 'already-begun'
  | 'comment-missing'
  | ConfirmationRefusal

type Moved = { readonly approval: StoredApproval } | Refusal<MoveRefusal>
type Named = 'recall' | 'send-back' | 'delete' | 'withdraw'
type CameMoved = Came & { readonly settle?: Settle }

const moves = {
  recall: { operation: 'approval-recall', as: 'recalled', tells: 'recalled' },
  'send-back': { operation: 'approval-sending-back', as: 'sent-back', tells: 'sentBack' },
  delete: { operation: 'approval-deletion', as: 'deleted', tells: 'deleted' },
  withdraw: { operation: 'approval-withdrawal', as: 'withdrawn', tells: 'withdrawn' },
  expire: { operation: 'approval-expiry', as: 'expired', tells: 'expired' },
} as const satisfies Record<
  Named | 'expire',
  { operation: string; as: ReturnedAs; tells: keyof Teller }
>

export interface MoveForm {
  readonly id: string
  readonly comment: string
}

/** 引戻し, 差戻し and 削除. */
export function bringBack(
  needs: ApprovalsDesk,
  visitor: Visitor,
  asked: MoveForm & { readonly move: Exclude<Named, 'withdraw'> },
  came: CameMoved,
): Promise<Moved> {
  return recorded(needs, visitor, asked, came, () =>
    needs.database.asCompany(visitor.companyId, (tx) => attempt(needs, tx, visitor, asked, came)),
  )
}

/** 承認取消: with 確認用パスワード (§6.5), by one of those who approved, before the bank begins. */
export function withdraw(
  needs: ApprovalsDesk,
  visitor: Visitor,
  form: MoveForm & { readonly confirmationPassword: string },
  came: CameMoved,
): Promise<Moved> {
  const { companyId } = visitor
  const asked = { ...form, move: 'withdraw' } as const
  return recorded(needs, visitor, asked, came, async () => {
    const first = await needs.database.asCompany(companyId, async (tx) => {
      const seen = await found(needs, tx, { companyId, id: form.id })
      return seen === null
        ? no('approval-unknown')
        : refusalOf(needs, tx, { seen, visitor, asked, now: came.now })
    })
    if (first !== null) return first
    const secret = form.confirmationPassword
    const confirmed = await needs.identity.confirmationPassword.check(visitor, secret, came)
    if (!confirmed.granted) return no(confirmed.reason, confirmed.facts)
    return needs.database.asCompany(companyId, (tx) => attempt(needs, tx, visitor, asked, came))
  })
}

/** For the kinds of order: 引戻し from their own screens. */
export async function recallOrder(
  needs: ApprovalsDesk,
  visitor: Visitor,
  order: OrderOf,
  came: Came,
): Promise<Outcome<void, RecallRefusal>> {
  const latest = await needs.database.asCompany(visitor.companyId, async (tx) =>
    (await roundsOf(tx, order)).at(-1),
  )
  const id = latest?.id ?? ''
  const outcome = await bringBack(needs, visitor, { id, comment: '', move: 'recall' }, came)
  if (!('refuse' in outcome)) return granted(undefined)
  const { refuse } = outcome
  if (refuse === 'approval-unknown' || refuse === 'not-your-order') return refused(refuse)
  return refused('state-changed')
}

async function attempt(
  needs: ApprovalsDesk,
  tx: Tx,
  visitor: Visitor,
  asked: MoveForm & { readonly move: Named },
  came: CameMoved,
): Promise<Moved> {
  const { companyId, userId: by } = visitor
  const held = await locked(needs, tx, { companyId, id: asked.id })
  if (held === null) return no('approval-unknown')
  const refusal = await refusalOf(needs, tx, { seen: held, visitor, asked, now: came.now })
  if (refusal !== null) return refusal
  const made = { move: asked.move, by, at: came.now, comment: asked.comment } as const
  return { approval: await end(needs, tx, { held, made, came }) }
}

/** Carries a move out under the locks. @throws where the rules do not grant it */
export async function end(
  needs: ApprovalsDesk,
  tx: Tx,
  about: {
    readonly held: Found
    readonly made: Extract<Move, { readonly move: Named | 'expire' }>
    readonly came: CameMoved
  },
): Promise<StoredApproval> {
  const { held, made, came } = about
  const { kind, approval } = held
  const moved = move(approval.standing, made)
  if (!moved.granted) throw new Error(`${made.move} was refused under the lock: ${moved.reason}`)
  const after = { ...approval, standing: moved.value }
  const by = made.move === 'expire' ? null : made.by
  const comment = made.move === 'expire' ? '' : made.comment
  const { operation, as, tells } = moves[made.move]
  await insertMove(tx, approval, { move: made.move, by, at: made.at, comment })
  await saveStanding(tx, approval, after.standing)
  await kind.returned(tx, approval, { as, by, at: made.at, reason: comment || null })
  // Told are those who were asked while it still waited.
  await needs.tell[tells](tx, toldOf(approval, { by, at: made.at, comment }))
  await came.settle?.(tx, after)
  const facts = { approval: approval.id, order: approval.orderId }
  await note(needs, tx, came, { companyId: approval.companyId, userId: by, operation, facts })
  return after
}

async function refusalOf(
  needs: ApprovalsDesk,
  tx: Tx,
  about: {
    readonly seen: Found
    readonly visitor: Visitor
    readonly asked: MoveForm & { readonly move: Named }
    readonly now: Temporal.Instant
  },
): Promise<Refusal<MoveRefusal> | null> {
  const { seen, visitor, asked, now } = about
  const { approval, kind } = seen
  const { standing } = approval
  // Somebody else's order is told before its state.
  if (asked.move === 'recall' && approval.requester !== visitor.userId) return no('not-your-order')
  if (standing.state !== (asked.move === 'withdraw' ? 'approved' : 'awaiting')) {
    return no('state-changed')
  }
  if (asked.move === 'recall') return null
  const why = await mayReturn(needs, tx, visitor.userId, seen)
  if (why !== null) return no('not-eligible', { why })
  if (asked.move === 'withdraw') {
    const gave = standing.marks.some(({ userId }) => userId === visitor.userId)
    if (!gave) return no('not-eligible', { why: 'not-named' })
    if (!(await kind.mayWithdraw(tx, approval, now))) return no('already-begun')
  }
  if (asked.move === 'send-back' && asked.comment.trim() === '') return no('comment-missing')
  return null
}

async function recorded(
  needs: ApprovalsDesk,
  visitor: { readonly companyId: CompanyId; readonly userId: UserId },
  asked: MoveForm & { readonly move: Named },
  came: Came,
  work: () => Promise<Moved>,
): Promise<Moved> {
  const outcome = await work()
  if (!('refuse' in outcome)) return outcome
  const { companyId, userId } = visitor
  const { operation } = moves[asked.move]
  const facts = { approval: asked.id.slice(0, 36), ...outcome.facts }
  await noteRefusal(needs, came, { companyId, userId, operation, refusal: outcome.refuse, facts })
  return outcome
}

function no<const Reason extends MoveRefusal>(
  refuse: Reason,
  facts: Readonly<Record<string, string>> = {},
): Refusal<Reason> {
  return { refuse, facts }
}
