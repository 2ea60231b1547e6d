/**
 * As whom the server runs. PostgreSQL refuses to run as root, so under root its programs are
 * started as an ordinary user; otherwise they run as whoever started us.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** null: as ourselves. */
export type Identity = { readonly uid: number; readonly gid: number } | null

/**
 * Under root the owner of the books that are there already, so that a user added to the machine
 * later does not lock us out of them; else `postgres` where the machine has that user, else
 * `nobody`. initdb looks the name up, so a number without an entry in /etc/passwd will not do.
 */
export function serverIdentity(cluster?: string): Identity {
  if (process.getuid?.() !== 0) return null
  const owner = cluster === undefined ? undefined : statSync(cluster, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }

  const users = readFileSync('/etc/passwd', 'utf8')
  for (const name of ['postgres', 'nobody']) {
    const entry = users.match(new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm'))
    if (entry !== null) return { uid: Number(entry[1]), gid: Number(entry[2]) }
  }
  throw new Error(
    'PostgreSQL does not run as root, and /etc/passwd has no user nobody to run it as',
  )
}

/** Whether that user can walk down to the path. Root's folders are often closed to others. */
export function canReach(identity: Identity, path: string): boolean {
  if (identity === null) return true
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder)
    const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
