/**
 * Where the server's files lie.
 *
 *     <folder>/cluster   PostgreSQL's data folder
 *     <folder>/socket    its socket and our lock, closed to everybody else
 *
 * Two things may forbid that. Under root the server runs as another user, who cannot walk into
 * root's folders (our own ./data is 0700): then the files lie in /var/lib/madoguchi/<random> and
 * <folder> is a link to them. And the path of a socket may have 107 bytes only: then the socket
 * lies in /tmp/madoguchi-<hash>.
 */
import { createHash, randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  statSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { canReach, serverIdentity, type Identity } from './identity.ts'

export interface Places {
  readonly root: string
  readonly cluster: string
  readonly socket: string
  readonly identity: Identity
}

export const sharedRoot = '/var/lib/madoguchi'
export const port = 5432 // part of the socket's name; nothing listens on it

const longestSocketPath = 107

/** Finds or makes the folders. @throws Error in a sentence for the operator */
export function preparePlaces(wanted: string): Places {
  const folder = resolve(wanted)
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
  const identity = serverIdentity(join(folder, 'cluster'))
  if (isLink(folder)) checkLink(folder, identity)
  else if (!canReach(identity, folder)) linkToShared(folder, identity)

  const root = makeOwn(folder, identity)
  refuseNetworkDrive(root)
  const cluster = join(root, 'cluster')
  refuseForeignOwner(cluster, identity)
  return { root, cluster, socket: makeOwn(socketFolder(root), identity), identity }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/**
 * A new place each time: when somebody removed the link, the books behind it are not to come
 * back under new keys. @throws Error when the folder holds something already
 */
function linkToShared(folder: string, identity: Identity): void {
  if (existsSync(folder)) rmdirSync(folder)
  const target = join(sharedRoot, randomUUID().slice(-12))
  mkdirSync(sharedRoot, { recursive: true, mode: 0o755 })
  makeOwn(target, identity)
  try {
    symlinkSync(target, folder)
    writeFileSync(noteOf(target), `${folder}\n`)
  } catch (fault) {
    rmdirSync(target)
    // Another process was faster; its lock will say so.
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  }
}

/** Says whose it is. Lies beside the folder, which the server's user could fill with traps. */
export function noteOf(target: string): string {
  return `${target}.belongs-to`
}

/** A copied checkout brings a copied link: it must not open the books of the original. */
function checkLink(folder: string, identity: Identity): void {
  const target = readlinkSync(folder)
  if (dirname(target) !== sharedRoot) return // somebody's own choice of a place
  const note = noteOf(target)
  const owner = existsSync(note) ? readFileSync(note, 'utf8').trim() : folder
  if (owner !== folder && isLink(owner) && readlinkSync(owner) === target) {
    throw new Error(
      `${folder} is a copied link to the database of ${owner} (${target}). ` +
        'Remove the link to start with a database of its own.',
    )
  }
  makeOwn(target, identity)
  writeFileSync(note, `${folder}\n`)
}

/** @returns its real path */
function makeOwn(folder: string, identity: Identity): string {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined
  // Only what root made just now is given away: a link planted here could point anywhere.
  if (made && identity !== null) chownSync(folder, identity.uid, identity.gid)
  const path = realpathSync(folder)
  const { uid, mode } = statSync(path)
  const wanted = identity?.uid ?? process.getuid?.()
  if (wanted !== undefined && uid !== wanted) {
    throw new Error(`${path} belongs to user ${uid}, but the database runs as user ${wanted}`)
  }
  if ((mode & 0o777) !== 0o700) chmodSync(path, 0o700)
  return path
}

function refuseForeignOwner(cluster: string, identity: Identity): void {
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid
  const ours = identity?.uid ?? process.getuid?.()
  if (owner !== undefined && ours !== undefined && owner !== ours) {
    throw new Error(
      `The database in ${cluster} belongs to user ${owner}, and we would run it as ${ours}. ` +
        'Start the bank as the user who started it first.',
    )
  }
}

function socketFolder(root: string): string {
  const inside = join(root, 'socket')
  const path = join(inside, `.s.PGSQL.${port}.lock`)
  if (Buffer.byteLength(path) <= longestSocketPath) return inside
  return `/tmp/madoguchi-${hash(root)}`
}

/** fsync on NFS and SMB promises less than a bank's books need, and their locks do not hold. */
const networkDrives = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
])

function refuseNetworkDrive(root: string): void {
  const kind = networkDrives.get(Number(statfsSync(root).type) >>> 0)
  if (kind === undefined) return
  throw new Error(`${root} is on a network drive (${kind}); the database needs a local disk`)
}

function hash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}
