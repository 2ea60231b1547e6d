/** The demo logins, for people (a table on the terminal) and for scripts (a file). */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Role } from '#kit/rights.ts'
import { cast, type CastMember } from './cast.ts'

export interface DemoLogin {
  readonly loginId: string
  readonly loginPassword: string
  readonly confirmationPassword: string
  readonly role: Role
  readonly state: CastMember['state']
  readonly says: string
}

export type PasswordProfile = 'guide' | 'modern'

/** The profile `modern` asks for twelve characters at least. */
export function passwordsOf(member: CastMember, profile: PasswordProfile) {
  const lengthened = (password: string) =>
    profile === 'modern' ? `${password}-Madoguchi` : password
  return {
    loginPassword: lengthened(member.loginPassword),
    confirmationPassword: lengthened(member.confirmationPassword),
  }
}

export function demoLogins(profile: PasswordProfile): readonly DemoLogin[] {
  return Object.values(cast).map((member: CastMember) => {
    const { loginId, role, state, says } = member
    return { loginId, ...passwordsOf(member, profile), role, state, says }
  })
}

/** Readable to its owner only, and never half written. */
export function writeLogins(file: string, logins: readonly DemoLogin[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
}

/** As it stands on the terminal after the start. */
export function loginsTable(logins: readonly DemoLogin[]): string {
  const head = {
    loginId: 'ログインID',
    loginPassword: 'ログインPW',
    confirmationPassword: '確認用PW',
  }
  const row = (cells: Pick<DemoLogin, keyof typeof head>, says: string) =>
    `  ${padded(cells.loginId, 12)}${padded(cells.loginPassword, 22)}${padded(cells.confirmationPassword, 22)}${says}`
  return [row(head, ''), ...logins.map((login) => row(login, login.says))]
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Japanese letters take two columns of a terminal. */
function padded(text: string, columns: number): string {
  const width = Array.from(text, (letter) => (letter > '\u00ff' ? 2 : 1)).reduce<number>(
    (sum, one) => sum + one,
    0,
  )
  return text + ' '.repeat(Math.max(columns - width, 1))
}
