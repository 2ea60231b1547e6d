/**
 * 振込入金通知 (種別 01), 200 bytes — 全銀協 レコード・フォーマット.
 * Format A carries amounts of ten digits; format B repeats the amount with twelve, and is used for
 * the whole file as soon as one amount needs it. Cancellations (取消) are not told apart by the
 * core and therefore never written.
 */
import { depositKinds } from '#kit/account-number.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import { noticeText } from '#kit/zengin/characters.ts'
import {
  code,
  date,
  filler,
  fixed,
  number,
  text,
  type Values,
  writeRecord,
  writeRecords,
} from '#kit/zengin/record.ts'
import type { StatementLine } from '#outside/core-banking/port.ts'
import { countedLines, linesOf, type Section, type StatementFile } from './section.ts'
import { figures } from './zengin-statement.ts'

export const header01 = [
  fixed('1'), // データ区分
  fixed('01'), // 種別コード
  fixed('0'), // コード区分: JIS
  date('madeOn'), // 作成日
  date('from'), // 勘定日(自)
  date('to'), // 勘定日(至)
  code('bankCode', 4),
  text('bankName', 15, 'branch'),
  code('branchCode', 3),
  text('branchName', 15, 'branch'),
  code('depositKind', 1), // 預金種目
  code('accountNumber', 7),
  text('holder', 40, 'name'), // 口座名
  filler(93),
] as const

const beginning = [
  fixed('2'),
  code('reference', 6), // 照会番号
  date('bookedOn'), // 勘定日
  date('valueOn'), // 起算日
  number('amount', 10),
  number('uncleared', 10), // うち他店券金額
  code('remitterCode', 10),
  text('remitterName', 48, 'name'),
  text('bankName', 15, 'branch'), // 仕向銀行名
  text('branchName', 15, 'branch'), // 仕向店名
  code('cancelled', 1), // 取消区分: space, or 1 取消
] as const

export const data01A = [...beginning, text('ediInformation', 20, 'edi'), filler(52)] as const
export const data01B = [
  ...beginning,
  number('amountLong', 12), // 金額(2)
  number('unclearedLong', 12), // うち他店券金額(2)
  text('ediInformation', 20, 'edi'),
  filler(28),
] as const

export const trailer01 = [
  fixed('8'),
  number('count', 6),
  number('amount', 12),
  number('cancelledCount', 6),
  number('cancelledAmount', 12),
  filler(163),
] as const

export const end01 = [fixed('9'), filler(199)] as const

/** The largest amount that format A can tell. */
export const amountMaxOfFormatA = 9_999_999_999n

export function fitsZengin01({ totals }: Pick<Section, 'totals'>): boolean {
  return totals.inCount < 1_000_000 && totals.inAmount < 10n ** 12n
}

export async function* zengin01(file: StatementFile, format: 'A' | 'B'): AsyncIterable<Uint8Array> {
  for (const section of file.sections) {
    yield writeRecord(header01, headerOf(file, section))
    let reference = 0
    for await (const chunk of countedLines(section)) {
      const records = chunk.map((line) => dataOf(line, (reference += 1)))
      yield format === 'A'
        ? writeRecords(data01A, records.map(inFormatA))
        : writeRecords(data01B, records.map(inFormatB))
    }
    yield writeRecord(trailer01, {
      count: BigInt(linesOf(section)),
      amount: section.totals.inAmount,
      cancelledCount: 0n,
      cancelledAmount: 0n,
    })
  }
  yield writeRecord(end01, {})
}

function headerOf(
  { bank, period, madeAt }: StatementFile,
  { account }: Section,
): Values<typeof header01> {
  const { branchCode, kind, number: digits } = account.account
  return {
    madeOn: dayInJapan(madeAt),
    from: period.from,
    to: period.to,
    bankCode: bank.code,
    bankName: noticeText(bank.nameKana, { characters: 'branch', bytes: 15 }),
    branchCode,
    branchName: noticeText(bank.branchNamesKana[branchCode] ?? '', {
      characters: 'branch',
      bytes: 15,
    }),
    depositKind: depositKinds[kind].code,
    accountNumber: digits,
    holder: noticeText(account.holderKana, { characters: 'name', bytes: 40 }),
  }
}

type Line = Omit<Values<typeof data01A>, 'amount'> & { readonly yen: bigint }

function dataOf({ particulars, ...line }: StatementLine, reference: number): Line {
  return {
    reference: String(reference).padStart(6, '0'),
    bookedOn: line.bookedOn,
    valueOn: line.valueOn,
    yen: line.amount,
    uncleared: 0n,
    remitterCode: figures(particulars.remitterCode, 10),
    remitterName: noticeText(particulars.remitterName ?? '', { characters: 'name', bytes: 48 }),
    bankName: noticeText(particulars.bankName ?? '', { characters: 'branch', bytes: 15 }),
    branchName: noticeText(particulars.branchName ?? '', { characters: 'branch', bytes: 15 }),
    cancelled: ' ',
    ediInformation: noticeText(particulars.ediInformation ?? '', { characters: 'edi', bytes: 20 }),
  }
}

/** One of the two amounts tells the sum, the other is zero. */
function inFormatA(line: Line): Values<typeof data01A> {
  return { ...line, amount: line.yen }
}

function inFormatB(line: Line): Values<typeof data01B> {
  return { ...line, amount: 0n, amountLong: line.yen, unclearedLong: 0n }
}
