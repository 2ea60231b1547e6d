/**
 * Orders and what they stand on: 金融機関マスタ, 手数料, 振込先, 承認, 振込振替, each given what it needs
 * of the others' doors. A part of main.ts; there are no rules here.
 */
import type { Administration } from '#administration/index.ts'
import { limitUse } from '#administration/index.ts'
import { createApprovals } from '#approvals/index.ts'
import { createBankDirectory } from '#bank-directory/index.ts'
import { createFees } from '#fees/index.ts'
import type { Identity } from '#identity/index.ts'
import type { AccountNumber } from '#kit/account-number.ts'
import { createOrderNews, type OrderNewsNeeds } from '#order-news.ts'
import { operationHistory } from '#operation-history/index.ts'
import type { Calendar } from '#outside/calendar/port.ts'
import type { CoreBanking } from '#outside/core-banking/port.ts'
import type { ZenginNet } from '#outside/zengin-net/port.ts'
import { createPayees } from '#payees/index.ts'
import type { Database } from '#platform/database/database.ts'
import type { Settings } from '#settings.ts'
import type { Signing } from '#token/index.ts'
import { createTransfers, type TransferParameters, type Transfers } from '#transfers/index.ts'

export interface OrdersNeeds extends Omit<OrderNewsNeeds, 'administration'> {
  readonly settings: Settings
  readonly database: Database
  readonly administration: Administration
  readonly coreBanking: CoreBanking
  readonly zenginNet: ZenginNet
  readonly calendar: Calendar
  readonly signing: Signing
  readonly identity: Pick<Identity, 'confirmationPassword'>
  /** 支店 of our own, and other banks that only this bank knows. */
  readonly places: Parameters<typeof createBankDirectory>[0]['own']
}

export function createOrders(needs: OrdersNeeds) {
  const { settings, database, administration, coreBanking, zenginNet, signing, identity } = needs
  const { parameters, log, clock } = settings
  const { bankCode } = parameters
  const history = operationHistory
  const news = createOrderNews(needs)
  const directory = createBankDirectory({ database, own: needs.places })
  const fees = createFees({ database, administration })
  const { lookupsWithoutTransferMax, noSuchAccountMax, remindHours } = parameters.transfers
  const payees = createPayees({
    ...{ database, administration, directory, signing, history, zenginNet, bankCode },
    ...{ core: coreBanking, tell: news.payees },
    parameters: { lookupsWithoutTransferMax, noSuchAccountMax },
    log: (message, facts) => log.warn(facts, message),
  })
  const approvals = createApprovals({
    ...{ database, administration, history, signing, identity, tell: news.approvals },
    approvables: () => [transfers.approvable],
    limitsOf: {
      limitsFor: async (tx, order) => {
        const found = await transfers.limitsOf(tx, order)
        if (found === null) throw new Error(`the order ${order.orderId} is not there`)
        return found
      },
    },
    parameters: { remindHours },
  })
  const transfers: Transfers = createTransfers({
    ...{ database, administration, approvals, directory, fees, payees, signing, history, clock },
    ...{ limits: limitUse, confirmationPassword: identity.confirmationPassword },
    ...{ calendar: needs.calendar, core: coreBanking, zenginNet, tell: news.transfers },
    parameters: transferParameters(settings),
    log: (message, facts) => log.warn(facts, message),
  })
  return { directory, fees, payees, approvals, transfers }
}

function transferParameters({ parameters }: Settings): TransferParameters {
  const { bankCode, bankNameKana, branchNamesKana, bankName: ja, bankNameEnglish: en } = parameters
  return {
    ...parameters.transfers,
    ...{ bankCode, bankNameKana, bankNames: { ja, en } },
    branchNameOf: (code) => branchNamesKana[code] ?? '',
    leaseSeconds: 60,
    followUpMilliseconds: [2_500, 2_500, 5_000, 10_000],
  }
}

/** Ourselves, as the parameters name us; more by `npm run bank -- banks set FILE`. */
export function ownPlaces(parameters: Settings['parameters']): OrdersNeeds['places'] {
  const { bankCode, bankName: name, bankNameKana: kana, branchNamesKana } = parameters
  return {
    banks: [{ code: bankCode, name, kana }],
    branches: Object.entries(branchNamesKana).map(([code, branch]) => ({
      ...{ bankCode, code, name: branch, kana: branch },
    })),
  }
}

/** At every start, before anybody asks: what the rooms stand on, and the bank's own accounts. */
export async function prepareOrders(
  { parameters, clock }: Pick<Settings, 'parameters' | 'clock'>,
  {
    calendar,
    directory,
    fees,
    coreBanking,
  }: Pick<ReturnType<typeof createOrders>, 'directory' | 'fees'> & {
    readonly calendar: { seed(): Promise<void> }
    readonly coreBanking: Pick<CoreBanking, 'openAccount'>
  },
): Promise<void> {
  await calendar.seed()
  await directory.load(clock.now())
  await fees.seed()
  const own: readonly AccountNumber[] = Object.values(parameters.transfers.accounts)
  for (const account of own) {
    // oxlint-disable-next-line no-await-in-loop -- two of them, at the start
    await coreBanking.openAccount({ account, holderKana: 'ﾏﾄﾞｸﾞﾁｷﾞﾝｺｳ', overdraftLimit: null })
  }
}
