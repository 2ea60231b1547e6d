/** `npm run bank -- tokens …` — the operator's commands on devices and registrations. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Company } from '#administration/index.ts'
import { isId, type CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'
import { originOfCommandLine } from '#platform/http/origin.ts'
import { bringIn } from './deliveries.ts'
import { assignDevice, deviceBySerial, devices, discardDevice } from './devices-store.ts'
import { endHoldings, holdingsOf } from './holdings-store.ts'
import { endInstance, goOnAfterRestore, liveInstanceOf } from './instances-store.ts'
import { carryOut } from './managing.ts'
import type { TokenAction } from './managing-rules.ts'
import type { Came, RegistrationNeeds } from './registration.ts'
import { serialTyped } from './serials.ts'
import { issueVoucher } from './software-tokens.ts'

/** Prints to the operator. */
export type Print = (line: string) => void

export const tokensUsage = `  tokens import FILE --key-file KEY --by NAME --approved-by NAME   brings in a PSKC file (RFC 6030)
  tokens list [--company WHO]                  devices, their state and who has them
  tokens assign SERIAL --company WHO           gives a device in stock to a company
  tokens discard SERIAL                       lost or broken: no more 2D codes, no more signatures
  tokens reset | detach | release LOGINID     初期化, 失効, 利用停止解除 for a user (also a master)
  tokens voucher --company WHO --by NAME       a voucher for a software token, shown once
  tokens after-restore                        once, after the database was restored from a backup
  WHO is a company's id, or the login ID of one of its users.`

interface Given {
  readonly needs: RegistrationNeeds
  readonly rest: readonly string[]
  readonly flags: Readonly<Record<string, string | undefined>>
  readonly came: Came
  readonly print: Print
}

/** @returns 0 done, 1 refused, 2 not understood */
export async function tokensCommand(
  needs: RegistrationNeeds,
  words: readonly string[],
  { now, print }: { now: Temporal.Instant; print: Print },
): Promise<0 | 1 | 2> {
  const [command = '', ...given] = words
  const parsed = read(given)
  const run = parsed && commands[command]
  const came = { now, origin: originOfCommandLine() }
  const done = run ? await run({ needs, ...parsed, came, print }) : 2
  if (done === 2) print(`usage:\n${tokensUsage}`)
  return done
}

function read(words: readonly string[]): Pick<Given, 'rest' | 'flags'> | null {
  const text = { type: 'string' } as const
  const options = { 'key-file': text, by: text, 'approved-by': text, company: text }
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
    })
    return { rest: positionals, flags: values }
  } catch {
    return null
  }
}

const commands: Readonly<Record<string, (given: Given) => Promise<0 | 1 | 2>>> = {
  import: importFile,
  list,
  assign,
  discard,
  reset: (given) => onUser(given, 'reset'),
  detach: (given) => onUser(given, 'detach'),
  release: (given) => onUser(given, 'release'),
  voucher,
  'after-restore': afterRestore,
}

async function importFile({ needs, rest, flags, came, print }: Given): Promise<0 | 1 | 2> {
  const [path] = rest
  const { 'key-file': keyPath, by = '', 'approved-by': approvedBy = '' } = flags
  if (rest.length !== 1 || path === undefined || keyPath === undefined) return 2
  const preSharedKey = readKey(keyPath)
  if (preSharedKey === null) {
    print('refused: the key file holds neither 16 or 32 bytes nor as many in hexadecimal digits')
    return 1
  }
  const done = await bringIn(
    needs,
    { file: readFileSync(path), preSharedKey, by, approvedBy },
    came,
  )
  preSharedKey.fill(0)
  if ('refuse' in done) {
    const facts = Object.entries(done.facts).map(([name, value]) => ` ${name} ${value}`)
    print(`refused: ${done.refuse}${facts.join(',')}; nothing was stored`)
    return 1
  }
  print(`${done.serials} tokens are in stock. SHA-256 of the file: ${done.fileHash}`)
  return 0
}

/** Raw bytes, or their hexadecimal digits as a text. */
function readKey(path: string): Uint8Array | null {
  const bytes = readFileSync(path)
  const text = bytes.toString('latin1').trim()
  if (/^([0-9a-f]{32}|[0-9a-f]{64})$/i.test(text)) return Buffer.from(text, 'hex')
  return bytes.length === 16 || bytes.length === 32 ? bytes : null
}

async function list({ needs, rest, flags, print }: Given): Promise<0 | 1 | 2> {
  if (rest.length > 0) return 2
  return needs.database.asBank(async (tx) => {
    const only = flags['company'] === undefined ? null : await companyOf(needs, tx, flags)
    if (flags['company'] !== undefined && only === null) return unknownCompany(print)
    const found = await devices(tx, { companyId: only?.id ?? null })
    for (const { serial, profile, state, companyId: owner } of found) {
      const company = owner && (await needs.administration.companyById(tx, owner))
      const held = owner === null ? [] : await holdingsOf(tx, owner, needs.parameters)
      const people = held.filter((holding) => holding.serial === serial)
      const users = people.map(async ({ userId, suspended }) => {
        const user = await needs.administration.userById(tx, userId)
        return `${user?.loginId ?? '?'}${suspended ? ' (suspended)' : ''}`
      })
      const who = (await Promise.all(users)).join(', ')
      print([serial, profile, state, company?.name ?? '-', who || '-'].join('\t'))
    }
    print(`${found.length} tokens`)
    return 0
  })
}

async function assign({ needs, rest, flags, came, print }: Given): Promise<0 | 1 | 2> {
  const serial = serialTyped(rest[0] ?? '')
  if (rest.length !== 1 || serial === null) return 2
  return needs.database.asBank(async (tx) => {
    const company = await companyOf(needs, tx, flags)
    if (company === null) return unknownCompany(print)
    if (!(await assignDevice(tx, { serial, companyId: company.id }, came.now))) {
      print(`refused: ${serial} is not in stock`)
      return 1
    }
    await record(needs, tx, { came, companyId: company.id, operation: 'token-assignment', serial })
    print(`${serial} belongs to ${company.name} now.`)
    return 0
  })
}

async function discard({ needs, rest, came, print }: Given): Promise<0 | 1 | 2> {
  const serial = serialTyped(rest[0] ?? '')
  if (rest.length !== 1 || serial === null) return 2
  return needs.database.asBank(async (tx) => {
    const device = await deviceBySerial(tx, serial, { lock: true })
    if (device === null || !(await discardDevice(tx, serial))) {
      print(`refused: ${serial} is unknown, or discarded already`)
      return 1
    }
    const live = await liveInstanceOf(tx, serial)
    if (live !== null) {
      await endHoldings(tx, { instanceId: live.id }, { as: 'discarded', now: came.now })
      await endInstance(tx, { id: live.id, as: 'discarded' }, came.now)
    }
    const { companyId } = device
    await record(needs, tx, { came, companyId, operation: 'token-disposal', serial })
    print(`${serial} is discarded.`)
    return 0
  })
}

async function onUser(
  { needs, rest, came, print }: Given,
  action: TokenAction,
): Promise<0 | 1 | 2> {
  const [loginId] = rest
  if (rest.length !== 1 || loginId === undefined) return 2
  return needs.database.asBank(async (tx) => {
    const user = await needs.administration.userByLoginId(tx, loginId)
    const all = user === null ? [] : await holdingsOf(tx, user.companyId, needs.parameters)
    const holding = all.find(({ userId }) => userId === user?.id)
    const refused =
      user === null
        ? 'there is no such user'
        : holding === undefined
          ? 'this user has no token'
          : action === 'reset' && holding.state === 'in-use'
            ? 'the token has signed already; detach it'
            : action === 'release' && !holding.suspended
              ? 'the token is not suspended'
              : null
    if (user === null || holding === undefined || refused !== null) {
      print(`refused: ${refused}`)
      return 1
    }
    const actor = { companyId: user.companyId, userId: null, name: null }
    await carryOut(needs, tx, { action, holding, actor, came })
    print(`done: ${action} for ${loginId}`)
    return 0
  })
}

/** camera-token.md A7: else devices would answer E-OLD to every new 2D code. */
async function afterRestore({ needs, rest, came, print }: Given): Promise<0 | 1 | 2> {
  if (rest.length > 0) return 2
  await needs.database.asBank((tx) => goOnAfterRestore(tx, came.now))
  print('all sequences are ahead of what devices may have seen; open 2D codes are void')
  return 0
}

async function voucher({ needs, rest, flags, came, print }: Given): Promise<0 | 1 | 2> {
  const { by = '' } = flags
  if (rest.length > 0 || by === '') return 2
  if (!needs.parameters.softwareTokens.taken) {
    print('refused: this bank takes no software tokens (tokens.softwareTokens.taken)')
    return 1
  }
  return needs.database.asBank(async (tx) => {
    const company = await companyOf(needs, tx, flags)
    if (company === null) return unknownCompany(print)
    print(await issueVoucher(needs, tx, { companyId: company.id, by, came }))
    return 0
  })
}

/** Operators know people rather than ids. */
async function companyOf(
  { administration }: RegistrationNeeds,
  tx: Tx,
  { company: who = '' }: Given['flags'],
): Promise<Company | null> {
  if (isId(who)) return administration.companyById(tx, who as CompanyId)
  const user = await administration.userByLoginId(tx, who)
  return user && administration.companyById(tx, user.companyId)
}

function unknownCompany(print: Print): 1 {
  print('refused: there is no such company')
  return 1
}

async function record(
  { history }: RegistrationNeeds,
  tx: Tx,
  {
    came: { now: at, origin },
    companyId,
    operation,
    serial,
  }: {
    came: Came
    companyId: CompanyId | null
    operation: 'token-assignment' | 'token-disposal'
    serial: string
  },
): Promise<void> {
  const facts = { serial }
  await history.record(tx, {
    at,
    companyId,
    userId: null,
    operation,
    result: 'done',
    facts,
    origin,
  })
}
