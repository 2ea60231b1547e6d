/** 振込先 — what the browser may ask. The rules are in the files named after them. */
import { isId } from '#kit/ids.ts'
import type { Right } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import { refuse, routes, type Handlers, type Refusal, type Routes } from '#platform/http/routes.ts'
import { beginSignature, complete } from './completing.ts'
import { contract, type Shown } from './contract.ts'
import { downloadPayees } from './downloading.ts'
import { groupsOf } from './groups-store.ts'
import { proposeFile } from './importing.ts'
import * as keeping from './keeping.ts'
import type { PayeesDesk } from './needs.ts'
import type { PayeeBusiness } from './payees.ts'
import { contentOf, countPayees, payeeById, type StoredPayee } from './payees-store.ts'
import { putPiece } from './proposal-store.ts'
import { proposePayee, type Refused } from './proposing.ts'
import { record, type Came } from './recording.ts'
import { searchPayees } from './searching.ts'

type Answers = Handlers<typeof contract>

const rightOf: Readonly<Record<PayeeBusiness, Right>> = {
  transfers: 'transfers-payees',
  'supplier-payments': 'supplier-payments-payees',
  payroll: 'payroll-payees',
}
const pageLength = 50
const pieceBytesMax = 150_000

export function payeeRoutes(needs: PayeesDesk): Routes {
  return routes(contract, {
    ...listRoutes(needs),
    ...proposalRoutes(needs),
    ...onePayeeRoutes(needs),
    ...groupRoutes(needs),
    ...fileRoutes(needs),
  })
}

function mayOf({ rights }: Visitor) {
  return (business: PayeeBusiness) => rights.has(rightOf[business])
}

function refusal<Reason extends string>({ refuse: reason, facts, faults }: Refused<Reason>) {
  const errors = faults?.map(({ field, code }) => ({ path: field, code }))
  return refuse(reason, { ...(facts && { facts }), ...(errors && { errors }) })
}

function shown(payee: StoredPayee): Shown {
  const { id, number: payeeNumber, changedAt } = payee
  const content = contentOf(payee)
  return {
    ...content,
    groups: [...content.groups],
    id,
    payeeNumber,
    changedAt: changedAt.toString(),
  }
}

/** The outcome of a change that answers nothing. */
function nothing<Reason extends string>(
  outcome: { granted: true } | { granted: false; reason: Reason },
): undefined | Refusal<Reason> {
  return outcome.granted ? undefined : refuse(outcome.reason)
}

interface CameWith {
  readonly visitor: Visitor
  readonly now: Came['now']
  readonly origin: Came['origin']
}

function askedBy({ visitor, now, origin }: CameWith): keeping.Asked {
  return { visitor, came: { now, origin }, may: mayOf(visitor) }
}

function listRoutes(needs: PayeesDesk): Pick<Answers, 'listPayees' | 'showPayee'> {
  const { database, parameters } = needs
  return {
    listPayees: async ({ input: { query }, visitor, now, origin }) => {
      const { business, text, group, after } = query
      if (!mayOf(visitor)(business)) return refuse('payees-right-missing')
      const { companyId } = visitor
      const filed = query.filed === 'true'
      const deletedSince = now.subtract({ hours: parameters.undoHours })
      return database.asCompany(companyId, async (tx) => {
        const found = await searchPayees(tx, {
          ...{ companyId, business, filed, limit: pageLength },
          ...(text !== undefined && { text }),
          ...(group !== undefined && { group }),
          ...(after !== undefined && { after }),
          ...(query.deleted === 'true' && { deletedSince }),
        })
        const count = await countPayees(tx, { companyId, business, filed })
        if (after === undefined) {
          const facts = { count: String(count) }
          const came = { now, origin }
          await record(needs, tx, { visitor, came, operation: 'payees-inquiry', facts })
        }
        return {
          ...{ payees: found.payees.map(shown), next: found.next, count },
          countMax: filed ? parameters.filedMax : parameters.payeesMax[business],
          undoHours: parameters.undoHours,
        }
      })
    },

    showPayee: ({ input: { params }, visitor }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const payee = await payeeById(tx, visitor.companyId, { id: params.id })
        if (payee === null || payee.deletedAt !== null) return refuse('payee-unknown')
        if (!mayOf(visitor)(payee.business)) return refuse('payees-right-missing')
        return { business: payee.business, payee: shown(payee) }
      }),
  }
}

function proposalRoutes(
  needs: PayeesDesk,
): Pick<Answers, 'proposePayee' | 'beginPayeeSignature' | 'completePayees'> {
  return {
    proposePayee: async ({ input: { body }, visitor, now, origin }) => {
      if (!mayOf(visitor)(body.business)) return refuse('payees-right-missing')
      const came = { now, origin }
      const outcome = await proposePayee(needs, visitor, { entered: body, came })
      if ('refuse' in outcome) return refusal(outcome)
      const { payee, before, duplicates, ...rest } = outcome
      return {
        ...rest,
        payee: { ...payee, groups: [...payee.groups] },
        before: before && { ...before, groups: [...before.groups] },
        duplicates: duplicates.map(({ id, label, nameKana }) => ({ id, label, nameKana })),
      }
    },

    beginPayeeSignature: async ({ input: { params }, visitor, now }) => {
      const outcome = await beginSignature(needs, visitor, { id: params.id, now })
      return outcome.granted ? outcome.value : refuse(outcome.reason)
    },

    completePayees: async ({ input: { params, body }, visitor, now, origin }) => {
      const typed = { id: params.id, ...body }
      const outcome = await complete(needs, visitor, { typed, came: { now, origin } })
      if ('refuse' in outcome) return refusal(outcome)
      return { ...outcome, at: outcome.at.toString() }
    },
  }
}

function onePayeeRoutes(needs: PayeesDesk): Pick<Answers, 'deletePayee' | 'restorePayee'> {
  return {
    deletePayee: async ({ input: { params }, ...call }) =>
      nothing(await keeping.deletePayee(needs, askedBy(call), params.id)),
    restorePayee: async ({ input: { params }, ...call }) =>
      nothing(await keeping.restorePayee(needs, askedBy(call), params.id)),
  }
}

function groupRoutes(
  needs: PayeesDesk,
): Pick<
  Answers,
  | 'listPayeeGroups'
  | 'makePayeeGroup'
  | 'renamePayeeGroup'
  | 'deletePayeeGroup'
  | 'changePayeeGroupMembers'
> {
  return {
    listPayeeGroups: async ({ input: { query }, visitor }) => {
      const { companyId } = visitor
      const { business } = query
      if (!mayOf(visitor)(business)) return refuse('payees-right-missing')
      const groups = await needs.database.asCompany(companyId, (tx) =>
        groupsOf(tx, { companyId, business }),
      )
      return { groups: groups.map(({ id, name, count }) => ({ id, name, count })) }
    },

    makePayeeGroup: async ({ input: { body }, once, ...call }) => {
      if (!mayOf(call.visitor)(body.business)) return refuse('payees-right-missing')
      const settle: Parameters<typeof keeping.makeGroup>[2]['settle'] = (tx, group) =>
        once.settle(tx, group)
      const outcome = await keeping.makeGroup(needs, askedBy(call), { ...body, settle })
      return outcome.granted ? { ...outcome.value } : refuse(outcome.reason)
    },

    renamePayeeGroup: async ({ input: { params, body }, ...call }) =>
      nothing(await keeping.renameGroup(needs, askedBy(call), { id: params.id, name: body.name })),

    deletePayeeGroup: async ({ input: { params }, ...call }) =>
      nothing(await keeping.deleteGroup(needs, askedBy(call), params.id)),

    changePayeeGroupMembers: async ({ input: { params, body }, ...call }) =>
      nothing(await keeping.changeMembers(needs, askedBy(call), { id: params.id, ...body })),
  }
}

function fileRoutes(
  needs: PayeesDesk,
): Pick<Answers, 'putPayeeFilePiece' | 'proposePayeeFile' | 'downloadPayees'> {
  return {
    putPayeeFilePiece: async ({ input: { params, body }, visitor, now }) => {
      const { companyId, userId } = visitor
      const bytes = Buffer.from(body.bytes, 'base64')
      const isPiece = isId(params.id) && bytes.length > 0 && bytes.length <= pieceBytesMax
      if (!isPiece) return refuse('upload-malformed')
      const upload = { companyId, userId, uploadId: params.id }
      await needs.database.asCompany(companyId, (tx) =>
        putPiece(tx, upload, { place: body.place, bytes }, now),
      )
      return undefined
    },

    proposePayeeFile: async ({ input: { body }, visitor, now, origin }) => {
      if (!mayOf(visitor)(body.business)) return refuse('payees-right-missing')
      const outcome = await proposeFile(needs, visitor, { asked: body, came: { now, origin } })
      if ('refuse' in outcome) return refusal(outcome)
      const { first, faults, groupsNew, ...rest } = outcome
      return {
        ...rest,
        ...{ faults: [...faults], groupsNew: [...groupsNew] },
        first: first.map((content) => ({ ...content, groups: [...content.groups] })),
      }
    },

    downloadPayees: async ({ input: { query }, visitor, now, origin }) => {
      if (!mayOf(visitor)(query.business)) return refuse('payees-right-missing')
      return downloadPayees(needs, visitor, { ...query, came: { now, origin } })
    },
  }
}
