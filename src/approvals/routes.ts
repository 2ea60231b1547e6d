/** 承認 — what the browser may ask. The rules are in the files named after them. */
import type { UserId } from '#kit/ids.ts'
import { parseAccountKey, type AccountKey } from '#kit/account-number.ts'
import type { Visitor } from '#kit/visitor.ts'
import { yen } from '#kit/yen.ts'
import type { Tx } from '#platform/database/database.ts'
import { refuse, routes, type Handlers, type Routes } from '#platform/http/routes.ts'
import { movesOf, type StoredApproval } from './approvals-store.ts'
import { approve, beginApproval } from './approving.ts'
import { contract } from './contract.ts'
import { explain, explainApproval, namesOf } from './explaining.ts'
import { both, shownState, stateSays } from './explanation.ts'
import { awaitingYou, isPast, lineOf, listsFor, maySee, registerOf } from './lists.ts'
import { found, type Found } from './locking.ts'
import { bringBack, withdraw } from './moves.ts'
import type { User } from '#administration/index.ts'
import type { Approvable } from './approvable.ts'
import type { ApprovalsDesk } from './needs.ts'
import { mayReturn } from './people.ts'

type Answers = Handlers<typeof contract>

export function approvalRoutes(needs: ApprovalsDesk): Routes {
  return routes(contract, { ...reading(needs), ...approving(needs), ...returning(needs) })
}

/** null: none that this visitor may see. */
async function seenBy(
  needs: ApprovalsDesk,
  tx: Tx,
  { visitor, id }: { readonly visitor: Visitor; readonly id: string },
): Promise<Found | null> {
  const seen = await found(needs, tx, { companyId: visitor.companyId, id })
  return seen !== null && maySee(seen, visitor) ? seen : null
}

type Reading = 'listApprovals' | 'countApprovals' | 'showApproval' | 'showLimits'

function reading(
  needs: ApprovalsDesk,
): Pick<Answers, Reading | 'showRouteForm' | 'explainApproval'> {
  const { database } = needs
  return {
    listApprovals: ({ visitor, now }) =>
      database.asCompany(visitor.companyId, (tx) => listsFor(needs, tx, { visitor, now })),

    countApprovals: ({ visitor, now }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const waiting = await awaitingYou(needs, tx, visitor)
        return {
          awaitingYou: waiting.filter(({ approval }) => !isPast(approval.deadline, now)).length,
        }
      }),

    showApproval: ({ input, visitor, now }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const seen = await seenBy(needs, tx, { visitor, id: input.params.id })
        return seen === null ? refuse('approval-unknown') : show(needs, tx, { seen, visitor, now })
      }),

    showLimits: ({ input, visitor }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const seen = await seenBy(needs, tx, { visitor, id: input.params.id })
        if (seen === null) return refuse('approval-unknown')
        const { day, lines } = await needs.limitsOf.limitsFor(tx, seen.approval)
        return {
          day: day.toString(),
          lines: lines.map(({ level, limited, limit, used }) => ({
            ...{ level, limited, limit: String(limit), used: String(used) },
          })),
        }
      }),

    showRouteForm: ({ visitor }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const accounts = await needs.administration.accountsFor(tx, visitor)
        const users = await needs.administration.usersOf(tx, visitor.companyId)
        const asks = needs.approvables().flatMap((kind) => requestersOf(users, kind, visitor))
        const own = [...new Map(asks.map((user) => [user.id, user])).values()]
        return {
          accounts: accounts.map(({ key, branchName }) => ({ accountKey: key, branchName })),
          requesters: own
            .toSorted(
              (one, other) =>
                Number(other.id === visitor.userId) - Number(one.id === visitor.userId),
            )
            .map(({ id, name }) => ({ userId: id, name })),
        }
      }),

    explainApproval: ({ input, visitor }) =>
      database.asCompany(visitor.companyId, (tx) => hypothetical(needs, tx, visitor, input.query)),
  }
}

async function show(
  needs: ApprovalsDesk,
  tx: Tx,
  about: { readonly seen: Found; readonly visitor: Visitor; readonly now: Temporal.Instant },
) {
  const { seen, visitor, now } = about
  const { approval, kind } = seen
  const { standing, deadline } = approval
  const { userId: reader } = visitor
  const register = await registerOf(needs, tx, visitor)
  const { users } = register
  const explanation = await explainApproval(needs, tx, seen, { reader, users })
  const waits = standing.state === 'awaiting'
  const returns = (await mayReturn(needs, tx, reader, seen)) === null
  const gave = standing.marks.some(({ userId }) => userId === reader)
  const approved = standing.state === 'approved'
  const { nameOf } = namesOf(users)
  return {
    line: lineOf(needs, seen, { register, reader, now }),
    sheet: await kind.sheet(tx, approval),
    explanation,
    moves: (await movesOf(tx, approval)).map(({ move, by, at, comment }) => ({
      move,
      by: by === null ? null : { userId: by, name: nameOf(by) },
      at: at.toString(),
      comment,
    })),
    digest: approval.digest,
    may: {
      approve: waits && explanation.you === null && !isPast(deadline, now),
      sendBack: waits && returns,
      delete: waits && returns,
      recall: waits && approval.requester === reader,
      withdraw: approved && gave && returns && (await kind.mayWithdraw(tx, approval, now)),
    },
  }
}

async function hypothetical(
  needs: ApprovalsDesk,
  tx: Tx,
  visitor: Visitor,
  query: Parameters<Answers['explainApproval']>[0]['input']['query'],
) {
  const { companyId, userId: reader } = visitor
  const { business, paymentDay } = query
  const accounts = await needs.administration.accountsFor(tx, visitor)
  if (parseAccountKey(query.accountKey) === null) return refuse('account-unknown')
  if (!accounts.some(({ key }) => key === query.accountKey)) return refuse('account-unknown')
  const users = await needs.administration.usersOf(tx, companyId)
  const kind = needs.approvables().find((one) => one.business === business)
  // A kind of order that this bank does not offer has no requesters.
  if (kind === undefined) return refuse('requester-unknown')
  const asks = requestersOf(users, kind, visitor)
  const requester = (query.requester ?? reader) as UserId
  if (!asks.some(({ id }) => id === requester)) return refuse('requester-unknown')
  const summary = {
    amount: yen(query.amount),
    newPayees: query.newPayee === 'yes' ? 1 : 0,
    accountKey: query.accountKey as AccountKey,
    paymentDay: Temporal.PlainDate.from(paymentDay),
  }
  const explanation = await explain(needs, tx, { companyId, business, requester, summary, reader })
  return { explanation }
}

/** Oneself, and with 全取引照会 everybody who may enter such an order. */
function requestersOf(
  users: readonly User[],
  { business, rights: { seeAll } }: Approvable,
  visitor: Visitor,
): readonly User[] {
  return users.filter(
    ({ id, rights, state }) =>
      id === visitor.userId ||
      (visitor.rights.has(seeAll) &&
        state === 'active' &&
        [...rights].some((right) => right.startsWith(`${business}-request`))),
  )
}

function approving(needs: ApprovalsDesk): Pick<Answers, 'beginApproval' | 'approve'> {
  return {
    beginApproval: async ({ input, visitor, now, origin }) => {
      const asked = { id: input.params.id, digest: input.body.digest }
      const outcome = await beginApproval(needs, visitor, asked, { now, origin })
      return 'challenge' in outcome
        ? outcome.challenge
        : refuse(outcome.refuse, { facts: outcome.facts })
    },

    approve: async ({ input, visitor, now, origin, once }) => {
      const form = { id: input.params.id, ...input.body }
      const outcome = await approve(needs, visitor, form, {
        ...{ now, origin },
        settle: (tx, approval) => once.settle(tx, approvedAnswer(approval)),
      })
      return 'approval' in outcome
        ? approvedAnswer(outcome.approval)
        : refuse(outcome.refuse, { facts: outcome.facts })
    },
  }
}

function approvedAnswer({ standing }: StoredApproval) {
  const failed = standing.state === 'failed'
  return {
    state: shownState(standing),
    says: stateSays(standing),
    why: failed ? { reason: standing.reason ?? '', says: both((words) => words.failed) } : null,
  }
}

type Returning = 'sendBack' | 'deleteOrder' | 'recallOrder' | 'withdrawApproval'

function returning(needs: ApprovalsDesk): Pick<Answers, Returning> {
  const stateOf = ({ standing }: StoredApproval) => ({ state: shownState(standing) })
  return {
    sendBack: async ({ input, visitor, now, origin, once }) => {
      const asked = { id: input.params.id, ...input.body, move: 'send-back' } as const
      const settle = (tx: Tx, approval: StoredApproval) => once.settle(tx, stateOf(approval))
      const outcome = await bringBack(needs, visitor, asked, { now, origin, settle })
      if ('approval' in outcome) return stateOf(outcome.approval)
      return refuse(onlyOf('sendBack', outcome.refuse), { facts: outcome.facts })
    },
    deleteOrder: async ({ input, visitor, now, origin, once }) => {
      const asked = { id: input.params.id, ...input.body, move: 'delete' } as const
      const settle = (tx: Tx, approval: StoredApproval) => once.settle(tx, stateOf(approval))
      const outcome = await bringBack(needs, visitor, asked, { now, origin, settle })
      if ('approval' in outcome) return stateOf(outcome.approval)
      return refuse(onlyOf('deleteOrder', outcome.refuse), { facts: outcome.facts })
    },
    recallOrder: async ({ input, visitor, now, origin, once }) => {
      const asked = { id: input.params.id, ...input.body, move: 'recall' } as const
      const settle = (tx: Tx, approval: StoredApproval) => once.settle(tx, stateOf(approval))
      const outcome = await bringBack(needs, visitor, asked, { now, origin, settle })
      if ('approval' in outcome) return stateOf(outcome.approval)
      return refuse(onlyOf('recallOrder', outcome.refuse), { facts: outcome.facts })
    },
    withdrawApproval: async ({ input, visitor, now, origin, once }) => {
      const asked = { id: input.params.id, ...input.body }
      const settle = (tx: Tx, approval: StoredApproval) => once.settle(tx, stateOf(approval))
      const outcome = await withdraw(needs, visitor, asked, { now, origin, settle })
      if ('approval' in outcome) return stateOf(outcome.approval)
      return refuse(onlyOf('withdrawApproval', outcome.refuse), { facts: outcome.facts })
    },
  }
}

/** @throws where a move was refused by a name that its endpoint does not have: our own mistake */
function onlyOf<Name extends Returning>(
  name: Name,
  reason: string,
): Extract<keyof (typeof contract)[Name]['refusals'], string> {
  if (reason in contract[name].refusals) return reason as never
  throw new Error(`${name} was refused by ${reason}`)
}
