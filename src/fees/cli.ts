/** `npm run bank -- fees show|set` — 基準手数料 and the 特約 of a company, at the bank's desk. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Administration } from '#administration/index.ts'
import { isId, type CompanyId } from '#kit/ids.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import type { FeeService } from './fees.ts'
import * as store from './fees-store.ts'
import { feeClasses, readFeeTable, type FeeTable } from './table.ts'

/** Prints to the operator. */
export type Print = (line: string) => void

export const feesUsage = `  fees show [--company ID]                基準手数料, or the 特約 of a company, with their days
  fees set SERVICE FILE.json --from DAY [--company ID]
                                         a new table from that day on; SERVICE is transfers,
                                         supplier-payments or payroll; FILE holds, for each of
                                         ${feeClasses.join(', ')}:
                                         [{ "min": 1, "max": 29999, "fee": 110 }, …, "max": null]`

const services: readonly FeeService[] = ['transfers', 'supplier-payments', 'payroll']

interface CommandNeeds {
  readonly database: Pick<Database, 'asBank'>
  readonly administration: Pick<Administration, 'companyById'>
}
interface Desk {
  readonly now: Temporal.Instant
  readonly print: Print
}

/** @returns 0 done, 1 refused, 2 not understood */
export async function feesCommand(
  needs: CommandNeeds,
  words: readonly string[],
  desk: Desk,
): Promise<0 | 1 | 2> {
  const read = readWords(words)
  if (read === null) {
    desk.print(`usage:\n${feesUsage}`)
    return 2
  }
  const refusal = await needs.database.asBank(async (tx) => {
    const { company } = read
    if (company !== null && !(await isCompany(needs, tx, company))) return 'company-unknown'
    const companyId = company as CompanyId | null
    if (read.command === 'set') return set(tx, { ...read, companyId }, desk)
    for (const service of services) await show(tx, { companyId, service }, desk)
    return null
  })
  if (refusal !== null) desk.print(`refused: ${refusal}`)
  return refusal === null ? 0 : 1
}

type Read =
  | { readonly command: 'show'; readonly company: string | null }
  | {
      readonly command: 'set'
      readonly service: FeeService
      readonly file: string
      readonly from: Temporal.PlainDate
      readonly company: string | null
    }

function readWords(words: readonly string[]): Read | null {
  try {
    const options = { from: { type: 'string' }, company: { type: 'string' } } as const
    const { values, positionals } = parseArgs({
      ...{ args: [...words], options, allowPositionals: true },
    })
    const [command, name, file, ...more] = positionals
    const company = values.company ?? null
    if (command === 'show' && name === undefined && values.from === undefined) {
      return { command, company }
    }
    const service = services.find((one) => one === name)
    if (command !== 'set' || !service || file === undefined || more.length > 0) return null
    if (!/^\d{4}-\d{2}-\d{2}$/.test(values.from ?? '')) return null
    const from = Temporal.PlainDate.from(values.from!, { overflow: 'reject' })
    return { command, service, file, from, company }
  } catch {
    return null // an option that does not exist, a day that does not exist
  }
}

async function isCompany({ administration }: CommandNeeds, tx: Tx, id: string): Promise<boolean> {
  return isId(id) && (await administration.companyById(tx, id as CompanyId)) !== null
}

/** @returns the refusal; null: done */
async function set(
  tx: Tx,
  asked: Extract<Read, { command: 'set' }> & { readonly companyId: CompanyId | null },
  { now, print }: Desk,
): Promise<string | null> {
  const { service, file, from, companyId } = asked
  // What was charged stays as it was charged.
  if (Temporal.PlainDate.compare(from, dayInJapan(now)) < 0) return 'day-past'
  const json = readJson(file)
  if (json === null) return 'file-unreadable'
  const read = readFeeTable(json.value)
  if (!read.granted) return read.reason
  const table = read.value
  if (companyId === null) await store.putStandardTable(tx, { service, from, table })
  else await store.putSpecialTable(tx, { companyId, service, from, table })
  print(`${service}: valid from ${from.toString()}`)
  return null
}

function readJson(file: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) }
  } catch {
    return null
  }
}

async function show(
  tx: Tx,
  { companyId, service }: { readonly companyId: CompanyId | null; readonly service: FeeService },
  { print }: Desk,
): Promise<void> {
  for (const day of await store.tableDays(tx, { companyId, service })) {
    // oxlint-disable-next-line no-await-in-loop -- a handful, in their order
    const table = await (companyId === null
      ? store.standardTable(tx, { service, day })
      : store.specialTable(tx, { companyId, service, day }))
    print(`${service}, from ${day.toString()}`)
    if (table !== null) for (const line of linesOf(table)) print(line)
  }
}

function linesOf(table: FeeTable): readonly string[] {
  return feeClasses.flatMap((kind) =>
    table[kind].map(({ from, fee }) => `  ${kind.padEnd(12)} from ${from} yen: ${fee} yen`),
  )
}
