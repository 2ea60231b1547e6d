/** Whether the bank can keep its books in the database that DATABASE_URL names. */
import type pg from 'pg'

/** Not a database for us; nothing was changed. */
export class UnsuitableDatabase extends Error {
  override readonly name = 'UnsuitableDatabase'

  constructor(problems: readonly string[]) {
    super(
      `The database of DATABASE_URL cannot be used: ${problems.join('; ')}. Make one on ` +
        'PostgreSQL 15 to 18 with: createdb --template=template0 --encoding=UTF8 --locale=C NAME',
    )
  }
}

/** @throws UnsuitableDatabase */
export async function refuseUnsuitable(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{
    version: string
    encoding: string
    byCodePoint: boolean
  }>(`
    select current_setting('server_version') as version,
      current_setting('server_encoding') as encoding,
      'B' < 'a' and 'a-b' < 'aa' as "byCodePoint"`)
  const { version, encoding, byCodePoint } = rows[0]!
  const problems = [
    ...(Number.parseInt(version, 10) < 15 ? [`its server is version ${version}`] : []),
    ...(encoding === 'UTF8' ? [] : [`its encoding is ${encoding} and not UTF8`]),
    ...(byCodePoint ? [] : ['it does not sort by code point (collation C)']),
  ]
  if (problems.length > 0) throw new UnsuitableDatabase(problems)
}
