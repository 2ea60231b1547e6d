/**
 * The demo world: two banks, two companies, their people, books and notices.
 *
 * It is made on the first start, through the doors that everybody else uses, in an order that lets
 * a killed start be completed by the next: first the books, whose postings cannot be made twice,
 * then in one transaction all the rest. A later release adds the people whom it brings along.
 */
import { join } from 'node:path'
import type { Administration } from '#administration/index.ts'
import type { ApprovalPolicy, Approvals } from '#approvals/index.ts'
import type { Credentials } from '#identity/index.ts'
import type { BankAccount } from '#kit/bank-account.ts'
import type { CompanyId } from '#kit/ids.ts'
import { dayInJapan } from '#kit/japan-time.ts'
import type { Outcome } from '#kit/outcome.ts'
import type { Notices } from '#notices/index.ts'
import type { Clock } from '#outside/clock/port.ts'
import type { CoreBanking } from '#outside/core-banking/port.ts'
import type { Database, Tx } from '#platform/database/database.ts'
import { makeBooks } from './books.ts'
import { certificateHolder, demoCertificate, type DemoCertificates } from './certificate.ts'
import { cast, companies, type CastMember } from './cast.ts'
import {
  demoLogins,
  passwordsOf,
  writeLogins,
  type DemoLogin,
  type PasswordProfile,
} from './logins.ts'
import { demoNotices } from './notices.ts'
import { newCompany, newUser } from './people.ts'
import { neighbours } from './places.ts'

/** Opens accounts at banks that are only played. */
interface OtherBanks {
  openAccount(account: {
    readonly account: BankAccount
    readonly holderKana: string
  }): Promise<void>
}

export interface DemoWorldNeeds {
  readonly database: Database
  readonly administration: Pick<Administration, 'createCompany' | 'createUser' | 'userByLoginId'>
  readonly credentials: Pick<Credentials, 'create'>
  readonly notices: Pick<Notices, 'publish'>
  readonly coreBanking: Pick<CoreBanking, 'openAccount' | 'statement' | 'post'>
  /** null: nobody comes by certificate. */
  readonly certificates: DemoCertificates | null
  /** 模擬の他行; null: the other banks are real. */
  readonly otherBanks: OtherBanks | null
  readonly approvals: Pick<Approvals, 'setPolicy'>
  readonly clock: Clock
  readonly passwordProfile: PasswordProfile
  /** Where demo-logins.json goes. */
  readonly dataDir: string
}

export interface MadeWorld {
  readonly logins: readonly DemoLogin[]
  /** How to come in by the demo's certificate, line by line. */
  readonly certificate: readonly string[] | null
}

export interface DemoWorld {
  /**
   * Makes what is missing; does next to nothing when all is there.
   * @param progress gets a line for the terminal now and then
   */
  make(progress: (line: string) => void): Promise<MadeWorld>
  /** Whose software token one button fetches. */
  companies(
    database: Database,
  ): Promise<readonly { readonly id: CompanyId; readonly name: string }[]>
}

export function createDemoWorld(needs: DemoWorldNeeds): DemoWorld {
  return {
    async make(progress) {
      const logins = demoLogins(needs.passwordProfile)
      const lacking = await missing(needs)
      if (lacking.length > 0) {
        if (lacking.length === members.length) await books(needs, progress)
        if (await peopleOnce(needs)) progress('users and notices made')
      }
      for (const one of neighbours) await needs.otherBanks?.openAccount(one)
      writeLogins(join(needs.dataDir, 'demo-logins.json'), logins)
      return { logins, certificate: await certificateOf(needs) }
    },
    companies: (database) =>
      database.asBank(async (tx) => {
        const ids = Object.entries(await companyIds(tx, needs))
        return ids.map(([name, id]) => ({ id, name: companies[name as 'sample'].name }))
      }),
  }
}

const members: readonly CastMember[] = Object.values(cast)

function missing({ database, administration }: DemoWorldNeeds): Promise<readonly CastMember[]> {
  return database.asBank(async (tx) => {
    const lacking: CastMember[] = []
    for (const member of members) {
      if ((await administration.userByLoginId(tx, member.loginId)) === null) lacking.push(member)
    }
    return lacking
  })
}

/** The companies that are there, by any of their people. */
async function companyIds(
  tx: Tx,
  { administration }: Pick<DemoWorldNeeds, 'administration'>,
): Promise<Partial<Record<CastMember['company'], CompanyId>>> {
  const ids: Partial<Record<CastMember['company'], CompanyId>> = {}
  for (const { company, loginId } of members) {
    const user = await administration.userByLoginId(tx, loginId)
    if (user !== null) ids[company] = user.companyId
  }
  return ids
}

async function books(needs: DemoWorldNeeds, progress: (line: string) => void): Promise<void> {
  const today = dayInJapan(needs.clock.now())
  const count = await makeBooks(needs.coreBanking, today, (done, of) => {
    progress(`books: ${Math.floor((done / of) * 100)} %`)
  })
  progress(`books: ${count.toLocaleString('en')} postings up to ${today.toString()}`)
}

/**
 * Two processes may start at once; the accounts are unique, so one of them fails here whole.
 * @returns false when the other one was faster
 */
async function peopleOnce(needs: DemoWorldNeeds): Promise<boolean> {
  try {
    await needs.database.asBank((tx) => people(tx, needs))
    return true
  } catch (fault) {
    if ((await missing(needs)).length === 0) return false
    throw fault
  }
}

async function people(tx: Tx, needs: DemoWorldNeeds): Promise<void> {
  const { administration, approvals, credentials, notices, clock, passwordProfile } = needs
  const now = clock.now()
  const there = await companyIds(tx, needs)
  const ids = {} as Record<CastMember['company'], CompanyId>
  for (const name of Object.keys(companies) as CastMember['company'][]) {
    const id = there[name]
    ids[name] = id ?? made(await administration.createCompany(tx, newCompany(name), now)).id
  }
  for (const member of members) {
    if ((await administration.userByLoginId(tx, member.loginId)) !== null) continue
    const asked = newUser(member, ids[member.company])
    const user = made(await administration.createUser(tx, asked, now))
    const passwords = passwordsOf(member, passwordProfile)
    const forceChange = member.state === 'first-login'
    made(await credentials.create(tx, { user, ...passwords, forceChange }, now))
  }
  if (Object.keys(there).length > 0) return
  for (const companyId of Object.values(ids)) {
    made(await approvals.setPolicy(tx, { companyId, business: 'transfers' }, policy, now))
  }
  for (const notice of demoNotices(now)) made(await notices.publish(tx, notice, now))
}

/** Below a million yen シングル承認, from there on ダブル承認(順序あり). */
const policy: ApprovalPolicy = {
  ...{ otherUser: true, otherToken: true, groups: [] },
  bands: [
    {
      ...{ amountFrom: 1_000_000n, newPayee: null, turn: 'in-turn' },
      steps: [{ of: 'named' }, { of: 'named' }],
    },
    { amountFrom: 0n, newPayee: null, turn: 'any-order', steps: [{ of: 'named' }] },
  ],
}

async function certificateOf(needs: DemoWorldNeeds): Promise<MadeWorld['certificate']> {
  const { certificates, database, administration, dataDir } = needs
  if (certificates === null) return null
  const user = await database.asBank((tx) => administration.userByLoginId(tx, certificateHolder))
  return user && demoCertificate(certificates, { user, dataDir })
}

/** A refusal here is a fault of ours: the demo asks for nothing that may be refused. */
function made<Value>(outcome: Outcome<Value, string>): Value {
  if (!outcome.granted) throw new Error(`the demo world is refused: ${outcome.reason}`)
  return outcome.value
}
