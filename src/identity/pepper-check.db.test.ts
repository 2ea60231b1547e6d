import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFileVault } from '#outside/key-vault/file.ts'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { assertSamePepper, OtherKeys } from './pepper-check.ts'

let db: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'pepper-'))
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

const openedWith = async (keys: string) =>
  assertSamePepper({ database: db.database, vault: await openFileVault(join(folder, keys)) })

test('a process with other keys than the first on this database is refused', async () => {
  await Promise.all([openedWith('shared'), openedWith('shared')])
  await openedWith('shared')
  await expect(openedWith('of-its-own')).rejects.toThrow(OtherKeys)
  await openedWith('shared')
})
