/** The built-in authority: the contract, and what holds for its own keys and certificates. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFileVault } from '#outside/key-vault/file.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { openCertificateAuthority } from './built-in.ts'
import { certificateAuthorityContract } from './port.contract.ts'

let db: TestDatabase
let folder: string
let vault: KeyVault
beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'authority-vault-'))
  vault = await openFileVault(join(folder, 'keys'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const opened = (more: { vault?: KeyVault } = {}) =>
  openCertificateAuthority({
    database: db.database,
    vault: more.vault ?? vault,
    clock: { now: () => Temporal.Now.instant() },
    addresses: { publicOrigin: 'https://ib.bank.example' },
    bankName: 'Madoguchi Bank',
  })

certificateAuthorityContract(opened)

test('a database whose keys are in another vault is not signed for', async () => {
  const other = await openFileVault(join(folder, 'other-keys'))
  const list = { number: 1, thisUpdate: Temporal.Now.instant(), revoked: [] }
  const nextUpdate = list.thisUpdate.add({ hours: 1 })
  const asked = opened({ vault: other }).revocationList('issuing', { ...list, nextUpdate })
  await expect(asked).rejects.toThrow('is not that of the certificate in the database')
})

test('a vault that cannot answer is asked again by the next call', async () => {
  let away = true
  const broken: KeyVault = {
    ...vault,
    publicKeyP256: (purpose) =>
      away ? Promise.reject(new Error('the vault is away')) : vault.publicKeyP256(purpose),
  }
  const authority = opened({ vault: broken })
  const status = async () => ({ status: 'good' }) as const
  await expect(authority.ocspAnswer(new Uint8Array(), status)).rejects.toThrow('away')
  away = false
  expect(await authority.ocspAnswer(new Uint8Array(), status)).toHaveLength(5)
})
