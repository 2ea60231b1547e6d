import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { migrateAsOwner } from './open.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase({ migrated: false })
})
afterAll(() => db.close())

test.each([
  ['of another encoding', `encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`, /encoding is LATIN1/],
  [
    'that sorts by a dictionary',
    `encoding 'UTF8' locale_provider icu icu_locale 'ja-JP'`,
    /does not sort by code point/,
  ],
])('a database %s is refused with what to do instead, and stays empty', async (_, made, says) => {
  const name = `unsuitable_${randomBytes(4).toString('hex')}`
  await db.owner.query(`create database ${name} template template0 ${made}`)
  try {
    const refusal = migrateAsOwner({ ...db.address, database: name }, () => {})
    await expect(refusal).rejects.toThrow(says)
    await expect(refusal).rejects.toThrow(
      'createdb --template=template0 --encoding=UTF8 --locale=C',
    )
    await expect(refusal).rejects.toMatchObject({ name: 'UnsuitableDatabase' })
  } finally {
    await db.owner.query(`drop database ${name} with (force)`)
  }
})
