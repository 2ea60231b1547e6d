/** The demo's certificate: a file that a browser imports, to try 電子証明書ログイン (手順 1-1). */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { User } from '#administration/index.ts'
import { sato } from './cast.ts'

/** Whose it is; the company may log in either way. */
export const certificateHolder = sato.loginId
/** Public, like every password of the demo. */
const filePassword = 'madoguchi-demo'

export interface DemoCertificates {
  /** @returns null where the user has a valid one already */
  makeDemoCertificate(asked: {
    readonly user: User
    readonly password: string
  }): Promise<Uint8Array | null>
}

/** @returns what a person at the terminal needs to know; null where no file is at hand */
export async function demoCertificate(
  certificates: DemoCertificates,
  { user, dataDir }: { readonly user: User; readonly dataDir: string },
): Promise<readonly string[] | null> {
  const folder = join(dataDir, 'demo-certificate')
  const file = join(folder, `${user.loginId}.p12`)
  const made = await certificates.makeDemoCertificate({ user, password: filePassword })
  if (made !== null) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.new`, made, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return existsSync(file) ? instructions(file, user.loginId) : null
}

function instructions(file: string, loginId: string): readonly string[] {
  return [
    `Login by certificate (手順 1-1): import ${file} (password ${filePassword}),`,
    `restart the browser, press 「電子証明書ログイン」 and choose ${loginId}.`,
    '  Windows: open the file, next to the end   macOS: open it in Keychain Access (login)',
    `  Linux:   pk12util -d sql:$HOME/.pki/nssdb -W ${filePassword} -i ${file}`,
    '  The browser does not know the demo’s authority and warns once: go on, or import /pki/root.crt.',
  ]
}
