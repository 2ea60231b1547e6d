/**
 * The vault in an HSM, on SoftHSM2: the contract, and what holds for tokens. Left out, and
 * counted as left out, where softhsm2 is not installed or pkcs11js is not built.
 */
import {
  execFileSync,
  spawn,
  spawnSync,
  type ChildProcessWithoutNullStreams,
} from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFileVault } from './file.ts'
import { openToken, type Session } from './pkcs11-token.ts'
import { openPkcs11Vault } from './pkcs11.ts'
import { keyVaultContract } from './port.contract.ts'

const modulePath = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find((path) => existsSync(path))
const hasTool = spawnSync('softhsm2-util', ['--version']).status === 0
const pin = '271828'
const bytes = (text: string) => new TextEncoder().encode(text)
const place = (tokenLabel: string) => ({ modulePath: modulePath!, tokenLabel, pin })

let home: string
/** SoftHSM reads the name of its settings from the environment when it is initialised. */
async function makeTokens(labels: readonly string[]): Promise<void> {
  home = await mkdtemp(join(tmpdir(), 'token-'))
  const settings = join(home, 'softhsm2.conf')
  await mkdir(join(home, 'tokens'))
  await writeFile(settings, `directories.tokendir = ${join(home, 'tokens')}\nlog.level = ERROR\n`)
  process.env['SOFTHSM2_CONF'] = settings
  for (const label of labels) {
    const words = ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '314159']
    execFileSync('softhsm2-util', words, { stdio: 'pipe' })
  }
}

describe.skipIf(modulePath === undefined || !hasTool || !isBuilt())(
  'a vault on SoftHSM2',
  { timeout: 60_000 },
  () => {
    beforeAll(() =>
      makeTokens(['contract', 'bank', 'race', 'foreign', 'left', 'locked', 'two', 'two']),
    )
    afterAll(() => rm(home, { recursive: true }))

    keyVaultContract(() => openPkcs11Vault(place('contract')))

    test('never lets a key out of the token', async () => {
      const vault = await openPkcs11Vault(place('bank'))
      await vault.seal('token-keys', bytes('secret'), '')
      await vault.pepper()
      await vault.signP256('root-ca', bytes('certificate'))
      await vault.sign('operation-history-roots', bytes('root'))
      const guarded = await inToken('bank', (session) => {
        const { CKO_SECRET_KEY, CKO_PRIVATE_KEY, CKA_VALUE } = session.cryptoki
        const keys = [CKO_SECRET_KEY, CKO_PRIVATE_KEY].flatMap((kind) => objects(session, kind))
        for (const key of keys) {
          expect(() =>
            session.module.C_GetAttributeValue(session.handle, key, [{ type: CKA_VALUE }]),
          ).toThrow('CKR_ATTRIBUTE_SENSITIVE')
        }
        return keys.length
      })
      expect(guarded).toBe(4)
    })

    test('serves many at once with few sessions', async () => {
      const vault = await openPkcs11Vault(place('bank'))
      const texts = Array.from({ length: 60 }, (_, at) => `鍵 ${at} `.repeat(at + 1))
      const opened = await Promise.all(
        texts.map(async (text, at) => {
          const sealed = await vault.seal('token-keys', bytes(text), `row ${at}`)
          return Buffer.from(await vault.open('token-keys', sealed, `row ${at}`)).toString()
        }),
      )
      expect(opened).toEqual(texts)
    })

    test('gives processes that ask at once the same keys, and leaves no sign behind', async () => {
      const answers = await askedAtOnce(5)
      expect(new Set(answers).size).toBe(1)
      expect(answers[0]!.match(/BEGIN PUBLIC KEY/g)).toHaveLength(4)
      const counts = await inToken('race', (session) => {
        const { CKO_DATA, CKO_SECRET_KEY, CKO_PRIVATE_KEY, CKO_PUBLIC_KEY } = session.cryptoki
        const kinds = [CKO_DATA, CKO_SECRET_KEY, CKO_PRIVATE_KEY, CKO_PUBLIC_KEY]
        return kinds.map((kind) => objects(session, kind).length)
      })
      expect(counts).toEqual([0, 1, 4, 4])
    })

    test('says so when a process died while it made a key, and makes no other', async () => {
      await inToken('left', ({ cryptoki, module, handle }) =>
        module.C_CreateObject(handle, [
          { type: cryptoki.CKA_CLASS, value: cryptoki.CKO_DATA },
          { type: cryptoki.CKA_TOKEN, value: true },
          { type: cryptoki.CKA_LABEL, value: 'madoguchi pepper is being made' },
        ]),
      )
      const vault = await openPkcs11Vault(place('left'))
      await expect(vault.pepper()).rejects.toThrow('remove the data object')
    })

    test('refuses two keys of one name, and a key that can be taken out', async () => {
      const vault = await openPkcs11Vault(place('foreign'))
      const imported = (name: string, extractable: boolean) =>
        inToken('foreign', ({ cryptoki, module, handle }) =>
          module.C_GenerateKey(handle, { mechanism: cryptoki.CKM_GENERIC_SECRET_KEY_GEN }, [
            { type: cryptoki.CKA_TOKEN, value: true },
            { type: cryptoki.CKA_LABEL, value: `madoguchi ${name}` },
            { type: cryptoki.CKA_VALUE_LEN, value: 32 },
            { type: cryptoki.CKA_SIGN, value: true },
            { type: cryptoki.CKA_SENSITIVE, value: true },
            { type: cryptoki.CKA_EXTRACTABLE, value: extractable },
          ]),
        )
      await imported('mac-page-cursors', true)
      await expect(vault.mac('page-cursors', bytes('x'))).rejects.toThrow('can be taken out')
      await imported('mac-unknown-login-ids', false)
      await imported('mac-unknown-login-ids', false)
      await expect(vault.mac('unknown-login-ids', bytes('x'))).rejects.toThrow('two keys')
    })

    test('fails while the token is away, and answers again when it is back', async () => {
      const vault = await openPkcs11Vault(place('bank'))
      const pepper = await vault.pepper()
      await inToken('bank', ({ module }) => {
        for (const slot of module.C_GetSlotList(true)) module.C_CloseAllSessions(slot)
      })
      await expect(vault.pepper()).rejects.toThrow('CKR_SESSION_HANDLE_INVALID')
      expect(await vault.pepper()).toEqual(pepper)
    })

    test('does not open what the file vault sealed', async () => {
      const files = await openFileVault(join(home, 'keys'))
      const sealed = await files.seal('token-keys', bytes('secret'), '')
      const vault = await openPkcs11Vault(place('bank'))
      await expect(vault.open('token-keys', sealed, '')).rejects.toThrow('not sealed by this vault')
    })

    test('is not opened with a wrong PIN, token or module, and does not tell the PIN', async () => {
      const wrong = { ...place('locked'), pin: '999999' }
      await expect(openPkcs11Vault(wrong)).rejects.toThrow(/^the token locked refuses its PIN$/)
      await expect(openPkcs11Vault(place('other'))).rejects.toThrow('has no token other')
      await expect(openPkcs11Vault(place('two'))).rejects.toThrow('has two tokens two')
      const nowhere = { ...place('bank'), modulePath: join(home, 'nothing.so') }
      await expect(openPkcs11Vault(nowhere)).rejects.toThrow('cannot be loaded')
    })
  },
)

function isBuilt(): boolean {
  try {
    createRequire(import.meta.url)('pkcs11js')
    return true
  } catch {
    return false
  }
}

/** Processes with a vault each, let go together: what each one says of its keys. */
async function askedAtOnce(many: number): Promise<string[]> {
  const script = `
    import { openPkcs11Vault } from ${JSON.stringify(join(import.meta.dirname, 'pkcs11.ts'))}
    const vault = await openPkcs11Vault(${JSON.stringify(place('race'))})
    console.log('open')
    process.stdin.once('data', async () => {
      console.log(Buffer.from(await vault.pepper()).toString('hex'))
      console.log(await vault.publicKey('operation-history-roots'))
      for (const one of ['root-ca', 'issuing-ca', 'ocsp']) console.log(await vault.publicKeyP256(one))
    })`
  const processes: ChildProcessWithoutNullStreams[] = []
  for (let at = 0; at < many; at += 1) {
    const started = spawn(process.execPath, ['--input-type=module', '--eval', script])
    await once(started.stdout, 'data') // one by one: SoftHSM trips over logins at the same moment
    processes.push(started)
  }
  const answers = processes.map(({ stdout }) => text(stdout))
  for (const { stdin } of processes) stdin.end('now')
  return Promise.all(answers)
}

async function inToken<Value>(tokenLabel: string, work: (session: Session) => Value) {
  return (await openToken(place(tokenLabel))).use(async (session) => work(session))
}

function objects({ cryptoki, module, handle }: Session, objectClass: number) {
  module.C_FindObjectsInit(handle, [{ type: cryptoki.CKA_CLASS, value: objectClass }])
  const found = module.C_FindObjects(handle, 100)
  module.C_FindObjectsFinal(handle)
  return found
}
