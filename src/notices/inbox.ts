/** 通知 — messages within the counter: told in the caller's transaction, shown at the bell. */
import { isId, newId, type CompanyId, type UserId } from '#kit/ids.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { routes, type Routes } from '#platform/http/routes.ts'
import { messageContract, type MessageKind } from './contract.ts'
import { createMessageWatch } from './message-watch.ts'
import * as store from './message-store.ts'
import { storedFacts, type MailFacts } from './mails-text.ts'

export interface MessageNeeds {
  readonly database: Pick<Database, 'asCompany' | 'asBank'>
  /** Told what the watch over new messages could not see. */
  readonly reportFault: (fault: unknown) => void
  /** How often all streams together look for what is new; 1,500 when left out. */
  readonly lookEveryMilliseconds?: number
}

/** The facts are those of the mail of the same name. */
export interface NewMessage<Kind extends MessageKind> {
  readonly companyId: CompanyId
  readonly userIds: readonly UserId[] // each told once
  readonly kind: Kind
  readonly facts: MailFacts[Kind]
  readonly path: string // the screen that shows it, `/approvals/0193…`
}

export interface Messages {
  /** Tells these users. As the company or as the bank; seen when the transaction is committed. */
  tell<Kind extends MessageKind>(
    tx: Tx,
    message: NewMessage<Kind>,
    now: Temporal.Instant,
  ): Promise<void>
  /** Forgets what is older than 100 days. Runs as the bank. */
  purge(tx: Tx, now: Temporal.Instant): Promise<void>
  readonly routes: Routes
}

const keptHours = 100 * 24
const shown = 30
const resumedMax = 100

export function createMessages(needs: MessageNeeds): Messages {
  const { database, reportFault, lookEveryMilliseconds = 1_500 } = needs
  const watch = createMessageWatch({
    look: () => database.asBank(store.storedLately),
    everyMilliseconds: lookEveryMilliseconds,
    fault: reportFault,
  })
  return {
    async tell(tx, { companyId, userIds, kind, facts, path }, now) {
      for (const userId of new Set(userIds)) {
        const id = newId<'message'>(now.epochMilliseconds)
        const row = { id, companyId, userId, kind, facts: storedFacts(facts), path, at: now }
        await store.insertMessage(tx, row)
      }
    },
    purge: (tx, now) => store.deleteMessages(tx, keptSince(now)),
    routes: routes(messageContract, {
      listMessages: ({ visitor, now }) =>
        database.asCompany(visitor.companyId, async (tx) => {
          const since = keptSince(now)
          const found = await store.latestFor(tx, visitor, { since, count: shown })
          return {
            messages: found.map(({ at, kind, ...rest }) => ({
              ...rest,
              kind: kind as MessageKind,
              at: at.toString(),
            })),
            unread: await store.unreadMessages(tx, visitor, since),
          }
        }),

      readMessages: ({ input, visitor, now }) =>
        database.asCompany(visitor.companyId, async (tx) => {
          await store.markMessagesRead(tx, visitor, input.body.ids, now)
          return { unread: await store.unreadMessages(tx, visitor, keptSince(now)) }
        }),

      streamMessages: async ({ visitor }) => ({
        async open(tell, lastEventId) {
          const told = new Set<string>()
          const tellOnce = ({ id, kind }: store.Told) => {
            if (told.has(id)) return
            told.add(id)
            tell({ id, event: 'message', data: { id, kind } })
          }
          // Listening first: nothing falls between what was missed and what comes.
          const leave = await watch.listen(visitor.userId, tellOnce)
          if (lastEventId === null || !isId(lastEventId)) return leave
          try {
            const resumed = { last: lastEventId, count: resumedMax }
            const missed = await database.asCompany(visitor.companyId, (tx) =>
              store.storedAfter(tx, visitor, resumed),
            )
            for (const one of missed) tellOnce(one)
            return leave
          } catch (fault) {
            leave()
            throw fault
          }
        },
      }),
    }),
  }
}

const keptSince = (now: Temporal.Instant) => now.subtract({ hours: keptHours })
