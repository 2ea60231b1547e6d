/**
 * 操作履歴照会 — what the browser may ask. Asking is itself an operation and is recorded, once
 * per inquiry and not for each of its pages.
 */
import { routes, type Handlers, type Routes } from '#platform/http/routes.ts'
import { contract } from './contract.ts'
import { factsOf, note, peopleFor, refusal, type HistoryRoutesNeeds } from './desk.ts'
import { csvHandler, pdfHandler } from './downloads.ts'
import { lineOf, positionText, readPosition } from './history-lines.ts'
import { inquirableDays, searchFor, seesEverybody } from './history-search.ts'
import { search } from './operation-history-store.ts'

type History = Handlers<typeof contract>

export function operationHistoryRoutes(needs: HistoryRoutesNeeds): Routes {
  const handlers: History = {
    operationHistoryChoices: choicesHandler(needs),
    searchOperationHistory: searchHandler(needs),
    operationHistoryCsv: csvHandler(needs),
    operationHistoryPdf: pdfHandler(needs),
  }
  return routes(contract, handlers)
}

function choicesHandler(needs: HistoryRoutesNeeds): History['operationHistoryChoices'] {
  const { database, administration, parameters } = needs
  return async ({ visitor, now }) => {
    const { firstDay, lastDay } = inquirableDays(now, parameters.historyDaysShown)
    const everybody = seesEverybody(visitor)
    const users = await database.asCompany(visitor.companyId, (tx) =>
      administration.usersOf(tx, visitor.companyId),
    )
    return {
      firstDay: firstDay.toString(),
      lastDay: lastDay.toString(),
      users: users
        .filter(({ id }) => everybody || id === visitor.userId)
        .map(({ id, name, loginId }) => ({ id, name, loginId })),
      everybody,
    }
  }
}

function searchHandler(needs: HistoryRoutesNeeds): History['searchOperationHistory'] {
  const operation = 'operation-history-inquiry'
  return async ({ input, ...asked }) => {
    const { after, limit = '50', ...filters } = input.query
    const { visitor, now } = asked
    const daysBack = needs.parameters.historyDaysShown
    const outcome = searchFor(visitor, filters, { now, daysBack })
    if (!outcome.granted) return refusal(needs, asked, operation, outcome.reason)

    return needs.database.asCompany(visitor.companyId, async (tx) => {
      const people = await peopleFor(needs, tx, visitor)
      const records = await search(tx, visitor.companyId, outcome.value, {
        after: after === undefined ? null : readPosition(after),
        limit: Number(limit) + 1, // one more tells whether there is a next page
      })
      const shown = records.slice(0, Number(limit))
      const more = records.length > shown.length
      if (after === undefined) {
        const facts = factsOf(filters, outcome.value, `${shown.length}${more ? '+' : ''}`)
        await note(needs, tx, asked, { operation, facts })
      }
      return {
        lines: shown.map((record) => lineOf(record, people)),
        next: more ? positionText(shown.at(-1)!) : null,
        inquiredAt: now.toString(),
      }
    })
  }
}
