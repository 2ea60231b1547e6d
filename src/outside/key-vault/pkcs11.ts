/**
 * The vault in an HSM, through PKCS#11 (2.40 with the Edwards curves of 3.0).
 *
 * Keys are made inside the token and cannot leave it; this process holds their handles. Tried on
 * SoftHSM2; AES-GCM is asked with a nonce of ours, which a token in a strict mode may refuse.
 */
import { createHash, createPublicKey, randomBytes } from 'node:crypto'
import type { Handle, Mechanism } from 'pkcs11js'
import { findOrMakeKey, publicPoint, type PairKind } from './pkcs11-keys.ts'
import { edwards, openToken, type Session, type TokenPlace } from './pkcs11-token.ts'
import type { KeyVault } from './port.ts'

const nonceBytes = 12
const tagBytes = 16
const signatureBytesMax = 64
/** First byte of everything sealed here; 1 is the file vault's, whose keys are others. */
const sealedForm = 2

/** What stands before the point in a SubjectPublicKeyInfo (RFC 8410 §4, RFC 5480 §2). */
const spki = {
  ed25519: { head: Buffer.from('302a300506032b6570032100', 'hex'), pointBytes: 32 },
  'p-256': {
    head: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
    pointBytes: 65,
  },
} as const

/** @throws when module, token, PIN or an algorithm is missing */
export async function openPkcs11Vault(place: TokenPlace): Promise<KeyVault> {
  const token = await openToken(place)
  const mac = (name: string, message: Uint8Array) =>
    token.use(async (session) => {
      const key = await findOrMakeKey(session, 'hmac-256', name)
      return signed(session, session.cryptoki.CKM_SHA256_HMAC, key, message)
    })
  const sign = (name: string, message: Uint8Array) =>
    token.use(async (session) => {
      const key = await findOrMakeKey(session, 'ed25519', name)
      return signed(session, edwards.eddsa, key, message)
    })
  /** Tokens need not know SHA-256 with ECDSA, so they are given the digest. */
  const signP256 = (name: string, message: Uint8Array) =>
    token.use(async (session) => {
      const key = await findOrMakeKey(session, 'p-256', name)
      const digest = createHash('sha256').update(message).digest()
      return signed(session, session.cryptoki.CKM_ECDSA, key, digest)
    })
  const publicKey = (kind: PairKind, name: string) =>
    token.use(async (session) => {
      await findOrMakeKey(session, kind, name)
      return pemOf(kind, publicPoint(session, name))
    })

  return {
    // Its value leaves by design. So it is derived from a key that cannot leave, rather than be
    // a readable object in the token.
    pepper: () => mac('pepper', Buffer.from('madoguchi pepper')),
    seal: (purpose, plain, context) =>
      token.use((session) => seal(session, `seal-${purpose}`, plain, context)),
    open: (purpose, sealed, context) =>
      token.use((session) => unseal(session, `seal-${purpose}`, sealed, context)),
    mac: (purpose, message) => mac(`mac-${purpose}`, message),
    sign: (purpose, message) => sign(`sign-${purpose}`, message),
    publicKey: (purpose) => publicKey('ed25519', `sign-${purpose}`),
    signP256: (purpose, message) => signP256(`p256-${purpose}`, message),
    publicKeyP256: (purpose) => publicKey('p-256', `p256-${purpose}`),
  }
}

async function seal(
  session: Session,
  name: string,
  plain: Uint8Array,
  context: string,
): Promise<Uint8Array> {
  const { cryptoki, module, handle } = session
  const key = await findOrMakeKey(session, 'aes-256', name)
  const nonce = randomBytes(nonceBytes)
  const into = Buffer.alloc(plain.length + tagBytes)
  module.C_EncryptInit(handle, gcm(cryptoki, nonce, context), key)
  const secret = await lending(plain, (input) => module.C_EncryptAsync(handle, input, into))
  return Buffer.concat([Uint8Array.of(sealedForm), nonce, secret])
}

async function unseal(
  session: Session,
  name: string,
  sealed: Uint8Array,
  context: string,
): Promise<Uint8Array> {
  if (sealed.length < 1 + nonceBytes + tagBytes || sealed[0] !== sealedForm) {
    throw new Error('these bytes were not sealed by this vault')
  }
  const { cryptoki, module, handle } = session
  const key = await findOrMakeKey(session, 'aes-256', name)
  const nonce = Buffer.from(sealed.subarray(1, 1 + nonceBytes))
  const secret = sealed.subarray(1 + nonceBytes)
  const into = Buffer.alloc(secret.length)
  module.C_DecryptInit(handle, gcm(cryptoki, nonce, context), key)
  return lending(secret, (input) => module.C_DecryptAsync(handle, input, into))
}

function gcm(cryptoki: Session['cryptoki'], iv: Buffer, context: string): Mechanism {
  const parameter = {
    type: cryptoki.CK_PARAMS_AES_GCM_v240,
    ...{ iv, ivBits: iv.length * 8, aad: Buffer.from(context), tagBits: tagBytes * 8 },
  }
  return { mechanism: cryptoki.CKM_AES_GCM, parameter }
}

async function signed(
  { module, handle }: Session,
  mechanism: number,
  key: Handle,
  message: Uint8Array,
): Promise<Uint8Array> {
  const into = Buffer.alloc(signatureBytesMax)
  module.C_SignInit(handle, { mechanism }, key)
  return lending(message, (input) => module.C_SignAsync(handle, input, into))
}

/**
 * Lends a copy of the bytes to another thread and wipes it afterwards. pkcs11js itself holds no
 * reference to its input, so without the wiping the garbage collector might take it meanwhile.
 */
async function lending(bytes: Uint8Array, work: (input: Buffer) => Promise<Buffer>) {
  const input = Buffer.from(bytes)
  try {
    return await work(input)
  } finally {
    input.fill(0)
  }
}

/** The point as an OCTET STRING, as PKCS#11 wants it; some tokens give the bare bytes. */
function pemOf(kind: PairKind, point: Buffer): string {
  const { head, pointBytes } = spki[kind]
  const key = Buffer.concat([head, point.subarray(-pointBytes)])
  const read = createPublicKey({ key, format: 'der', type: 'spki' })
  return read.export({ type: 'spki', format: 'pem' }) as string
}
