/**
 * For tests of login: the cast with its passwords on a real database, behind the real listener,
 * and browsers that keep their cookies.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdministration, type User } from '#administration/index.ts'
import {
  createIdentity,
  type CertificateEntry,
  type Identity,
  type IdentityParameters,
  type TokenSteps,
} from '#identity/index.ts'
import { createNotices, type Notices } from '#notices/index.ts'
import { operationHistory } from '#operation-history/index.ts'
import { openFileVault } from '#outside/key-vault/file.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Routes } from '#platform/http/routes.ts'
import { fromOurselves, testCounter, type TestCounter } from './counter.ts'
import { cast, companies, type CastMember } from './cast.ts'
import type { TestDatabase } from './database.ts'

export const start = Temporal.Instant.from('2026-11-22T01:00:00Z')
/** Nobody needs a token, and no certificate is ever shown: for tests of the rest. */
export const noTokens: TokenSteps = { stepOf: async () => 'done' }
export const noCertificates: CertificateEntry = {
  addressFor: () => null,
  takeTicket: async () => null,
  shownBy: async () => null,
  loggedIn: async () => {},
  isValid: async () => false,
}

/** Cheap, for tests that do not measure. */
export const cheapHash = { memory: 64, passes: 1, parallelism: 1 }

export interface IdentityWorld {
  readonly identity: Identity
  readonly notices: Notices
  readonly vault: KeyVault
  readonly administration: ReturnType<typeof createAdministration>
  readonly counter: TestCounter
  readonly users: Readonly<Record<keyof typeof cast, User>>
  readonly logged: { message: string; facts: Readonly<Record<string, string>> }[]
  /** The same bank in another process. */
  another(parameters?: Partial<IdentityParameters>): Identity
  browser(address?: string): Browser
  close(): Promise<void>
}

/** What stands behind the ports of the login, and the endpoints that come with it. */
export interface Behind {
  readonly tokenSteps?: TokenSteps
  readonly certificateEntry?: CertificateEntry
  readonly routes?: (world: { identity: Identity; vault: KeyVault }) => readonly Routes[]
}

export async function identityWorld(
  db: TestDatabase,
  parameters: Partial<IdentityParameters> = {},
  behind: (vault: KeyVault) => Behind = () => ({}),
): Promise<IdentityWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'identity-'))
  const vault = await openFileVault(join(folder, 'keys'))
  const administration = createAdministration()
  const { database } = db
  const notices = createNotices({ database, operationHistory })
  const logged: { message: string; facts: Readonly<Record<string, string>> }[] = []
  const { tokenSteps = noTokens, certificateEntry = noCertificates, routes } = behind(vault)
  const another = (more: Partial<IdentityParameters> = {}) =>
    createIdentity({
      database,
      administration,
      vault,
      history: operationHistory,
      loginNotices: notices.loginNotices,
      tokenSteps,
      certificateEntry,
      parameters: { hashCost: cheapHash, ...parameters, ...more },
      log: (message, facts) => logged.push({ message, facts }),
    })
  const identity = another()
  const counter = await testCounter(database, {
    routes: [identity.routes, notices.routes, ...(routes?.({ identity, vault }) ?? [])],
    sessions: identity.sessions,
    config: { trustedProxies: ['127.0.0.1'] },
  })
  const users = await register(db, administration, identity)
  return {
    identity,
    notices,
    vault,
    administration,
    counter,
    users,
    logged,
    another,
    browser: (address = '192.0.2.1') => browserAt(counter, address),
    close: async () => {
      await counter.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function register(
  db: TestDatabase,
  administration: ReturnType<typeof createAdministration>,
  identity: Identity,
) {
  const made = new Map<string, User>()
  const ids = { sample: await company('sample'), mihon: await company('mihon') }
  for (const [name, member] of Object.entries(cast)) made.set(name, await user(member))
  return Object.fromEntries(made) as Record<keyof typeof cast, User>

  async function company(name: keyof typeof companies) {
    const outcome = await db.database.asBank((tx) =>
      administration.createCompany(
        tx,
        {
          ...companies[name],
          state: 'active',
          loginMethod: 'password',
          accounts: [
            {
              account: {
                branchCode: '101',
                kind: 'ordinary',
                number: name === 'sample' ? '1234567' : '7654321',
              },
              branchName: '本店営業部',
              holder: companies[name].name,
              holderKana: companies[name].nameKana,
              representative: true,
              memo: '',
              limits: [],
            },
          ],
          limits: [],
        },
        start,
      ),
    )
    if (!outcome.granted) throw new Error(outcome.reason)
    return outcome.value.id
  }

  async function user(member: CastMember): Promise<User> {
    const { loginId, loginPassword, confirmationPassword, name, mail, role, rights } = member
    return db.database.asBank(async (tx) => {
      const asked = { loginId, name, mail, role, rights, accounts: [], limits: [] }
      const outcome = await administration.createUser(
        tx,
        { ...asked, companyId: ids[member.company] },
        start,
      )
      if (!outcome.granted) throw new Error(outcome.reason)
      const credentials = await identity.credentials.create(
        tx,
        {
          user: outcome.value,
          loginPassword,
          confirmationPassword,
          forceChange: member.state === 'first-login',
        },
        start,
      )
      if (!credentials.granted) throw new Error(credentials.reason)
      return outcome.value
    })
  }
}

export interface Answer {
  readonly status: number
  readonly code: string | null
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever came
  readonly body: any
  readonly cookies: readonly string[]
}

export interface Browser {
  readonly cookies: Map<string, string>
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>
  login(loginId: string, loginPassword: string): Promise<Answer>
  /** The member of the cast, with the password that the demo prints. */
  loginAs(member: { loginId: string; loginPassword: string }): Promise<Answer>
}

const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0 Safari/537.36'

function browserAt(counter: TestCounter, address: string): Browser {
  const cookies = new Map<string, string>()
  const call: Browser['call'] = async (method, path, body) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await counter.app.inject({
      method,
      url: path,
      headers: {
        ...fromOurselves,
        'user-agent': agent,
        'x-forwarded-for': address,
        ...(cookie === '' ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    const set = [response.headers['set-cookie'] ?? []].flat()
    for (const line of set) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value === '') cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const read = response.body === '' ? null : response.json()
    const code = response.statusCode >= 400 ? read.code : null
    return { status: response.statusCode, code, body: read, cookies: set }
  }
  const login: Browser['login'] = (loginId, loginPassword) =>
    call('POST', '/api/session', { loginId, loginPassword })
  return {
    cookies,
    call,
    login,
    loginAs: ({ loginId, loginPassword }) => login(loginId, loginPassword),
  }
}
