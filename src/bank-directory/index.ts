/** 金融機関マスタ — the door. */
import { createRequire } from 'node:module'
import { foundMax, kanaRows } from '#kit/bank-search.ts'
import type { Database } from '#platform/database/database.ts'
import { refuse, routes, type Handlers, type Routes } from '#platform/http/routes.ts'
import { banksCommand, type Print } from './cli.ts'
import { contract } from './contract.ts'
import type { BankDirectory } from './directory.ts'
import * as store from './directory-store.ts'
import { asKana, directoryOf, folded, type Directory, type Published } from './published.ts'

export { banksUsage } from './cli.ts'
export type { Bank, BankDirectory, Branch } from './directory.ts'

export interface BankDirectoryDoor extends BankDirectory {
  readonly routes: Routes
  /**
   * At every start: the published version of the package, where it is a new one, and the bank's
   * own banks and branches. Half a second and 60 MB, once per version; else next to nothing.
   */
  load(now: Temporal.Instant): Promise<void>
  /** Only the bank's own, for who needs no other. */
  loadOwn(): Promise<void>
  /** `npm run bank -- banks …`. @returns the process's exit code */
  command(words: readonly string[], now: Temporal.Instant, print: Print): Promise<0 | 1 | 2>
}

export interface BankDirectoryNeeds {
  readonly database: Pick<Database, 'asBank' | 'asCompany'>
  /** Ourselves, and whatever else this bank names. */
  readonly own: Directory
}

export function createBankDirectory(needs: BankDirectoryNeeds): BankDirectoryDoor {
  const { database } = needs
  const branches: BankDirectory['branches'] = async (tx, of) => {
    const found = await store.branchesBy(tx, of)
    return of.map(({ bankCode, code }) => found.get(`${bankCode}-${code}`) ?? null)
  }
  return {
    bank: store.bankByCode,
    branches,
    branch: async (tx, of) => (await branches(tx, [of]))[0]?.branch ?? null,
    routes: directoryRoutes(needs),
    load: (now) => load(needs, now),
    loadOwn: () => database.asBank((tx) => store.putOwn(tx, needs.own)),
    command: (words, now, print) => banksCommand({ database }, words, { now, print }),
  }
}

type Query = Parameters<Handlers<typeof contract>['findBanks']>[0]['input']['query']

function directoryRoutes({ database }: BankDirectoryNeeds): Routes {
  const asked = (bankCode: string | null, { text = '', row, after }: Query) => ({
    ...{
      bankCode,
      text: folded(text),
      kana: asKana(text),
      after: after ?? null,
      limit: foundMax + 1,
    },
    initials: row === undefined ? '' : kanaRows[row],
  })
  const out = (found: readonly store.FoundPlace[]) => ({
    found: found.slice(0, foundMax).map((one) => ({ ...one })),
    more: found.length > foundMax,
  })
  return routes(contract, {
    findBanks: ({ input, visitor }) =>
      database.asCompany(visitor.companyId, async (tx) =>
        out(await store.search(tx, asked(null, input.query))),
      ),
    findBranches: ({ input, visitor }) =>
      database.asCompany(visitor.companyId, async (tx) => {
        const { code } = input.params
        if ((await store.bankByCode(tx, code)) === null) return refuse('bank-unknown')
        return out(await store.search(tx, asked(code, input.query)))
      }),
  })
}

function load({ database, own }: BankDirectoryNeeds, at: Temporal.Instant): Promise<void> {
  return database.asBank(async (tx) => {
    await store.lockLoading(tx)
    const require = createRequire(import.meta.url)
    const { version } = require('zengin-code/package.json') as { version: string }
    if (!(await store.hasLoaded(tx, version))) {
      const published = require('zengin-code') as Published
      await store.putVersion(tx, directoryOf(published), { version, at })
    }
    await store.putOwn(tx, own)
  })
}
