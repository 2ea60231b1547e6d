/** 取引状況照会・取消 — lists, one order, its paper, 引戻し and 予約取消. */
import type { Visitor } from '#kit/visitor.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { renderPdf } from '#platform/pdf/render.ts'
import { refuse, type Handlers } from '#platform/http/routes.ts'
import { cancelTransfer, recallTransfer } from './cancelling.ts'
import { passwordFirst } from './password-first.ts'
import type { contract } from './contract.ts'
import { detailOf, lineOf, namesFor, visible } from './following.ts'
import { listed, type ListAsked } from './lists-store.ts'
import type { TransfersNeeds } from './needs.ts'
import { orderPaper } from './paper.ts'
import { record } from './recording.ts'
import { idIn } from './ids.ts'
import { wordsIn } from './words.ts'

type Answers = Handlers<typeof contract>
type Query = Parameters<Answers['listTransfers']>[0]['input']['query']

const perPage = 50

export function followingRoutes(
  needs: TransfersNeeds,
): Pick<
  Answers,
  'listTransfers' | 'showTransfer' | 'recallTransfer' | 'cancelTransfer' | 'printTransfer'
> {
  return { ...listRoutes(needs), ...undoingRoutes(needs), ...paperRoutes(needs) }
}

function listRoutes(needs: TransfersNeeds): Pick<Answers, 'listTransfers' | 'showTransfer'> {
  return {
    listTransfers: ({ input, visitor, now, origin }) =>
      needs.database.asCompany(visitor.companyId, async (tx) => {
        const { query } = input
        const asked = listAsked(needs, { visitor, query, now })
        const found = await listed(tx, asked)
        const page = found.slice(0, perPage)
        const names = await namesFor(needs, tx, visitor)
        const transfers = []
        for (const transfer of page) {
          transfers.push(await lineOf(needs, tx, { transfer, visitor, names, now }))
        }
        const came = { now, origin }
        const facts = { lines: String(page.length) }
        // Reading one's own drafts is the beginning of work, not an inquiry.
        if (query.show === 'all' && query.after === undefined) {
          await record(needs, tx, { visitor, came, operation: 'transfers-inquiry', facts })
        }
        const last = page.at(-1)
        const more = found.length > perPage && last !== undefined
        const next = more ? `${last.paymentDay.toString()}_${last.id}` : null
        return { transfers, next, daysShown: needs.parameters.daysShown }
      }),

    showTransfer: ({ input, visitor, now }) =>
      needs.database.asCompany(visitor.companyId, async (tx) => {
        const transfer = await visible(tx, visitor, input.params.id)
        if (transfer === null) return refuse('transfer-unknown')
        const names = await namesFor(needs, tx, visitor)
        return detailOf(needs, tx, { transfer, visitor, names, now })
      }),
  }
}

function undoingRoutes(needs: TransfersNeeds): Pick<Answers, 'recallTransfer' | 'cancelTransfer'> {
  return {
    recallTransfer: async ({ input, visitor, now, origin }) => {
      const asked = { id: idIn(input.params), came: { now, origin } }
      const outcome = await recallTransfer(needs, visitor, asked)
      return outcome.granted ? { state: 'recalled' as const } : refuse(outcome.reason)
    },

    cancelTransfer: async ({ input, visitor, now, origin, once }) => {
      const came = { now, origin }
      const { confirmationPassword } = input.body
      const checked = await passwordFirst(needs, visitor, { confirmationPassword, came })
      if (!checked.granted) return refuse(checked.reason, { facts: checked.facts })
      const asked = { id: idIn(input.params), came }
      const answer = { state: 'cancelled' as const }
      const outcome = await cancelTransfer(needs, visitor, asked, (tx) => once!.settle(tx, answer))
      return outcome.granted ? answer : refuse(outcome.reason)
    },
  }
}

function paperRoutes(needs: TransfersNeeds): Pick<Answers, 'printTransfer'> {
  return {
    printTransfer: async ({ input, visitor, now, origin }) => {
      const detail = await needs.database.asCompany(visitor.companyId, async (tx) => {
        const transfer = await visible(tx, visitor, input.params.id)
        if (transfer === null) return null
        const names = await namesFor(needs, tx, visitor)
        const facts = { receiptNumber: transfer.ordered?.receiptNumber ?? '' }
        const came = { now, origin }
        await record(needs, tx, { visitor, came, operation: 'transfer-printed', facts })
        return detailOf(needs, tx, { transfer, visitor, names, now })
      })
      if (detail === null) return refuse('transfer-unknown')
      const { language } = origin
      const { line, sheet, steps } = detail
      const { bankNames } = needs.parameters
      const paper = { sheet, steps, state: line.stateSays, language, bankName: bankNames[language] }
      const receiptNumber = line.receiptNumber ?? line.id.slice(0, 8)
      return {
        fileName: `${wordsIn(language).print.fileName({ receiptNumber })}.pdf`,
        mediaType: 'application/pdf',
        body: renderPdf(orderPaper(paper)),
      }
    },
  }
}

function listAsked(
  { parameters }: Pick<TransfersNeeds, 'parameters'>,
  { visitor, query, now }: { visitor: Visitor; query: Query; now: Temporal.Instant },
): ListAsked {
  const { companyId, userId, rights } = visitor
  const { show, states = null, from, to, accountKey = null, text, after } = query
  const earliest = dayInJapan(now).subtract({ days: parameters.daysShown })
  const asked = from === undefined ? null : Temporal.PlainDate.from(from)
  const first = asked === null || Temporal.PlainDate.compare(asked, earliest) < 0 ? earliest : asked
  const seesAll = rights.has('transfers-see-all') || rights.has('transfers-approve')
  return {
    ...{ companyId, show, states, accountKey, limit: perPage + 1 },
    of: show !== 'all' || !seesAll ? userId : null,
    from: show === 'all' ? first : null,
    to: to === undefined ? null : Temporal.PlainDate.from(to),
    text: text === undefined || text.trim() === '' ? null : text.trim(),
    after: after === undefined ? null : positionIn(after),
  }
}

function positionIn(after: string): ListAsked['after'] {
  const found = /^(\d{4}-\d\d-\d\d)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after)
  return found === null ? null : { day: found[1]!, id: found[2]! }
}
