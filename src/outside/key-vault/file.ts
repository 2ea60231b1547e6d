/**
 * The vault in files: one secret per file, in a folder that only its owner may enter.
 *
 * For the demo, for development, and for a bank that guards the folder by other means. A key is
 * made on first use: written beside its place, flushed, and put there by a hard link, which fails
 * when another process was first. Both processes then read the one that won.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto'
import { link, mkdir, open, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaPurpose, KeyVault, SignPurpose } from './port.ts'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
/** First byte of everything sealed, so that a later form can be told from this one. */
const sealedForm = 1

/** @throws when the folder or a key can be entered by others than its owner */
export async function openFileVault(folder: string): Promise<KeyVault> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await refuseOthers(folder)

  const secrets = new Map<string, Promise<Uint8Array>>()
  /** Read once per process. A failure is not kept: the next call tries again. */
  const secret = (name: string, make: () => Uint8Array): Promise<Uint8Array> => {
    const known = secrets.get(name)
    if (known !== undefined) return known
    const read = readOrMake(folder, name, make)
    secrets.set(name, read)
    read.catch(() => secrets.delete(name))
    return read
  }
  const random = () => randomBytes(keyBytes)
  const signing = async (purpose: SignPurpose) =>
    createPrivateKey(Buffer.from(await secret(`sign-${purpose}.pem`, newSigningKey)))
  const authority = async (purpose: CaPurpose) =>
    createPrivateKey(Buffer.from(await secret(`p256-${purpose}.pem`, newAuthorityKey)))

  return {
    pepper: async () => Uint8Array.from(await secret('pepper.key', random)),
    seal: async (purpose, plain, context) =>
      seal(await secret(`seal-${purpose}.key`, random), plain, context),
    open: async (purpose, sealed, context) =>
      unseal(await secret(`seal-${purpose}.key`, random), sealed, context),
    mac: async (purpose, message) => {
      const key = await secret(`mac-${purpose}.key`, random)
      return createHmac('sha256', key).update(message).digest()
    },
    sign: async (purpose, message) => sign(null, message, await signing(purpose)),
    publicKey: async (purpose) => publicPem(await signing(purpose)),
    signP256: async (purpose, message) =>
      sign('sha256', message, { key: await authority(purpose), dsaEncoding: 'ieee-p1363' }),
    publicKeyP256: async (purpose) => publicPem(await authority(purpose)),
  }
}

function seal(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const secret = [cipher.update(plain), cipher.final()]
  return Buffer.concat([Uint8Array.of(sealedForm), nonce, ...secret, cipher.getAuthTag()])
}

function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array {
  if (sealed.length < 1 + nonceBytes + tagBytes || sealed[0] !== sealedForm) {
    throw new Error('these bytes were not sealed by this vault')
  }
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-tagBytes))
  const plain = decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes))
  return Buffer.concat([plain, decipher.final()])
}

function newSigningKey(): Uint8Array {
  return privatePem(generateKeyPairSync('ed25519').privateKey)
}

function newAuthorityKey(): Uint8Array {
  return privatePem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
}

function privatePem(key: KeyObject): Uint8Array {
  return Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }))
}

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string
}

async function readOrMake(
  folder: string,
  name: string,
  make: () => Uint8Array,
): Promise<Uint8Array> {
  const path = join(folder, name)
  return (await readKey(path)) ?? (await place(folder, path, make())) ?? lost(path)
}

function lost(path: string): never {
  throw new Error(`the key ${path} was there and is gone`)
}

async function place(folder: string, path: string, key: Uint8Array): Promise<Uint8Array | null> {
  const beside = join(folder, `.new-${randomUUID()}`)
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(key)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(beside, path)
  } catch (fault) {
    if (!hasCode(fault, 'EEXIST')) throw fault
  } finally {
    await unlink(beside)
  }
  await flushFolder(folder)
  return readKey(path)
}

/** @returns null when there is no such key yet */
async function readKey(path: string): Promise<Uint8Array | null> {
  try {
    await refuseOthers(path)
    const file = await open(path, 'r')
    try {
      const key = await file.readFile()
      if (key.length < keyBytes) throw new Error(`the key ${path} is too short to be one`)
      return key
    } finally {
      await file.close()
    }
  } catch (fault) {
    if (hasCode(fault, 'ENOENT')) return null
    throw fault
  }
}

async function refuseOthers(path: string): Promise<void> {
  const { mode, uid } = await stat(path)
  if (process.platform === 'win32') return
  if ((mode & 0o077) !== 0) {
    const allowed = (mode & 0o777).toString(8)
    throw new Error(`${path} is open to others (mode ${allowed}); set it to 700 or 600`)
  }
  if (uid !== process.getuid?.()) throw new Error(`${path} belongs to another user of this machine`)
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

function hasCode(fault: unknown, code: string): boolean {
  return (fault as { code?: unknown } | null)?.code === code
}
