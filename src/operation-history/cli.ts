/** `npm run bank -- audit verify|export` — the operator's commands, as functions. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { exportHistory } from './export.ts'
import { sealRoots, type SealingNeeds } from './jobs.ts'
import { verifyHistory } from './verify.ts'

export type AuditNeeds = SealingNeeds

/** Prints to the operator and answers the process's exit code. */
export type Print = (line: string) => void

const usage = `usage:
  audit verify                          proves the operation history, or names what is broken
  audit export FOLDER [--company ID]    writes it out for an outsider (docs/operating/audit.md)`

/** @returns 0 all is well, 1 something is broken, 2 not understood or not possible */
export async function audit(
  needs: AuditNeeds,
  words: readonly string[],
  print: Print,
): Promise<0 | 1 | 2> {
  const [command, ...given] = words
  if (command === 'verify' && given.length === 0) return auditVerify(needs, print)
  if (command === 'export') {
    const at = given.indexOf('--company')
    const company = at < 0 ? null : (given[at + 1] ?? '')
    const folders = at < 0 ? given : given.toSpliced(at, 2)
    if (folders.length === 1 && company !== '') {
      return auditExport(needs, { folder: folders[0]!, company }, print)
    }
  }
  print(usage)
  return 2
}

export async function auditVerify(needs: AuditNeeds, print: Print): Promise<0 | 1> {
  const { chains, records, roots, unsealed, findings } = await verifyHistory(needs)
  print(`${chains} chains, ${records} records, ${roots} signed roots; ${unsealed} not yet sealed`)
  for (const { chain, broken, says } of findings) print(`BROKEN ${broken}: chain ${chain}: ${says}`)
  const [first] = findings
  if (first === undefined) {
    print('The operation history is whole.')
    return 0
  }
  const where = first.sequence === null ? '' : `, sequence ${first.sequence}`
  print(`First broken: chain ${first.chain}${where}: ${first.says}`)
  return 1
}

export async function auditExport(
  needs: AuditNeeds,
  { folder, company }: { readonly folder: string; readonly company: string | null },
  print: Print,
): Promise<0 | 2> {
  const target = resolve(folder)
  if (existsSync(target)) {
    print(`${target} exists already; name a folder that does not.`)
    return 2
  }
  await sealRoots(needs)
  const { chains, records, roots } = await exportHistory(needs, target, company)
  print(`${chains} chains, ${records} records, ${roots} signed roots in ${target}`)
  print(`To verify: node ${target}/verify-export.mjs ${target} --public-key FILE`)
  return 0
}
