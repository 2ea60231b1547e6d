/** カメラ付きトークン — what the browser may ask. The rules are in the files named after them. */
import type { ConfirmationPassword, Identity } from '#identity/index.ts'
import type { Visitor } from '#kit/visitor.ts'
import { tokenCodeOf } from '#kit/ctp1/message.ts'
import type { UserId } from '#kit/ids.ts'
import type { Operation } from '#kit/operations.ts'
import type { Tx } from '#platform/database/database.ts'
import { refuse, routes, type Call, type Handlers, type Routes } from '#platform/http/routes.ts'
import { contract } from './contract.ts'
import { holdingsOf, markCautionSeen, type Holding } from './holdings-store.ts'
import { instanceHeldBy } from './instances-store.ts'
import { carryOut, operations } from './managing.ts'
import { judgeAction, tokenActions, type TokenAction } from './managing-rules.ts'
import { takeEight, takeTwelve, type CodeNeeds } from './registration-codes.ts'
import {
  postpone,
  registrationState,
  share,
  start,
  type Came,
  type Refused,
} from './registration.ts'
import { forgetRegistration } from './registration-store.ts'
import { recordSuspension } from './suspension.ts'

export interface RouteNeeds extends CodeNeeds {
  readonly identity: {
    readonly nextStep: Identity['nextStep']
    readonly confirmationPassword: ConfirmationPassword
  }
}

type Answers = Handlers<typeof contract>

export function tokenRoutes(needs: RouteNeeds): Routes {
  return routes(contract, {
    ...registrationRoutes(needs),
    ...codeRoutes(needs),
    ...managingRoutes(needs),
  })
}

type RegistrationAnswers =
  | 'showTokenRegistration'
  | 'startTokenRegistration'
  | 'shareToken'
  | 'restartTokenRegistration'
  | 'skipTokenRegistration'

function registrationRoutes(needs: RouteNeeds): Pick<Answers, RegistrationAnswers> {
  /** Runs `work` where the registration is the step that is next, then tells where it stands. */
  const inTurn = (
    { visitor, ...came }: Pick<Call<(typeof contract)['shareToken']>, 'visitor' | 'now' | 'origin'>,
    work: (tx: Tx) => Promise<Refused<string> | null>,
  ) =>
    needs.database.asCompany(visitor.companyId, async (tx) => {
      const notDue = await whyNotDue(needs, tx, visitor, came.now)
      if (notDue !== null) return refuse(notDue)
      const refused = await work(tx)
      if (refused === null) return registrationState(needs, tx, visitor, came.now)
      const reason = refused.refuse
      await recordRefusal(needs, tx, { visitor, operation: 'token-registration', reason, came })
      return refuse(reason as never)
    })

  return {
    showTokenRegistration: (call) => inTurn(call, async () => null),
    startTokenRegistration: (call) =>
      inTurn(call, (tx) => {
        const { visitor, input, now } = call
        return start(needs, tx, { visitor, typed: input.body, now })
      }),
    shareToken: (call) =>
      inTurn(call, (tx) => {
        const { visitor, input, now } = call
        return share(needs, tx, { visitor, tokenCode: input.body.tokenCode, now })
      }),
    restartTokenRegistration: (call) =>
      inTurn(call, async (tx) => {
        await forgetRegistration(tx, call.visitor.userId)
        return null
      }),
    skipTokenRegistration: ({ visitor, ...came }) =>
      needs.database.asCompany(visitor.companyId, async (tx) => {
        const notDue = await whyNotDue(needs, tx, visitor, came.now)
        if (notDue !== null) return refuse(notDue)
        const refused = await postpone(needs, tx, { visitor, came })
        return refused === null ? undefined : refuse(refused.refuse)
      }),
  }
}

type CodeAnswers = 'authenticateToken' | 'completeTokenRegistration' | 'acknowledgeTokenCaution'

/** The codes are judged in transactions of their own: a wrong one stays counted. */
function codeRoutes(needs: RouteNeeds): Pick<Answers, CodeAnswers> {
  const { database, identity } = needs
  return {
    authenticateToken: async ({ visitor, input, ...came }) => {
      const notDue = await outside(needs, visitor, came.now)
      if (notDue !== null) return refuse(notDue)
      const { authenticationCode: code } = input.body
      const refused = await takeTwelve(needs, { visitor, code, came })
      if (refused !== null) return refuse(refused.refuse, { facts: refused.facts ?? {} })
      return database.asCompany(visitor.companyId, (tx) =>
        registrationState(needs, tx, visitor, came.now),
      )
    },

    completeTokenRegistration: async ({ visitor, input, ...came }) => {
      const notDue = await outside(needs, visitor, came.now)
      if (notDue !== null) return refuse(notDue)
      const { transactionCode: code, activated } = input.body
      const refused = await takeEight(needs, { visitor, code, activated, came })
      return refused === null ? undefined : refuse(refused.refuse, { facts: refused.facts ?? {} })
    },

    acknowledgeTokenCaution: ({ visitor, now }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        if ((await identity.nextStep(tx, visitor, now)) === null) return refuse('session-over')
        await markCautionSeen(tx, visitor.userId, now)
        return undefined
      }),
  }
}

function outside(needs: RouteNeeds, visitor: Visitor, now: Temporal.Instant) {
  return needs.database.asCompany(visitor.companyId, (tx) => whyNotDue(needs, tx, visitor, now))
}

/** The order of the steps after login is kept here too: no registration before the password. */
async function whyNotDue(
  { identity }: RouteNeeds,
  tx: Tx,
  visitor: Visitor,
  now: Temporal.Instant,
): Promise<'session-over' | 'token-registration-not-due' | null> {
  const next = await identity.nextStep(tx, visitor, now)
  if (next === null) return 'session-over'
  return next === 'token-registration' ? null : 'token-registration-not-due'
}

type ManagingAnswers =
  | 'listTokens'
  | 'resetToken'
  | 'detachToken'
  | 'releaseToken'
  | 'suspendOwnToken'

function managingRoutes(needs: RouteNeeds): Pick<Answers, ManagingAnswers> {
  const { database } = needs
  return {
    listTokens: ({ visitor }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        if (visitor.role === 'general') return refuse('administrator-required')
        return { tokens: await lines(needs, tx, visitor) }
      }),
    resetToken: (call) => manage(needs, 'reset', call),
    detachToken: (call) => manage(needs, 'detach', call),
    releaseToken: (call) => manage(needs, 'release', call),

    suspendOwnToken: ({ visitor, ...came }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const instance = await instanceHeldBy(tx, visitor)
        if (instance === null) return refuse('token-missing')
        const { companyId, userId } = visitor
        const signer = { companyId, userId }
        await recordSuspension(needs, tx, { signer, instance, came, as: 'by-user' })
        return undefined
      }),
  }
}

async function lines({ administration, parameters }: RouteNeeds, tx: Tx, visitor: Visitor) {
  const holdings = await holdingsOf(tx, visitor.companyId, parameters)
  const users = new Map(
    (await administration.usersOf(tx, visitor.companyId)).map((user) => [user.id, user]),
  )
  return holdings.map((holding) => {
    const { userId, serial, handle, since, instanceId } = holding
    const about = { actor: visitor, target: userId, holdings }
    return {
      userId,
      userName: users.get(userId)?.name ?? '',
      loginId: users.get(userId)?.loginId ?? '',
      tokenCode: tokenCodeOf(handle),
      serial,
      state: stateOf(holding),
      shared: holdings.filter((other) => other.instanceId === instanceId).length > 1,
      registeredAt: since.toString(),
      may: tokenActions.filter((action) => judgeAction(action, about).granted),
    }
  })
}

function stateOf({ suspended, state }: Holding) {
  return suspended ? ('suspended' as const) : state
}

type ManageCall = Pick<
  Call<(typeof contract)['detachToken']>,
  'visitor' | 'input' | 'now' | 'origin'
>

/** The rules first, then 確認用パスワード, then the rules again on what is stored by then. */
async function manage<Action extends TokenAction>(
  needs: RouteNeeds,
  action: Action,
  { visitor, input, ...came }: ManageCall,
) {
  const { database, identity } = needs
  const { companyId, userId, userName: name } = visitor
  const judge = async (tx: Tx) =>
    judgeAction(action, {
      actor: visitor,
      target: input.params.userId as UserId,
      holdings: await holdingsOf(tx, companyId, needs.parameters),
    })
  const refusedWith = async (tx: Tx, reason: string) => {
    await recordRefusal(needs, tx, { visitor, operation: operations[action], reason, came })
    return refuse(reason as never)
  }
  const before = await database.asCompany(companyId, async (tx) => {
    const judged = await judge(tx)
    return judged.granted ? null : refusedWith(tx, judged.reason)
  })
  if (before !== null) return before
  const confirmed = await identity.confirmationPassword.check(
    visitor,
    input.body.confirmationPassword,
    came,
  )
  if (!confirmed.granted) {
    const { reason, facts } = confirmed
    await database.asCompany(companyId, (tx) => refusedWith(tx, reason))
    return refuse(reason, { facts })
  }
  return database.asCompany(companyId, async (tx) => {
    const judged = await judge(tx)
    if (!judged.granted) return refusedWith(tx, judged.reason)
    const actor = { companyId, userId, name }
    await carryOut(needs, tx, { action, holding: judged.value, actor, came })
    return undefined
  })
}

async function recordRefusal(
  { history }: RouteNeeds,
  tx: Tx,
  {
    visitor: { companyId, userId },
    came: { now: at, origin },
    ...said
  }: { visitor: Visitor; operation: Operation; reason: string; came: Came },
): Promise<void> {
  await history.record(tx, { at, companyId, userId, ...said, result: 'refused', origin })
}
