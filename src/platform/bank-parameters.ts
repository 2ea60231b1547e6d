/**
 * Bank parameters — what differs between banks, with the defaults of internet-banking.md §12.
 *
 * A bank overrides any of them by a JSON file named in BANK_PARAMETERS. An unknown name in the
 * file is a mistake, for a misspelt limit would otherwise silently keep its default.
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'

const count = z.number().int().min(1).max(1_000_000)

/** 利用一時停止 after some errors in a row, 利用停止 after more. */
const lock = z
  .strictObject({
    suspendAfter: count.default(5), // 利用一時停止
    suspendMinutes: count.default(30),
    stopAfter: count.default(10), // 利用停止
  })
  .refine(({ suspendAfter, stopAfter }) => suspendAfter < stopAfter, {
    error: 'stopAfter must be larger than suspendAfter',
  })

const Parameters = z.strictObject({
  bankCode: z
    .string()
    .regex(/^\d{4}$/)
    .default('9999'), // 金融機関コード
  bankName: z.string().min(1).default('まどぐち銀行'),
  bankNameKana: z.string().min(1).default('ﾏﾄﾞｸﾞﾁ'),
  loginLock: lock.prefault({}), // ログインパスワード
  confirmationLock: lock.prefault({}), // 確認用パスワード
  passwordDays: count.default(90), // パスワード有効期限
  passwordHistory: z.number().int().min(0).max(24).default(3), // how many old ones are refused
  sessionWarningMinutes: count.default(2), // shown so long before the idle limit
  historyDaysShown: count.default(100), // 操作履歴照会
  statementMonthsShown: count.default(13), // 入出金明細照会
  statementPdfLinesMax: count.default(10_000), // a longer one is taken as CSV
  /** 支店名 in half-width kana by 支店番号, as the 全銀 files name them. */
  branchNamesKana: z
    .record(z.string().regex(/^\d{3}$/), z.string().max(15))
    .default({ '101': 'ﾎﾝﾃﾝｴｲｷﾞﾖｳﾌﾞ', '102': 'ﾁﾕｳｵｳ', '103': 'ﾐﾅﾄ' }),
  usersPerCompany: count.default(100),
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
