/**
 * The vault's keys inside a PKCS#11 token: found by label, made on first use, never taken out.
 *
 * PKCS#11 cannot "create unless it exists", and two keys of one name would split the bank's
 * secrets. So whoever makes a key first puts up a sign, a data object that all processes see.
 * Who sees another's sign takes down his own, waits and looks again; who is alone looks once
 * more for the key, makes it, and takes down the sign. Two can never both be alone: the later
 * one sees the other's sign, or else the finished key.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Handle, Template } from 'pkcs11js'
import { edwards, type Session } from './pkcs11-token.ts'

export type PairKind = keyof typeof curves
export type KeyKind = 'aes-256' | 'hmac-256' | PairKind

/** DER of the curves' names: id-Ed25519 (RFC 8410), secp256r1 (RFC 5480). */
const curves = {
  ed25519: Buffer.from('06032b6570', 'hex'),
  'p-256': Buffer.from('06082a8648ce3d030107', 'hex'),
} as const

const attemptsMax = 20
const retryMilliseconds = { min: 50, max: 350 }
/** A token shows what one process made to the others, but not in the same moment. */
const seenByAllMilliseconds = 100

/** @returns the handle of the secret or private key */
export async function findOrMakeKey(
  session: Session,
  kind: KeyKind,
  name: string,
): Promise<Handle> {
  const label = labelOf(name)
  const known = session.keys.get(label)
  if (known !== undefined) return known
  const key = await settle(session, kind, label)
  refuseExtractable(session, key, label)
  session.keys.set(label, key)
  return key
}

/** @returns CKA_EC_POINT: the public half of a pair that `findOrMakeKey` has found */
export function publicPoint(session: Session, name: string): Buffer {
  const { cryptoki, module, handle } = session
  const key = find(session, cryptoki.CKO_PUBLIC_KEY, labelOf(name))
  if (key === null) throw new Error(`the token has no public key ${labelOf(name)}`)
  return module.C_GetAttributeValue(handle, key, [{ type: cryptoki.CKA_EC_POINT }])[0]!.value
}

/** A token may hold keys of others too. */
function labelOf(name: string): string {
  return `madoguchi ${name}`
}

async function settle(session: Session, kind: KeyKind, label: string): Promise<Handle> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const key = findKey(session, kind, label)
    // Under a sign, a key may be half made: a token may show it before it has its value.
    if (signs(session, label).length === 0) {
      const settled = key ?? (await makeIfAlone(session, kind, label))
      if (settled !== null) return settled
    }
    await setTimeout(randomInt(retryMilliseconds.min, retryMilliseconds.max))
  }
  throw new Error(
    `another process makes the key "${label}", or died while it did; ` +
      `if none runs, remove the data object "${signOf(label)}" from the token`,
  )
}

/** @returns null when another process is at it, too */
async function makeIfAlone(session: Session, kind: KeyKind, label: string): Promise<Handle | null> {
  const sign = putUpSign(session, label)
  try {
    await setTimeout(seenByAllMilliseconds)
    if (signs(session, label).length > 1) return null
    const made = findKey(session, kind, label) ?? make(session, kind, label)
    await setTimeout(seenByAllMilliseconds)
    return made
  } finally {
    session.module.C_DestroyObject(session.handle, sign)
  }
}

function signs(session: Session, label: string): Handle[] {
  return findAll(session, session.cryptoki.CKO_DATA, signOf(label))
}

function signOf(label: string): string {
  return `${label} is being made`
}

function putUpSign({ cryptoki, module, handle }: Session, label: string): Handle {
  return module.C_CreateObject(handle, [
    { type: cryptoki.CKA_CLASS, value: cryptoki.CKO_DATA },
    { type: cryptoki.CKA_TOKEN, value: true },
    { type: cryptoki.CKA_PRIVATE, value: true },
    { type: cryptoki.CKA_LABEL, value: signOf(label) },
    { type: cryptoki.CKA_VALUE, value: randomBytes(16) },
  ])
}

function findKey(session: Session, kind: KeyKind, label: string): Handle | null {
  const { CKO_PRIVATE_KEY, CKO_SECRET_KEY } = session.cryptoki
  return find(session, kind in curves ? CKO_PRIVATE_KEY : CKO_SECRET_KEY, label)
}

function make(session: Session, kind: KeyKind, label: string): Handle {
  const { cryptoki, module, handle } = session
  const stays = [
    { type: cryptoki.CKA_TOKEN, value: true },
    { type: cryptoki.CKA_LABEL, value: label },
    { type: cryptoki.CKA_ID, value: randomBytes(16) },
  ]
  const guarded = [
    ...stays,
    { type: cryptoki.CKA_PRIVATE, value: true },
    { type: cryptoki.CKA_SENSITIVE, value: true },
    { type: cryptoki.CKA_EXTRACTABLE, value: false },
  ]
  const signs = { type: cryptoki.CKA_SIGN, value: true }
  const length = { type: cryptoki.CKA_VALUE_LEN, value: 32 }
  const secret = (mechanism: number, uses: Template) =>
    module.C_GenerateKey(handle, { mechanism }, [...guarded, length, ...uses])
  const pair = (mechanism: number, curve: Buffer) => {
    const params = { type: cryptoki.CKA_EC_PARAMS, value: curve }
    const open = [...stays, params, { type: cryptoki.CKA_VERIFY, value: true }]
    return module.C_GenerateKeyPair(handle, { mechanism }, open, [...guarded, signs]).privateKey
  }
  switch (kind) {
    case 'aes-256':
      return secret(cryptoki.CKM_AES_KEY_GEN, [
        { type: cryptoki.CKA_ENCRYPT, value: true },
        { type: cryptoki.CKA_DECRYPT, value: true },
      ])
    case 'hmac-256':
      return secret(cryptoki.CKM_GENERIC_SECRET_KEY_GEN, [signs])
    case 'ed25519':
      return pair(edwards.keyPairGen, curves.ed25519)
    case 'p-256':
      return pair(cryptoki.CKM_EC_KEY_PAIR_GEN, curves['p-256'])
  }
}

/** A key that somebody else put there under our name, and could take out again. */
function refuseExtractable(session: Session, key: Handle, label: string): void {
  const { cryptoki, module, handle } = session
  const asked = [{ type: cryptoki.CKA_SENSITIVE }, { type: cryptoki.CKA_EXTRACTABLE }]
  const [sensitive, extractable] = module.C_GetAttributeValue(handle, key, asked)
  if (sensitive?.value[0] === 1 && extractable?.value[0] === 0) return
  throw new Error(`the key "${label}" can be taken out of the token`)
}

function find(session: Session, objectClass: number, label: string): Handle | null {
  const [found, another] = findAll(session, objectClass, label)
  if (another !== undefined) throw new Error(`the token has two keys "${label}"; remove one`)
  return found ?? null
}

function findAll({ cryptoki, module, handle }: Session, objectClass: number, label: string) {
  module.C_FindObjectsInit(handle, [
    { type: cryptoki.CKA_CLASS, value: objectClass },
    { type: cryptoki.CKA_TOKEN, value: true },
    { type: cryptoki.CKA_LABEL, value: label },
  ])
  try {
    return module.C_FindObjects(handle, 2)
  } finally {
    module.C_FindObjectsFinal(handle)
  }
}
