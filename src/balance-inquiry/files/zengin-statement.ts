/**
 * 入出金取引明細 (種別 03), 200 bytes — 全銀協 レコード・フォーマット.
 * One header, data and trailer per account, one end record per file. CRLF after every record.
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
import { type StatementLine, transactionKinds } from '#outside/core-banking/port.ts'
import { countedLines, linesOf, type Section, type StatementFile } from './section.ts'

export const header03 = [
  fixed('1'), // データ区分
  fixed('03'), // 種別コード
  fixed('0'), // コード区分: JIS
  date('madeOn'), // 作成日
  date('from'), // 勘定日(自)
  date('to'), // 勘定日(至)
  code('bankCode', 4),
  text('bankName', 15, 'branch'),
  code('branchCode', 3),
  text('branchName', 15, 'branch'),
  fixed('000'),
  code('depositKind', 1), // 預金種目
  code('accountNumber', 10),
  text('holder', 40, 'name'), // 口座名
  code('openingSign', 1), // 貸越区分: 1 plus, 2 minus
  code('passbook', 1), // 通帳・証書区分: 1 通帳
  number('opening', 14), // 取引前残高
  filler(71),
] as const

export const data03 = [
  fixed('2'),
  code('reference', 8), // 照会番号
  date('bookedOn'), // 勘定日
  date('movedOn'), // 預入・払出日
  code('direction', 1), // 入払区分: 1 入金, 2 出金
  code('kind', 2), // 取引区分
  number('amount', 12),
  number('uncleared', 12), // うち他店券
  date('presentedOn'), // 交換呈示日
  date('returnedOn'), // 不渡返還日
  code('chequeKind', 1), // 手形小切手区分
  code('chequeNumber', 7),
  code('otherBranch', 3), // 僚店番号
  code('remitterCode', 10),
  text('remitterName', 48, 'name'),
  text('bankName', 15, 'branch'), // 仕向銀行名
  text('branchName', 15, 'branch'), // 仕向店名
  text('description', 20, 'edi'), // 摘要内容
  text('ediInformation', 20, 'edi'),
  filler(1),
] as const

export const trailer03 = [
  fixed('8'),
  number('inCount', 6),
  number('inAmount', 13),
  number('outCount', 6),
  number('outAmount', 13),
  code('closingSign', 1),
  number('closing', 14), // 取引後残高
  number('dataRecords', 7),
  filler(139),
] as const

export const end03 = [
  fixed('9'),
  number('records', 10), // レコード総件数
  number('accounts', 5), // 口座数
  filler(184),
] as const

/** What the digits of the format can hold; asked before a file is begun. */
export function fitsZengin03({ totals }: Pick<Section, 'totals'>): boolean {
  const sumMax = 10n ** 13n
  const countMax = 1_000_000
  return (
    totals.inCount < countMax &&
    totals.outCount < countMax &&
    totals.inAmount < sumMax &&
    totals.outAmount < sumMax
  )
}

export async function* zengin03(file: StatementFile): AsyncIterable<Uint8Array> {
  let records = 1n // the end record
  for (const section of file.sections) {
    yield writeRecord(header03, headerOf(file, section))
    let reference = 0
    for await (const chunk of countedLines(section)) {
      yield writeRecords(
        data03,
        chunk.map((line) => dataOf(line, (reference += 1))),
      )
    }
    yield writeRecord(trailer03, trailerOf(section))
    records += BigInt(linesOf(section) + 2)
  }
  yield writeRecord(end03, { records, accounts: BigInt(file.sections.length) })
}

export const sign = (balance: bigint) => (balance < 0n ? '2' : '1')
export const size = (amount: bigint) => (amount < 0n ? -amount : amount)

function headerOf(
  { bank, period, madeAt }: StatementFile,
  { account, totals }: Section,
): Values<typeof header03> {
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
    accountNumber: digits.padStart(10, '0'),
    holder: noticeText(account.holderKana, { characters: 'name', bytes: 40 }),
    openingSign: sign(totals.opening),
    passbook: kind === 'current' ? '0' : '1', // a 当座 account has no passbook
    opening: size(totals.opening),
  }
}

function dataOf(line: StatementLine, reference: number): Values<typeof data03> {
  const { particulars } = line
  return {
    reference: String(reference).padStart(8, '0'),
    bookedOn: line.bookedOn,
    movedOn: line.valueOn,
    direction: line.direction === 'in' ? '1' : '2',
    kind: transactionKinds[line.kind],
    amount: line.amount,
    uncleared: 0n,
    presentedOn: null,
    returnedOn: null,
    chequeKind: '0', // the core tells the number, not whether it is a cheque or a bill
    chequeNumber: figures(particulars.chequeNumber, 7),
    otherBranch: line.account.branchCode,
    remitterCode: figures(particulars.remitterCode, 10),
    remitterName: noticeText(particulars.remitterName ?? '', { characters: 'name', bytes: 48 }),
    bankName: noticeText(particulars.bankName ?? '', { characters: 'branch', bytes: 15 }),
    branchName: noticeText(particulars.branchName ?? '', { characters: 'branch', bytes: 15 }),
    description: noticeText(particulars.description, { characters: 'edi', bytes: 20 }),
    ediInformation: noticeText(particulars.ediInformation ?? '', { characters: 'edi', bytes: 20 }),
  }
}

/** Right-aligned digits; what is no number, or too long to be told in full, is left out. */
export function figures(text: string | undefined, bytes: number): string {
  const digits = text && /^\d+$/.test(text) && text.length <= bytes ? text : ''
  return digits.padStart(bytes, '0')
}

function trailerOf({ totals, ...section }: Section): Values<typeof trailer03> {
  return {
    inCount: BigInt(totals.inCount),
    inAmount: totals.inAmount,
    outCount: BigInt(totals.outCount),
    outAmount: totals.outAmount,
    closingSign: sign(totals.closing),
    closing: size(totals.closing),
    dataRecords: BigInt(linesOf({ ...section, totals })),
  }
}
