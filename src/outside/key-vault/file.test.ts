/** The vault in files: the contract, and what holds for files. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFileVault } from './file.ts'
import { keyVaultContract } from './port.contract.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'vault-'))
})
afterAll(() => rm(home, { recursive: true }))

keyVaultContract(() => openFileVault(join(home, 'keys')))

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('a vault in files', () => {
  test('keeps folder and keys to its owner, and leaves nothing half-made behind', async () => {
    const folder = join(home, 'deep', 'keys')
    const vault = await openFileVault(folder)
    await Promise.all([vault.pepper(), vault.publicKey('operation-history-roots')])
    expect(await mode(folder)).toBe('700')
    const files = await readdir(folder)
    expect(files.toSorted()).toEqual(['pepper.key', 'sign-operation-history-roots.pem'])
    for (const file of files) expect(await mode(join(folder, file))).toBe('600')
  })

  test('refuses a folder, or a key, that others may read', async () => {
    const folder = join(home, 'open-folder')
    const vault = await openFileVault(folder)
    await vault.pepper()
    await chmod(join(folder, 'pepper.key'), 0o640)
    await expect((await openFileVault(folder)).pepper()).rejects.toThrow('open to others')
    await chmod(folder, 0o755)
    await expect(openFileVault(folder)).rejects.toThrow('open to others')
  })

  test('refuses a key that was cut off', async () => {
    const folder = join(home, 'cut-off')
    const vault = await openFileVault(folder)
    await writeFile(join(folder, 'pepper.key'), 'short', { mode: 0o600 })
    await expect(vault.pepper()).rejects.toThrow('too short')
  })

  test('gives two processes that start at once the same key', async () => {
    const folder = join(home, 'two-processes')
    const script = `
      import { openFileVault } from ${JSON.stringify(join(import.meta.dirname, 'file.ts'))}
      const vault = await openFileVault(${JSON.stringify(folder)})
      console.log(Buffer.from(await vault.pepper()).toString('hex'))`
    const run = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
    const answers = await Promise.all([run(), run(), run(), run()])
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1)
    expect(answers[0]!.stdout.trim()).toMatch(/^[0-9a-f]{64}$/)
  }, 30_000)
})
