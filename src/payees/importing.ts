/**
 * 振込先ファイル登録 — reads an uploaded file and says what it would do, with every bad row by its
 * number. A file with a fault becomes no proposal: nothing is ever stored half.
 */
import { createHash } from 'node:crypto'
import { newId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { readPayeeFile, type FileRefusal, type FileRow } from './file-reading.ts'
import { groupsOf } from './groups-store.ts'
import type { PayeesDesk } from './needs.ts'
import { readPayee, type PayeeContent, type PayeeField, type PayeeTyped } from './payee-fields.ts'
import type { PayeeBusiness } from './payees.ts'
import * as store from './payees-store.ts'
import type { FileContent } from './proposal.ts'
import { insertProposal, uploaded } from './proposal-store.ts'
import type { Refused } from './proposing.ts'
import { record, recordRefusal, type Came } from './recording.ts'

export interface FileAsked {
  readonly business: PayeeBusiness
  readonly uploadId: string
  readonly pieces: number
  readonly format: 'csv' | 'zengin'
  readonly mode: 'add' | 'replace'
  readonly fileName: string
}

export interface RowFault {
  readonly row: number
  readonly field: string
  readonly code: string
  readonly found: string
}

export interface FilePreview {
  readonly id: string | null
  readonly count: number
  readonly faults: readonly RowFault[]
  readonly faultCount: number
  readonly first: readonly PayeeContent[]
  readonly digest: string
  readonly groupsNew: readonly string[]
  readonly duplicates: number
  readonly replaced: number
}

export type ImportRefusal =
  | 'upload-incomplete'
  | FileRefusal
  | 'too-many-payees'
  | 'too-many-groups'

const faultsShown = 200
const rowsShown = 20

export async function proposeFile(
  needs: PayeesDesk,
  visitor: Visitor,
  { asked, came }: { readonly asked: FileAsked; readonly came: Came },
): Promise<FilePreview | Refused<ImportRefusal>> {
  const outcome = await needs.database.asCompany(visitor.companyId, (tx) =>
    preview(needs, tx, { visitor, asked, came }),
  )
  if ('refuse' in outcome) {
    const operation = 'payees-file-checked'
    await recordRefusal(needs, { visitor, came, operation, refusal: outcome.refuse })
  }
  return outcome
}

interface Asking {
  readonly visitor: Visitor
  readonly asked: FileAsked
  readonly came: Came
}

async function preview(
  needs: PayeesDesk,
  tx: Tx,
  { visitor, asked, came }: Asking,
): Promise<FilePreview | Refused<ImportRefusal>> {
  const { companyId, userId } = visitor
  const { business, mode, uploadId, format } = asked
  const bytes = await uploaded(tx, { companyId, userId, uploadId }, asked.pieces)
  if (bytes === null) return { refuse: 'upload-incomplete' }
  const read = readPayeeFile(bytes, format)
  if (!read.granted) return { refuse: read.reason }

  const existing = await store.countPayees(tx, { companyId, business })
  const max = needs.parameters.payeesMax[business]
  const count = read.value.rows.length
  if (count + (mode === 'add' ? existing : 0) > max) {
    return { refuse: 'too-many-payees', facts: { max: String(max), count: String(existing) } }
  }
  const { payees, faults: wrong } = await judged(needs, tx, read.value.rows)
  const faults = [...read.value.faults, ...wrong].toSorted((one, other) => one.row - other.row)

  const groups = new Set((await groupsOf(tx, { companyId, business })).map(({ name }) => name))
  const known = groups.size
  for (const name of payees.flatMap(({ groups: names }) => names)) groups.add(name)
  const groupsNew = [...groups].slice(known)
  if (groups.size > needs.parameters.groupsMax) {
    return { refuse: 'too-many-groups', facts: { max: String(needs.parameters.groupsMax) } }
  }

  const same =
    mode === 'replace'
      ? []
      : await store.payeesOfAccounts(tx, { companyId, business, accounts: payees })
  const digest = createHash('sha256').update(bytes).digest('hex')
  const id = faults.length === 0 ? newId<'proposal'>(came.now.epochMilliseconds) : null
  if (id !== null) {
    const content = JSON.stringify({ payees, mode, digest } satisfies FileContent)
    const createdAt = came.now
    await insertProposal(tx, {
      id,
      companyId,
      userId,
      business,
      kind: 'import',
      content,
      createdAt,
    })
  }
  const facts = { count: String(count), faults: String(faults.length), file: asked.fileName }
  await record(needs, tx, { visitor, came, operation: 'payees-file-checked', facts })
  return {
    ...{ id, count, digest, groupsNew },
    ...{ faults: faults.slice(0, faultsShown), faultCount: faults.length },
    first: payees.slice(0, rowsShown),
    duplicates: new Set(same.map(({ id: one }) => one)).size,
    replaced: mode === 'replace' ? existing : 0,
  }
}

interface Judged {
  readonly payees: readonly PayeeContent[]
  readonly faults: readonly RowFault[]
}

/** The fields of every row, and then banks and branches of all of them at once. */
export async function judged(
  { directory }: Pick<PayeesDesk, 'directory'>,
  tx: Tx,
  rows: readonly FileRow[],
): Promise<Judged> {
  const read = rows.map(({ row, typed }) => ({ row, typed, ...readPayee(typed) }))
  const right = read.filter(({ faults }) => faults.length === 0)
  const wanted = new Map(
    right.map(({ payee: { bankCode, branchCode: code } }) => [
      `${bankCode}-${code}`,
      { bankCode, code },
    ]),
  )
  const found = await directory.branches(tx, [...wanted.values()])
  const names = new Map([...wanted.keys()].map((key, at) => [key, found[at] ?? null]))

  const payees: PayeeContent[] = []
  const faults: RowFault[] = []
  for (const { row, typed, payee, faults: wrong } of read) {
    const place = names.get(`${payee.bankCode}-${payee.branchCode}`) ?? null
    for (const { field, code } of wrong) {
      faults.push({ row, field, code, found: shown(typed, field) })
    }
    if (wrong.length > 0) continue
    if (place === null) {
      const text = `${payee.bankCode} ${payee.branchCode}`
      faults.push({ row, field: 'branchCode', code: 'branch-unknown', found: text })
      continue
    }
    payees.push({ ...payee, bankName: place.bank.name, branchName: place.branch.name })
  }
  return { payees, faults }
}

/** What stands in the row, short enough for a table. */
function shown(typed: PayeeTyped, field: PayeeField): string {
  const value = typed[field]
  const text = typeof value === 'string' ? value : value.join(';')
  return Array.from(text.toWellFormed().replaceAll(/\p{Cc}/gu, ' '))
    .slice(0, 60)
    .join('')
}
