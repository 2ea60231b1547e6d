/**
 * Completes package-lock.json, after packages were added: `node scripts/complete-lock.ts`.
 *
 * Native packages come as one optional package per platform. A registry that does not carry all
 * of them makes npm leave those out of the lock file, and `npm ci` then refuses the whole file.
 * What is missing is written in here; its version is exact in the package that asks for it.
 */
import { readFileSync, writeFileSync } from 'node:fs'

export interface Locked {
  version?: string
  optional?: boolean
  dev?: boolean
  cpu?: string[]
  os?: string[]
  libc?: string[]
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  [more: string]: unknown
}

/** What a locked package asks for and the lock file does not hold: path -> entry. */
export function missingFrom(packages: Record<string, Locked>): Record<string, Locked> {
  const missing: Record<string, Locked> = {}
  for (const [asker, locked] of Object.entries(packages)) {
    const wanted = { ...locked.dependencies, ...locked.optionalDependencies }
    for (const [name, version] of Object.entries(wanted)) {
      if (isHeld(packages, asker, name)) continue
      const dev = locked.dev === true ? { dev: true } : {}
      missing[`node_modules/${name}`] = { version, ...platformOf(name), ...dev, optional: true }
    }
  }
  return missing
}

/** Node looks beside the asker first, then outwards. */
function isHeld(packages: Record<string, Locked>, asker: string, name: string): boolean {
  for (let folder = asker; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    if (packages[`${folder}${folder === '' ? '' : '/'}node_modules/${name}`]) return true
    if (!folder.includes('/node_modules/')) break
  }
  return packages[`node_modules/${name}`] !== undefined
}

/** `@oxlint/binding-linux-arm64-musl` -> linux, arm64, musl */
function platformOf(name: string): Pick<Locked, 'cpu' | 'os' | 'libc'> {
  const system =
    /(android|darwin|freebsd|linux|openharmony|win32|wasm32)-(arm64|arm|x64|ia32|ppc64|riscv64|s390x|wasi)(?:-(\w+))?$/
  const [, os, cpu, abi = ''] = system.exec(name) ?? []
  if (os === undefined || cpu === undefined) throw new Error(`for which platform is ${name}?`)
  if (os === 'wasm32') return { cpu: ['wasm32'] }
  const musl = abi.startsWith('musl') ? { libc: ['musl'] } : {}
  const glibc = abi.startsWith('gnu') ? { libc: ['glibc'] } : {}
  return { cpu: [cpu], ...musl, ...glibc, os: [os] }
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Locked>
  }
  const added = missingFrom(lock.packages)
  const all = Object.entries({ ...lock.packages, ...added })
  lock.packages = Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${Object.keys(added).length} packages added to package-lock.json`)
}
