/** `npm run bank -- certificates letter|list|revoke` — the bank's desk, as functions. */
import type { CompanyId } from '#kit/ids.ts'
import { isId, newId } from '#kit/ids.ts'
import { momentInJapan } from '#kit/japan-time.ts'
import type { Origin } from '#kit/visitor.ts'
import { newInquiryNumber } from '#platform/http/origin.ts'
import { stateNow } from './certificate.ts'
import { certificateById, certificatesOf } from './certificates-store.ts'
import { insertLetter } from './issue-store.ts'
import { letterCodeHash, newLetterCode } from './letter-code.ts'
import type { CertificateDesk } from './needs.ts'
import { note, type Came } from './recording.ts'
import { revoke } from './revocation.ts'

type CommandNeeds = Pick<
  CertificateDesk,
  'database' | 'administration' | 'history' | 'mails' | 'parameters'
>

/** Prints to the operator and answers the process's exit code. */
export type Print = (line: string) => void

export const certificatesUsage = `  certificates letter LOGINID            makes the 電子証明書発行コード of a letter, for a user without a token
  certificates list [--company ID]       what was issued
  certificates revoke ID --reason TEXT   ends a certificate at once
  certificates login-method LOGINID certificate|password|either
                                         ログイン方式 of the company that this user belongs to`

/** @returns 0 done, 1 refused, 2 not understood */
export async function certificatesCommand(
  needs: CommandNeeds,
  words: readonly string[],
  { now, print }: { readonly now: Temporal.Instant; readonly print: Print },
): Promise<0 | 1 | 2> {
  const [command, first, option, text, ...more] = words
  const came: Came = { now, origin: originOfDesk() }
  if (more.length === 0) {
    if (command === 'letter' && first !== undefined && option === undefined) {
      return letter(needs, first, { came, print })
    }
    if (command === 'list' && first === undefined) return list(needs, null, { came, print })
    if (command === 'list' && first === '--company' && option !== undefined && text === undefined) {
      return list(needs, option, { came, print })
    }
    if (command === 'revoke' && first !== undefined && option === '--reason' && text?.trim()) {
      return end(needs, { id: first, reason: text.trim().slice(0, 200) }, { came, print })
    }
  }
  const isMethod = methods.find((one) => one === option)
  if (command === 'login-method' && first !== undefined && isMethod && text === undefined) {
    return loginMethod(needs, { loginId: first, method: isMethod }, { came, print })
  }
  print(`usage:\n${certificatesUsage}`)
  return 2
}

const methods = ['certificate', 'password', 'either'] as const

interface Desk {
  readonly came: Came
  readonly print: Print
}

/** The bank's own machine, at the bank's own desk. */
function originOfDesk(): Origin {
  const inquiryNumber = newInquiryNumber()
  return { address: '127.0.0.1', terminal: 'pc', userAgent: 'bank', inquiryNumber, language: 'ja' }
}

async function letter(needs: CommandNeeds, loginId: string, { came, print }: Desk): Promise<0 | 1> {
  const { database, administration, parameters } = needs
  const { now } = came
  const code = newLetterCode()
  const expiresAt = now.add({ hours: 24 * parameters.letterCodeDays })
  const user = await database.asBank(async (tx) => {
    const user = await administration.userByLoginId(tx, loginId)
    if (user === null) return null
    const { id: userId, companyId } = user
    const made = { id: newId<'letter'>(now.epochMilliseconds), companyId, userId, expiresAt }
    await insertLetter(tx, { ...made, codeHash: letterCodeHash(code) }, now)
    const operation = 'certificate-letter'
    await note(needs, tx, came, { companyId, userId, operation, facts: { loginId } })
    return user
  })
  if (user === null) {
    print(`nobody has the login ID ${loginId}`)
    return 1
  }
  print(`電子証明書発行コード for ${user.name} (${loginId}), until ${momentInJapan(expiresAt)}:`)
  print(code)
  print('It is shown once. Print it into the letter; a letter made before it is void.')
  return 0
}

/** Until the bank's desk has a screen for the contract. Sessions under way go on. */
async function loginMethod(
  needs: CommandNeeds,
  { loginId, method }: { readonly loginId: string; readonly method: (typeof methods)[number] },
  { came, print }: Desk,
): Promise<0 | 1> {
  const { database, administration } = needs
  const company = await database.asBank(async (tx) => {
    const user = await administration.userByLoginId(tx, loginId)
    const found = user && (await administration.companyById(tx, user.companyId))
    if (found === null) return null
    await administration.setLoginMethod(tx, found.id, method)
    const facts = { from: found.loginMethod, to: method }
    const operation = 'login-method-changed'
    await note(needs, tx, came, { companyId: found.id, userId: null, operation, facts })
    return found
  })
  print(company === null ? `nobody has the login ID ${loginId}` : `${company.name}: ${method}`)
  return company === null ? 1 : 0
}

async function list(
  { database }: CommandNeeds,
  company: string | null,
  { came, print }: Desk,
): Promise<0 | 1> {
  if (company !== null && !isId(company)) {
    print(`${company} is not the ID of a company`)
    return 1
  }
  const all = await database.asBank((tx) => certificatesOf(tx, company as CompanyId | null))
  for (const one of all) {
    const until = momentInJapan(one.notAfter)
    print(`${one.id}  ${one.loginId}  ${stateNow(one, came.now)}  ${until}  ${one.serialNumber}`)
  }
  print(`${all.length} certificates`)
  return 0
}

async function end(
  needs: CommandNeeds,
  { id, reason }: { readonly id: string; readonly reason: string },
  { came, print }: Desk,
): Promise<0 | 1> {
  const outcome = await needs.database.asBank(async (tx) => {
    const certificate = isId(id) ? await certificateById(tx, id) : null
    if (certificate === null) return 'certificate-unknown'
    const ended = await revoke(needs, tx, { certificate, by: null, reason }, came)
    return ended.granted ? null : ended.reason
  })
  print(outcome === null ? `revoked: ${id}` : `refused: ${outcome}`)
  return outcome === null ? 0 : 1
}
