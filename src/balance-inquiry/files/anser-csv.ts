/**
 * CSV files — statements in the layout that ANSER services download (formats.md §3.4): a title
 * row of thirteen names, one row per line, one file for many accounts. Titles and kinds are
 * Japanese in every language, because the files are read by programs.
 */
import { depositKinds } from '#kit/account-number.ts'
import type { CompanyAccount } from '#administration/index.ts'
import type { Balances, StatementLine, TransactionKind } from '#outside/core-banking/port.ts'
import { momentInJapan } from '#kit/japan-time.ts'
import { csvEncoder, type CsvEncoding, csvLine, guarded } from '#kit/csv.ts'
import { countedLines, type StatementFile } from './section.ts'

export const statementTitles = [
  '照会口座',
  '番号',
  '勘定日',
  '（起算日）',
  '出金金額（円）',
  '入金金額（円）',
  '小切手区分',
  '残高（円）',
  '取引区分',
  '明細区分',
  '金融機関名',
  '支店名',
  '摘要',
] as const

export const incomingTitles = [
  '照会口座',
  '番号',
  '勘定日',
  '（起算日）',
  '入金金額（円）',
  '振込依頼人コード',
  '振込依頼人名',
  '仕向金融機関名',
  '仕向支店名',
  'EDI情報',
  '摘要',
] as const

export const balanceTitles = [
  '照会口座',
  '現在残高（円）',
  'うち他店券（円）',
  '支払可能残高（円）',
  '前日残高（円）',
  '前月末残高（円）',
  '照会日時',
] as const

/** 取引区分, at most four full-width letters (C8). */
const kindWords: Readonly<Record<TransactionKind, string>> = {
  cash: '現金',
  transfer: '振込',
  'other-bank-cheque': '他店券',
  clearing: '交換',
  'book-transfer': '振替',
  other: 'その他',
  correction: '訂正',
}

export function statementCsv(file: StatementFile, encoding: CsvEncoding) {
  return csv(file, encoding, statementTitles, (line, account, at) => [
    account,
    String(at),
    dayWord(line.bookedOn),
    dayWord(line.valueOn),
    line.direction === 'out' ? String(line.amount) : '',
    line.direction === 'in' ? String(line.amount) : '',
    line.particulars.chequeNumber ? '小切手' : '',
    String(line.balance),
    kindWords[line.kind],
    line.direction === 'in' ? '入金' : '出金',
    guarded(line.particulars.bankName ?? ''),
    guarded(line.particulars.branchName ?? ''),
    guarded(particularsWord(line)),
  ])
}

export function incomingCsv(file: StatementFile, encoding: CsvEncoding) {
  return csv(file, encoding, incomingTitles, (line, account, at) => [
    account,
    String(at),
    dayWord(line.bookedOn),
    dayWord(line.valueOn),
    String(line.amount),
    guarded(line.particulars.remitterCode ?? ''),
    guarded(line.particulars.remitterName ?? ''),
    guarded(line.particulars.bankName ?? ''),
    guarded(line.particulars.branchName ?? ''),
    guarded(line.particulars.ediInformation ?? ''),
    guarded(line.particulars.description),
  ])
}

async function* csv(
  file: StatementFile,
  encoding: CsvEncoding,
  titles: readonly string[],
  row: (line: StatementLine, account: string, at: number) => readonly string[],
): AsyncIterable<Uint8Array> {
  const encode = csvEncoder(encoding)
  yield encode(csvLine(titles))
  for (const section of file.sections) {
    const account = accountWord(section.account)
    let at = 0
    for await (const chunk of countedLines(section)) {
      yield encode(chunk.map((line) => csvLine(row(line, account, (at += 1)))).join(''))
    }
  }
}

export interface AccountBalances {
  readonly account: CompanyAccount
  readonly balances: Balances | null
}

export async function* balancesCsv(
  accounts: readonly AccountBalances[],
  encoding: CsvEncoding,
): AsyncIterable<Uint8Array> {
  const encode = csvEncoder(encoding)
  yield encode(csvLine(balanceTitles))
  for (const { account, balances } of accounts) {
    const figures = balances
      ? [
          balances.current,
          balances.uncleared,
          balances.available,
          balances.previousDay,
          balances.previousMonthEnd,
          momentInJapan(balances.asOf),
        ].map(String)
      : ['', '', '', '', '', '']
    yield encode(csvLine([accountWord(account), ...figures]))
  }
}

/** 照会口座 (C71): branch, kind and number. */
function accountWord({ account, branchName }: CompanyAccount): string {
  return guarded(`${branchName} ${depositKinds[account.kind].japanese} ${account.number}`)
}

/** 2026年11月05日: the fourteen bytes that the layout gives a day. */
function dayWord({ year, month, day }: Temporal.PlainDate): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year}年${two(month)}月${two(day)}日`
}

/** 摘要 (C69) holds the particulars and, for a transfer, its remitter: 20 + 1 + 48 bytes. */
export function particularsWord({ particulars }: StatementLine): string {
  return [particulars.description, particulars.remitterName ?? ''].filter(Boolean).join(' ')
}
