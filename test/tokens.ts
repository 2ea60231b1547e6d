/** For tests of the camera token: the login's chain with tokens, devices in stock, and helpers. */
import { randomBytes } from 'node:crypto'
import type { Tokens } from '#token/index.ts'
import { createTokens } from '#token/index.ts'
import type { TokenParameters } from '#token/parameters.ts'
import { createAdministration } from '#administration/index.ts'
import type { Identity } from '#identity/index.ts'
import { createMails } from '#notices/index.ts'
import { operationHistory } from '#operation-history/index.ts'
import type { KeyVault } from '#outside/key-vault/port.ts'
import type { Routes } from '#platform/http/routes.ts'
import type { CastMember } from './cast.ts'
import type { TestDatabase } from './database.ts'
import { testDevice, type TestDevice } from './device.ts'
import { identityWorld, type Browser, type IdentityWorld } from './identity.ts'

export interface TokenWorld extends IdentityWorld {
  readonly tokens: Tokens
  /** A device of that company, out of stock. */
  hardware(
    of: { companyId: string },
    serial: string,
    factoryKey?: Uint8Array<ArrayBuffer>,
  ): Promise<TestDevice>
  /** Logged in and, where asked, past everything up to the registration. */
  atRegistration(member: CastMember, address?: string): Promise<Browser>
  /** Registers that device by 手順 4. */
  register(browser: Browser, device: TestDevice, serial: string): Promise<void>
  /** The mails that wait, as `template address`. */
  mails(): Promise<readonly string[]>
  history(operation: string): Promise<readonly { result: string; reason: string | null }[]>
}

export async function tokenWorld(
  db: TestDatabase,
  parameters: Partial<TokenParameters> = {},
  more: (made: { identity: Identity; tokens: Tokens }) => readonly Routes[] = () => [],
): Promise<TokenWorld> {
  let tokens!: Tokens
  const world = await identityWorld(db, {}, (vault) => {
    tokens = tokensOf(db, vault, parameters)
    return {
      tokenSteps: tokens.steps,
      routes: ({ identity }) => [tokens.routes(identity), ...more({ identity, tokens })],
    }
  })
  return {
    ...world,
    tokens,
    hardware: async ({ companyId }, serial, factoryKey = new Uint8Array(randomBytes(32))) => {
      const sealed = await world.vault.seal(
        'token-keys',
        factoryKey,
        `token.device:factory_key:${serial}:v1`,
      )
      await db.owner.query(
        `insert into token.device (serial, profile, state, company_id, factory_key, made_at,
           assigned_at) values ($1, 'hardware', 'assigned', $2, $3, now(), now())`,
        [serial, companyId, Buffer.from(sealed)],
      )
      return testDevice({ serial, factoryKey })
    },
    atRegistration: async (member, address = '192.0.2.7') => {
      const browser = world.browser(address)
      const { body } = await browser.loginAs(member)
      if (body.next !== 'token-registration') throw new Error(`next is ${body.next}`)
      return browser
    },
    register: async (browser, device, serial) => {
      const first = await browser.call('POST', '/api/token-registration', {
        serial,
        serialAgain: serial,
      })
      const authenticationCode = await device.readFirst(first.body.scan.qr)
      const path = '/api/token-registration'
      const second = await browser.call('POST', `${path}/authentication-code`, {
        authenticationCode,
      })
      const transactionCode = await device.readSecond(second.body.scan.qr)
      await device.activate()
      const done = { transactionCode, activated: true }
      const { status } = await browser.call('POST', `${path}/completion`, done)
      if (status !== 204) throw new Error(`the registration was answered with ${status}`)
    },
    mails: async () => {
      const { rows } = await db.owner.query<{ template: string; to_address: string }>(
        'select template, to_address from notices.mail order by id',
      )
      return rows.map(({ template, to_address }) => `${template} ${to_address}`)
    },
    history: async (operation) => {
      const { rows } = await db.owner.query<{ result: string; reason: string | null }>(
        `select payload::jsonb ->> 'result' as result, payload::jsonb ->> 'reason' as reason
           from operation_history.record where payload::jsonb ->> 'operation' = $1
          order by sequence`,
        [operation],
      )
      return rows
    },
  }
}

export function tokensOf(
  { database }: TestDatabase,
  vault: KeyVault,
  parameters: Partial<TokenParameters> = {},
): Tokens {
  const administration = createAdministration()
  const mails = createMails({
    ...{ database, administration, log: () => {} },
    sender: { send: () => Promise.reject(new Error('no mail leaves a test')) },
    clock: { now: () => Temporal.Instant.from('2026-11-22T01:00:00Z') },
    bankNames: { ja: 'まどぐち銀行', en: 'Madoguchi Bank' },
  })
  return createTokens({
    ...{ database, administration, vault, mails, bankCode: '9999', parameters },
    history: operationHistory,
  })
}
