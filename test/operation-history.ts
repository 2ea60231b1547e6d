/** For tests: entries of the history, companies with users, a vault that signs, a standing clock. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdministration } from '#administration/index.ts'
import { accountKey } from '#kit/account-number.ts'
import type { Contract, In, Out } from '#kit/endpoint.ts'
import { newId, type CompanyId, type UserId } from '#kit/ids.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Right, Role } from '#kit/rights.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { OperationRecord } from '#operation-history/index.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Database } from '#platform/database/database.ts'
import type { Download, Routes } from '#platform/http/routes.ts'

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
    signP256: unused,
    publicKeyP256: unused,
  }
}

export async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), 'madoguchi-history-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

let companiesMade = 0

/** A company of its own in the database, with its users: the first one is the master. */
export async function aCompanyWith(
  database: Database,
  people: readonly { readonly name: string; readonly role: Role; readonly rights?: Right[] }[],
): Promise<readonly Visitor[]> {
  const administration = createAdministration()
  companiesMade += 1
  const number = String(1_000_000 + companiesMade)
  const account = {
    account: { branchCode: '101', kind: 'ordinary', number },
    branchName: '本店営業部',
    holder: '株式会社サンプル商事',
    holderKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ',
    representative: true,
    memo: '',
    limits: [],
  } as const
  const company = {
    name: '株式会社サンプル商事',
    nameKana: 'ｶ)ｻﾝﾌﾟﾙｼﾖｳｼﾞ',
    state: 'active',
    loginMethod: 'password',
    accounts: [account],
    limits: [],
  } as const
  return database.asBank(async (tx) => {
    const companyId = value(await administration.createCompany(tx, company, now)).id
    const visitors: Visitor[] = []
    for (const [at, { name, role, rights = [] }] of people.entries()) {
      const loginId = `user${companiesMade}x${at}`.padEnd(6, '0')
      const asked = { companyId, loginId, name, mail: 'x@sample.example', role, rights }
      const more = { accounts: [accountKey(account.account)], limits: [] }
      const user = value(await administration.createUser(tx, { ...asked, ...more }, now))
      const { id: userId, name: userName, rights: held } = user
      visitors.push({
        companyId,
        userId,
        loginId,
        userName,
        role,
        rights: held,
        stage: 'signed-in',
        sessionId: newId<'session'>(now.epochMilliseconds),
        companyName: company.name,
      })
    }
    return visitors
  })
}

function value<Value>(outcome: Outcome<Value, string>): Value {
  if (!outcome.granted) throw new Error(outcome.reason)
  return outcome.value
}

/** Calls handlers as the listener would, past its checks. A refusal comes back as it is. */
export function calling<const C extends Contract>(_contract: C, routes: Routes, visitor: Visitor) {
  return async <Name extends keyof C & string>(
    name: Name,
    input: In<C[Name]>,
  ): Promise<C[Name]['out'] extends 'download' ? Download : Out<C[Name]>> => {
    const { origin } = anEntry({ companyId: null })
    const call = { input, visitor, origin, now }
    const handler = routes.handlers[name] as (call: unknown) => Promise<unknown>
    return (await handler(call)) as never
  }
}
