/** For tests of the operation history: entries, a vault that signs, a clock that stands. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import type { OperationRecord } from '#operation-history/index.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'

export const now = Temporal.Instant.from('2026-11-22T10:15:30.123456+09:00')
export const clock = { now: () => now }

export const aCompany = () => newId<'company'>(now.epochMilliseconds)
export const aUser = () => newId<'user'>(now.epochMilliseconds)

export function anEntry(
  of: { companyId: CompanyId | null; userId?: UserId | null },
  more: Partial<OperationRecord> = {},
): OperationRecord {
  return {
    at: now,
    companyId: of.companyId,
    userId: of.userId ?? null,
    operation: 'balance-inquiry',
    result: 'done',
    facts: { account: '101-ordinary-1234567' },
    origin: {
      address: '192.0.2.7',
      terminal: 'pc',
      userAgent: 'Mozilla/5.0',
      inquiryNumber: '20261122-0001',
      language: 'ja',
    },
    ...more,
  }
}

/** Real Ed25519, a fresh key: all that the operation history asks of a vault. */
export function aVault(): KeyVault {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const unused = () => Promise.reject(new Error('the operation history signs and nothing else'))
  return {
    pepper: unused,
    seal: unused,
    open: unused,
    mac: unused,
    sign: async (_purpose, message) => sign(null, message, privateKey),
    publicKey: async () => publicKey.export({ type: 'spki', format: 'pem' }) as string,
  }
}

export async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), 'madoguchi-history-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
