/**
 * Bank parameters — what differs between banks, with the defaults of internet-banking.md §12.
 *
 * A bank overrides any of them by a JSON file named in BANK_PARAMETERS. An unknown name in the
 * file is a mistake, for a misspelt limit would otherwise silently keep its default.
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { rights } from '#kit/rights.ts'

const count = z.number().int().min(1).max(1_000_000)

/** 利用一時停止 after some errors in a row, 利用停止 after more. */
const lock = z
  .strictObject({
    consecutiveMax: count.default(5), // errors in a row: 利用一時停止
    pauseMinutes: count.default(30),
    cumulativeMax: count.default(10), // errors since the last right password: 利用停止
  })
  .refine(({ consecutiveMax, cumulativeMax }) => consecutiveMax < cumulativeMax, {
    error: 'cumulativeMax must be larger than consecutiveMax',
  })

const minutes = z.number().int().min(1).max(10)

/** トランザクション認証 (camera-token.md A5-A9). */
const tokens = z.strictObject({
  failsMax: count.max(5).default(5), // wrong codes in a row: トークンの利用停止
  triesPerCode: count.max(5).default(3),
  challengeMinutes: minutes.default(5), // 制限時間 of a 2D code; ten at most (ASVS 6.5.5)
  activationMinutes: minutes.default(10),
  /** 「あとで登録する」 so many days after the user was registered; 0: never. */
  skippableDays: z.number().int().min(0).max(365).default(30),
  /** Who holds one of these registers a token at the login; null: the usual ones. */
  rightsNeedingToken: z.array(z.enum(rights)).nullable().default(null),
  softwareTokens: z
    .strictObject({
      taken: z.boolean().default(false), // the demo always takes them
      amountCapYen: z
        .string()
        .regex(/^\d{1,14}$/, 'is not an amount in whole yen, as text')
        .nullable()
        .default(null),
      voucherHours: count.default(24),
    })
    .prefault({}),
})

const days = z.number().int().min(1).max(3_660)

/** 電子証明書 (internet-banking.md §1.5). */
const certificates = z.strictObject({
  validityDays: days.default(365),
  renewableDays: days.default(40), // before the end: from here on it can be renewed
  mailDays: z.array(days).default([40, 10]), // 有効期限のお知らせ
  authenticationMinutes: count.max(60).default(15),
  ticketSeconds: count.max(600).default(60),
  letterCodeDays: days.default(90), // 電子証明書発行コード
  letterCodeTries: count.max(10).default(5),
  listDays: days.default(7), // 失効一覧 of the issuing CA
  rootListDays: days.default(90),
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time such as 08:30')
const openHours = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from < to, { error: 'to must be later than from' })

const account = z.strictObject({
  branchCode: z.string().regex(/^\d{3}$/),
  kind: z.enum(['ordinary', 'current', 'savings']),
  number: z.string().regex(/^\d{7}$/),
})
const asks = (token: boolean) =>
  z.strictObject({ password: z.boolean().default(true), token: z.boolean().default(token) })
const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'is no MM-DD')

/** 振込振替 (internet-banking.md §4.4-4.5, §6.5, §12). */
const transfers = z.strictObject({
  itemsMax: count.max(10).default(10), // 振込先 per order
  nameCheckUsed: z.boolean().default(true), // 口座確認機能
  lookupsWithoutTransferMax: count.default(10), // 入金先口座確認停止
  noSuchAccountMax: count.default(5),
  daysShown: days.default(90), // 取引状況照会
  draftDays: days.default(70), // 保存中, after the last change
  remindHours: count.max(720).default(24), // before 承認期限
  accounts: z
    .strictObject({
      settlement: account.default({ branchCode: '900', kind: 'current', number: '0000009' }), // 為替決済
      fees: account.default({ branchCode: '900', kind: 'current', number: '0000004' }), // 受入手数料
    })
    .prefault({}),
  /** Which confirmation each way of ordering asks. */
  asks: z
    .strictObject({
      typed: asks(true).prefault({}), // 都度指定, carried out without an approval
      filed: asks(false).prefault({}), // 事前登録 and 振替, without an approval
      withApproval: asks(false).prefault({}), // 確定; the approver signs
    })
    .prefault({}),
  window: z
    .strictObject({
      coreTime: openHours.default({ from: '08:30', to: '15:30' }), // 全銀コアタイム
      moreTime: z
        .strictObject({
          used: z.boolean().default(true), // モアタイム
          until: time.default('23:50'), // the last moment for 当日扱い
          closed: z
            .array(z.strictObject({ from: dayOfYear, to: dayOfYear }))
            .default([{ from: '01-01', to: '01-03' }]),
        })
        .prefault({}),
      bookableBusinessDays: count.max(250).default(7), // 予約可能期間
      bookedAt: time.default('08:30'), // 予約 are carried out from then on
    })
    .prefault({}),
})

const Parameters = z.strictObject({
  bankCode: z
    .string()
    .regex(/^\d{4}$/)
    .default('9999'), // 金融機関コード
  bankName: z.string().min(1).default('まどぐち銀行'),
  bankNameEnglish: z.string().min(1).default('Madoguchi Bank'),
  bankNameKana: z.string().min(1).default('ﾏﾄﾞｸﾞﾁ'),
  loginLock: lock.prefault({}), // ログインパスワード
  confirmationLock: lock.prefault({}), // 確認用パスワード
  /** 変更後の注意期間 after a certificate was issued anew or a token registered anew; 0: none. */
  coolDownHours: z.number().int().min(0).max(720).default(24),
  tokens: tokens.prefault({}),
  certificates: certificates.prefault({}),
  transfers: transfers.prefault({}),
  /** サービス時間 from Monday to Sunday, in Japan's time; null for a day without service. */
  serviceHours: z
    .union([z.literal('always'), z.array(openHours.nullable()).length(7)])
    .default('always'),
  sessionWarningMinutes: count.default(2), // shown so long before the idle limit
  historyDaysShown: count.default(100), // 操作履歴照会
  historyPdfLinesMax: count.default(10_000), // a longer one is taken as CSV
  statementMonthsShown: count.default(13), // 入出金明細照会
  statementPdfLinesMax: count.default(10_000), // a longer one is taken as CSV
  /** 支店名 in half-width kana by 支店番号, as the 全銀 files name them. */
  branchNamesKana: z
    .record(z.string().regex(/^\d{3}$/), z.string().max(15))
    .default({ '101': 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ', '102': 'ﾁﾕｳｵｳ', '103': 'ﾐﾅﾄ' }),
})
export type BankParameters = z.output<typeof Parameters>

export const defaultBankParameters: BankParameters = Parameters.parse({})

export type ReadBankParameters =
  | { readonly parameters: BankParameters }
  | { readonly mistakes: readonly string[] }

/** @param file JSON with any of the parameters, or null for the defaults */
export function readBankParameters(file: string | null): ReadBankParameters {
  if (file === null) return { parameters: defaultBankParameters }
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (fault) {
    return { mistakes: [`BANK_PARAMETERS ${file} cannot be read: ${(fault as Error).message}`] }
  }
  const read = Parameters.safeParse(json)
  if (read.success) return { parameters: read.data }
  return {
    mistakes: read.error.issues.map(({ path, message }) =>
      `BANK_PARAMETERS ${file}: ${path.join('.')} ${message}`.trim(),
    ),
  }
}
