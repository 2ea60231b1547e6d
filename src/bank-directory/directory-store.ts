/** 金融機関マスタ — the SQL of banks and branches. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database/database.ts'
import type { Bank, Branch } from './directory.ts'
import { searchText, type Directory } from './published.ts'

export async function bankByCode(tx: Tx, code: string): Promise<Bank | null> {
  const { rows } = await sql<Bank>`
    select code, name, kana from bank_directory.bank
     where code = ${code} and closed_on is null`.execute(tx)
  return rows[0] ?? null
}

interface PlaceRow {
  bank_code: string
  bank_name: string
  bank_kana: string
  code: string
  name: string
  kana: string
}

export async function branchesBy(
  tx: Tx,
  of: readonly { readonly bankCode: string; readonly code: string }[],
): Promise<ReadonlyMap<string, { readonly bank: Bank; readonly branch: Branch }>> {
  const keys = of.map(({ bankCode, code }) => `${bankCode}-${code}`)
  const { rows } = await sql<PlaceRow>`
    select b.code as bank_code, b.name as bank_name, b.kana as bank_kana, r.code, r.name, r.kana
      from unnest(${keys}::text[]) as asked (key)
      join bank_directory.branch r
        on r.bank_code = substr(asked.key, 1, 4) and r.code = substr(asked.key, 6)
      join bank_directory.bank b on b.code = r.bank_code
     where r.closed_on is null and b.closed_on is null`.execute(tx)
  return new Map(
    rows.map(({ bank_code, bank_name, bank_kana, code, name, kana }) => [
      `${bank_code}-${code}`,
      {
        bank: { code: bank_code, name: bank_name, kana: bank_kana },
        branch: { bankCode: bank_code, code, name, kana },
      },
    ]),
  )
}

export interface SearchAsked {
  /** Null: banks. */
  readonly bankCode: string | null
  readonly text: string // folded; empty: everything
  readonly kana: string // the same in half width, or empty
  /** Letters with which the reading begins; empty: whichever. */
  readonly initials: string
  /** The code shown last; with an empty text only. */
  readonly after: string | null
  readonly limit: number
}

export interface FoundPlace {
  readonly code: string
  readonly name: string
  readonly kana: string
}

/**
 * With a text: exact code first, then what begins with it, then what contains it. Without: in the
 * order of readings, from behind `after`.
 */
export async function search(tx: Tx, asked: SearchAsked): Promise<readonly FoundPlace[]> {
  const { bankCode, text, kana, initials, after, limit } = asked
  const table =
    bankCode === null
      ? sql`bank_directory.bank where closed_on is null`
      : sql`bank_directory.branch where closed_on is null and bank_code = ${bankCode}`
  const begins = initials === '' ? sql`` : sql`and strpos(${initials}, left(kana, 1)) > 0`
  if (text === '') {
    const behind =
      after === null
        ? sql``
        : sql`and (kana collate "C", code) >
            ((select kana collate "C" from ${table} and code = ${after}), ${after})`
    const { rows } = await sql<FoundPlace>`
      select code, name, kana from ${table} ${begins} ${behind}
       order by kana collate "C", code limit ${limit}`.execute(tx)
    return rows
  }
  const like = escaped(text)
  const kanaLike = escaped(kana)
  const { rows } = await sql<FoundPlace>`
    select code, name, kana from ${table} ${begins}
       and (search like ${`%${like}%`} or (${kana} <> '' and kana like ${`%${kanaLike}%`}))
     order by case
         when code = ${text} then 0
         when code like ${`${like}%`} then 1
         when search like ${`% ${like}%`} then 2
         when ${kana} <> '' and kana like ${`${kanaLike}%`} then 2
         else 3 end, length(name), code
     limit ${limit}`.execute(tx)
  return rows
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
}

/** One process loads; another that starts at once waits and finds it done. */
export async function lockLoading(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('bank_directory.load'))`.execute(tx)
}

export async function hasLoaded(tx: Tx, version: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from bank_directory.loaded where version = ${version}`.execute(tx)
  return rows.length > 0
}

/** Everything of the version; what it no longer names is closed. What the bank set stays. */
export async function putVersion(
  tx: Tx,
  { banks, branches }: Directory,
  { version, at }: { readonly version: string; readonly at: Temporal.Instant },
): Promise<void> {
  await sql`
    insert into bank_directory.bank (code, name, kana, search, version)
    select code, name, kana, search, ${version}
      from unnest(${banks.map(({ code }) => code)}::text[], ${banks.map(({ name }) => name)}::text[],
        ${banks.map(({ kana }) => kana)}::text[], ${banks.map(searchText)}::text[])
        as new (code, name, kana, search)
    on conflict (code) do update set name = excluded.name, kana = excluded.kana,
      search = excluded.search, version = excluded.version, closed_on = null
      where not bank.own`.execute(tx)
  await sql`
    insert into bank_directory.branch (bank_code, code, name, kana, search, version)
    select bank_code, code, name, kana, search, ${version}
      from unnest(${branches.map(({ bankCode }) => bankCode)}::text[],
        ${branches.map(({ code }) => code)}::text[], ${branches.map(({ name }) => name)}::text[],
        ${branches.map(({ kana }) => kana)}::text[], ${branches.map(searchText)}::text[])
        as new (bank_code, code, name, kana, search)
    on conflict (bank_code, code) do update set name = excluded.name, kana = excluded.kana,
      search = excluded.search, version = excluded.version, closed_on = null
      where not branch.own`.execute(tx)
  const gone = sql`not own and version is distinct from ${version} and closed_on is null`
  await sql`update bank_directory.branch set closed_on = ${at}::date where ${gone}`.execute(tx)
  await sql`update bank_directory.bank set closed_on = ${at}::date where ${gone}`.execute(tx)
  await sql`
    insert into bank_directory.loaded (version, loaded_at, banks, branches)
    values (${version}, ${at}, ${banks.length}, ${branches.length})
    on conflict (version) do nothing`.execute(tx)
}

/** 当行の設定: kept whatever a later version says. */
export async function putOwn(tx: Tx, { banks, branches }: Directory): Promise<void> {
  for (const bank of banks) {
    // oxlint-disable-next-line no-await-in-loop -- a handful, in one transaction
    await sql`
      insert into bank_directory.bank (code, name, kana, search, own)
      values (${bank.code}, ${bank.name}, ${bank.kana}, ${searchText(bank)}, true)
      on conflict (code) do update set name = excluded.name, kana = excluded.kana,
        search = excluded.search, own = true, closed_on = null`.execute(tx)
  }
  for (const branch of branches) {
    // oxlint-disable-next-line no-await-in-loop -- a handful, in one transaction
    await sql`
      insert into bank_directory.branch (bank_code, code, name, kana, search, own)
      values (${branch.bankCode}, ${branch.code}, ${branch.name}, ${branch.kana},
        ${searchText(branch)}, true)
      on conflict (bank_code, code) do update set name = excluded.name, kana = excluded.kana,
        search = excluded.search, own = true, closed_on = null`.execute(tx)
  }
}

/** All that is open, for a comparison with a new version. */
export async function present(tx: Tx): Promise<Directory> {
  const banks = await sql<Bank>`
    select code, name, kana from bank_directory.bank where closed_on is null and not own`.execute(
    tx,
  )
  const branches = await sql<Branch>`
    select bank_code as "bankCode", code, name, kana from bank_directory.branch
     where closed_on is null and not own`.execute(tx)
  return { banks: banks.rows, branches: branches.rows }
}
