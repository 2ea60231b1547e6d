/** `npm run bank -- payees file LOGINID FILE.csv` — 事前登録口座, filed on paper with the bank. */
import { readFile } from 'node:fs/promises'
import { newId } from '#kit/ids.ts'
import type { Origin } from '#kit/visitor.ts'
import { newInquiryNumber } from '#platform/http/origin.ts'
import { unguarded, readCsv } from '#kit/csv.ts'
import { readPayeeFile } from './file-reading.ts'
import { judged } from './importing.ts'
import type { PayeesDesk } from './needs.ts'
import type { PayeeId } from './payees.ts'
import { deleteFiled, insertPayees } from './payees-store.ts'

/** Prints to the operator. */
export type Print = (line: string) => void

export const payeesUsage = `  payees file LOGINID FILE.csv           事前登録口座 of the company of that user: replaces all of them
                                         by the rows of the file (columns as exported, with 受取人番号)`

interface Desk {
  readonly now: Temporal.Instant
  readonly print: Print
}

/** @returns 0 done, 1 refused, 2 not understood */
export async function payeesCommand(
  needs: PayeesDesk,
  words: readonly string[],
  desk: Desk,
): Promise<0 | 1 | 2> {
  const [command, loginId, file, ...more] = words
  if (command === 'file' && loginId !== undefined && file !== undefined && more.length === 0) {
    return fileAll(needs, { loginId, bytes: await readFile(file) }, desk)
  }
  desk.print(`usage:\n${payeesUsage}`)
  return 2
}

/** All or none, as 一括登録. */
async function fileAll(
  needs: PayeesDesk,
  { loginId, bytes }: { readonly loginId: string; readonly bytes: Uint8Array },
  { now, print }: Desk,
): Promise<0 | 1> {
  const read = readPayeeFile(bytes, 'csv')
  if (!read.granted) return refused(print, [read.reason])
  const numbers = numbersOf(bytes)
  const wrong = numberFaults(numbers)
  if (numbers.length > needs.parameters.filedMax) {
    wrong.push(`too-many-payees: ${needs.parameters.filedMax} at the most`)
  }

  const outcome = await needs.database.asBank(async (tx) => {
    const user = await needs.administration.userByLoginId(tx, loginId)
    if (user === null) return [`nobody has the login ID ${loginId}`]
    const { payees, faults } = await judged(needs, tx, read.value.rows)
    wrong.push(
      ...faults.map(({ row, field, code, found }) => `row ${row}: ${field} ${code} ${found}`),
    )
    if (wrong.length > 0) return wrong
    const { companyId } = user
    await deleteFiled(tx, companyId, now)
    const filed = payees.map((content, at) => ({
      id: newId<'payee'>(now.epochMilliseconds) as PayeeId,
      payeeNumber: numbers[at]!,
      content,
    }))
    await insertPayees(tx, { companyId, business: 'transfers' }, filed, now)
    await needs.history.record(tx, {
      ...{ at: now, companyId, userId: null, operation: 'payees-filed', result: 'done' },
      origin: originOfDesk(),
      facts: { loginId, count: String(filed.length) },
    })
    return filed.length
  })
  if (typeof outcome !== 'number') return refused(print, outcome)
  print(`filed: ${outcome} payees`)
  return 0
}

function refused(print: Print, reasons: readonly string[]): 1 {
  for (const reason of reasons) print(`refused: ${reason}`)
  return 1
}

/** 受取人番号 of each row, in order; the file has been read before. */
function numbersOf(bytes: Uint8Array): readonly string[] {
  const [heading = [], ...lines] = readCsv(decoded(bytes)) ?? []
  const place = heading.indexOf('受取人番号')
  return lines
    .filter((line) => line.some((field) => field.trim() !== ''))
    .map((line) =>
      unguarded(line[place] ?? '')
        .normalize('NFKC')
        .trim(),
    )
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('shift_jis').decode(bytes)
  }
}

function numberFaults(numbers: readonly string[]): string[] {
  return numbers.flatMap((number, at) => {
    const row = `row ${at + 2}: 受取人番号 ${number}`
    if (!/^[1-9]\d{0,2}$/.test(number)) return [`${row} is not a number from 1 to 999`]
    return numbers.indexOf(number) < at ? [`${row} stands twice`] : []
  })
}

/** The bank's own machine, at the bank's own desk. */
function originOfDesk(): Origin {
  const inquiryNumber = newInquiryNumber()
  return { address: '127.0.0.1', terminal: 'pc', userAgent: 'bank', inquiryNumber, language: 'ja' }
}
