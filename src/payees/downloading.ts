/** 振込先ファイル取得 — all of the customer's own payees of a business, in one file. */
import { csvMediaType, type CsvEncoding } from '#kit/csv.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Download } from '#platform/http/routes.ts'
import { payeesCsv, payeesZengin, type PayeeLine } from './file-writing.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'
import type { PayeesDesk } from './needs.ts'
import type { PayeeBusiness } from './payees.ts'
import { contentOf, listPayees } from './payees-store.ts'
import { record, type Came } from './recording.ts'

interface Asked {
  readonly business: PayeeBusiness
  readonly format: 'csv' | 'zengin'
  readonly encoding: CsvEncoding
  readonly came: Came
}

export async function downloadPayees(
  needs: PayeesDesk,
  visitor: Visitor,
  { business, format, encoding, came }: Asked,
): Promise<Download> {
  const { companyId, companyName } = visitor
  const { payees, kana } = await needs.database.asCompany(companyId, async (tx) => {
    const all = await listPayees(tx, {
      ...{ companyId, business, filed: false, deletedSince: null, text: null, kana: null },
      ...{ group: null, after: null, limit: needs.parameters.payeesMax[business] },
    })
    const found = all.map((payee) => ({ ...contentOf(payee), payeeNumber: payee.number }))
    const operation = format === 'csv' ? 'payees-csv' : 'payees-zengin'
    const facts = { count: String(found.length) }
    await record(needs, tx, { visitor, came, operation, facts })
    const names = format === 'csv' ? new Map() : await kanaOf(needs, tx, found)
    return { payees: found, kana: names }
  })
  const day = dayInJapan(came.now)
  const words = came.origin.language === 'en' ? en : ja
  const name = `${words.fileName}_${day.toString().replaceAll('-', '')}`
  const lines = payees.length
  if (format === 'csv') {
    const body = inOnePiece(payeesCsv(payees, encoding))
    return { fileName: `${name}.csv`, mediaType: csvMediaType(encoding), body, lines }
  }
  const facts = { companyName, bankCode: needs.bankCode, day, kana }
  const body = inOnePiece(payeesZengin(payees, facts))
  return { fileName: `${name}.txt`, mediaType: 'application/octet-stream', body, lines }
}

async function kanaOf({ directory }: PayeesDesk, tx: Tx, payees: readonly PayeeLine[]) {
  const wanted = new Map(
    payees.map(({ bankCode, branchCode: code }) => [`${bankCode}-${code}`, { bankCode, code }]),
  )
  const found = await directory.branches(tx, [...wanted.values()])
  return new Map(
    [...wanted.keys()].map((key, at) => {
      const place = found[at]
      return [key, { bank: place?.bank.kana ?? '', branch: place?.branch.kana ?? '' }] as const
    }),
  )
}

async function* inOnePiece(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
