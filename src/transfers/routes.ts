/** 振込振替 — what the browser may ask. The rules are in the files named after what is done. */
import { routes, refuse, type Handlers, type Routes } from '#platform/http/routes.ts'
import { confirmationOut } from './confirmation-out.ts'
import { confirmation } from './confirming.ts'
import { contract } from './contract.ts'
import { destinationsFor } from './destinations.ts'
import {
  changeDraft,
  copyTransfer,
  deleteDraft,
  ownEditable,
  saveDraft,
  type Drafted,
} from './drafting.ts'
import { followingRoutes } from './following-routes.ts'
import { formFor } from './form.ts'
import { visible } from './following.ts'
import { checkName } from './name-checking.ts'
import type { TransfersNeeds } from './needs.ts'
import { draftOf } from './plan.ts'
import { beginSubmission } from './requester-signature.ts'
import { submitTransfer } from './submitting.ts'
import type { TransferId } from './transfer.ts'
import { doneOf } from './done.ts'
import { idIn } from './ids.ts'
import { inBoth } from './words.ts'

type Answers = Handlers<typeof contract>

export function transferRoutes(needs: TransfersNeeds, kick: (id: TransferId) => void): Routes {
  return routes(contract, {
    ...enteringRoutes(needs),
    ...draftRoutes(needs),
    ...orderingRoutes(needs, kick),
    ...followingRoutes(needs),
  })
}

function enteringRoutes(
  needs: TransfersNeeds,
): Pick<Answers, 'showTransferForm' | 'listDestinations' | 'checkPayeeName'> {
  return {
    showTransferForm: ({ visitor, now }) => formFor(needs, visitor, now),
    listDestinations: ({ input, visitor }) => destinationsFor(needs, visitor, input.query),
    checkPayeeName: async ({ input, visitor, now, origin }) => {
      const { account } = input.body
      const outcome = await checkName(needs, visitor, { account, came: { now, origin } })
      return outcome.granted ? outcome.value : refuse(outcome.reason)
    },
  }
}

function draftAnswer(outcome: Drafted) {
  if (outcome.granted) return { id: outcome.value.id as string }
  if (outcome.reason !== 'draft-refused') return refuse(outcome.reason)
  const errors = outcome.faults.map(({ path, code }) => ({ path, code }))
  return refuse('draft-refused', { errors })
}

function draftRoutes(
  needs: TransfersNeeds,
): Pick<
  Answers,
  'saveTransfer' | 'changeTransfer' | 'deleteTransfer' | 'showDraft' | 'copyTransfer'
> {
  return {
    saveTransfer: async ({ input, visitor, now, origin, once }) =>
      draftAnswer(
        await saveDraft(needs, visitor, { draft: input.body, came: { now, origin } }, once!.settle),
      ),

    changeTransfer: async ({ input, visitor, now, origin }) => {
      const asked = { id: idIn(input.params), draft: input.body, came: { now, origin } }
      return draftAnswer(await changeDraft(needs, visitor, asked))
    },

    deleteTransfer: async ({ input, visitor, now, origin }) => {
      const asked = { id: idIn(input.params), came: { now, origin } }
      const outcome = await deleteDraft(needs, visitor, asked)
      return outcome.granted ? undefined : refuse(outcome.reason)
    },

    showDraft: ({ input, visitor }) =>
      needs.database.asCompany(visitor.companyId, async (tx) => {
        const own = await ownEditable(tx, visitor, idIn(input.params))
        if (!own.granted) return refuse(own.reason)
        const { id, state, returned } = own.value
        return { id, state, draft: draftOf(own.value), returned: returnedOut(state, returned) }
      }),

    copyTransfer: async ({ input, visitor, now, origin, once }) => {
      const source = await needs.database.asCompany(visitor.companyId, (tx) =>
        visible(tx, visitor, input.params.id),
      )
      if (source === null) return refuse('transfer-unknown')
      const form = await formFor(needs, visitor, now)
      const next = form.days.find(({ handling }) => handling === 'booked') ?? form.days[0]
      if (next === undefined) return refuse('nothing-to-copy')
      const day = Temporal.PlainDate.from(next.day)
      const asked = { source, day, came: { now, origin } }
      const outcome = await copyTransfer(needs, visitor, asked, once!.settle)
      return outcome.granted ? outcome.value : refuse(outcome.reason)
    },
  }
}

function returnedOut(state: string, returned: { reason: string; comment: string } | null) {
  if (returned === null) return null
  const says = inBoth(
    ({ returnedSays, reasons }) =>
      (returnedSays as Readonly<Record<string, string>>)[state]! +
      (state === 'failed'
        ? ` (${(reasons as Readonly<Record<string, string>>)[returned.reason] ?? returned.reason})`
        : ''),
  )
  return { says, comment: returned.comment }
}

function orderingRoutes(
  needs: TransfersNeeds,
  kick: (id: TransferId) => void,
): Pick<Answers, 'confirmTransfer' | 'beginSubmission' | 'submitTransfer'> {
  return {
    confirmTransfer: async ({ input, visitor, now }) => {
      const outcome = await confirmation(needs, visitor, { id: idIn(input.params), now })
      if (outcome.granted) return confirmationOut(outcome.value, visitor)
      if (outcome.reason !== 'draft-refused') return refuse(outcome.reason)
      return refuse('draft-refused', { errors: [...outcome.faults] })
    },

    beginSubmission: async ({ input, visitor, now }) => {
      const asked = { id: idIn(input.params), digest: input.body.digest, now }
      const outcome = await beginSubmission(needs, visitor, asked)
      return outcome.granted ? outcome.value : refuse(outcome.reason)
    },

    submitTransfer: async ({ input, visitor, now, origin, once }) => {
      const asked = { id: idIn(input.params), form: input.body, came: { now, origin } }
      const outcome = await submitTransfer(needs, visitor, asked, async (tx, transfer) =>
        once!.settle(tx, await doneOf(needs, tx, { transfer, visitor, now })),
      )
      if (!outcome.granted) return refusalOf(outcome)
      const { transfer } = outcome.value
      if (transfer.state === 'accepted') kick(transfer.id)
      return needs.database.asCompany(visitor.companyId, (tx) =>
        doneOf(needs, tx, { transfer, visitor, now }),
      )
    },
  }
}

type Refused = Extract<Awaited<ReturnType<typeof submitTransfer>>, { readonly granted: false }>

function refusalOf(outcome: Refused) {
  if (outcome.reason === 'draft-refused') {
    return refuse('draft-refused', { errors: [...outcome.faults] })
  }
  const { reason } = outcome
  return 'facts' in outcome ? refuse(reason, { facts: outcome.facts }) : refuse(reason)
}
