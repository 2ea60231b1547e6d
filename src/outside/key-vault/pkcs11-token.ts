/**
 * One token of a PKCS#11 module, logged in: its sessions, and nothing of what is done in them.
 *
 * `pkcs11js` is an optional dependency that must be compiled, so it is loaded here and nowhere
 * else. Module, token and login belong to the process: opening the same token twice shares them.
 */
import type { Handle, PKCS11 } from 'pkcs11js'

type Cryptoki = typeof import('pkcs11js')

export interface TokenPlace {
  /** The maker's library: `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly modulePath: string
  readonly tokenLabel: string
  readonly pin: string
}

export interface Session {
  readonly cryptoki: Cryptoki
  readonly module: PKCS11
  readonly handle: Handle
  /** Keys found in this session, by label. Their handles die with the login, so with it. */
  readonly keys: Map<string, Handle>
}

export interface Token {
  /** Runs with a session that nobody else uses meanwhile. @throws what the module answers */
  use<Value>(work: (session: Session) => Promise<Value>): Promise<Value>
}

/** Node has four threads for such calls; tokens are known to allow few sessions. */
const sessionsMax = 4

/** PKCS#11 3.0 §6.3, which pkcs11js (2.40) does not name. */
export const edwards = { keyPairGen: 0x1055, eddsa: 0x1057 } as const

/** @throws when module, token, PIN or an algorithm is missing: the bank must not open then */
export async function openToken({ modulePath, tokenLabel, pin }: TokenPlace): Promise<Token> {
  const cryptoki = await loadCryptoki()
  const module = loadModule(cryptoki, modulePath)
  const slot = slotOf(module, tokenLabel)
  refuseLacking(cryptoki, module.C_GetMechanismList(slot), tokenLabel)

  const idle: Session[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  let wrongPin: Error | null = null

  const open = (): Session => {
    // A token locks itself after a few wrong PINs: a second try would only help it to.
    if (wrongPin !== null) throw wrongPin
    const flags = cryptoki.CKF_SERIAL_SESSION | cryptoki.CKF_RW_SESSION
    const session = {
      ...{ cryptoki, module, keys: new Map<string, Handle>() },
      handle: module.C_OpenSession(slot, flags),
    }
    try {
      module.C_Login(session.handle, cryptoki.CKU_USER, pin)
    } catch (fault) {
      const code = codeOf(fault)
      if (code === cryptoki.CKR_USER_ALREADY_LOGGED_IN) return session
      close(session)
      if (!refusesPin(cryptoki, code)) throw fault
      wrongPin = new Error(`the token ${tokenLabel} refuses its PIN`, { cause: fault })
      throw wrongPin
    }
    return session
  }

  const use: Token['use'] = async (work) => {
    if (busy < sessionsMax) busy += 1
    else await new Promise<void>((goOn) => waiting.push(goOn))
    let session: Session | undefined
    try {
      session = idle.pop() ?? open()
      const value = await work(session)
      idle.push(session)
      return value
    } catch (fault) {
      // Its operation may still be open, or the token was away: the next call begins anew.
      if (session !== undefined) close(session)
      for (const doubtful of idle.splice(0)) close(doubtful)
      throw fault
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next() // takes this one's place
    }
  }
  await use(async () => {}) // a wrong PIN is found at the start, not by the first customer
  return { use }
}

async function loadCryptoki(): Promise<Cryptoki> {
  try {
    return (await import('pkcs11js')).default
  } catch (fault) {
    throw new Error(
      'pkcs11js is not installed or not built; run: npm rebuild pkcs11js --ignore-scripts=false',
      { cause: fault },
    )
  }
}

function loadModule(cryptoki: Cryptoki, modulePath: string): PKCS11 {
  const module = new cryptoki.PKCS11()
  try {
    module.load(modulePath)
  } catch (fault) {
    throw new Error(`${modulePath} cannot be loaded as a PKCS#11 module`, { cause: fault })
  }
  try {
    // Signing runs on threads of its own, so that a slow token does not stop the counter.
    module.C_Initialize({ flags: cryptoki.CKF_OS_LOCKING_OK })
  } catch (fault) {
    if (codeOf(fault) !== cryptoki.CKR_CRYPTOKI_ALREADY_INITIALIZED) throw fault
  }
  return module
}

function slotOf(module: PKCS11, tokenLabel: string): Handle {
  const slots = module
    .C_GetSlotList(true)
    .filter((slot) => module.C_GetTokenInfo(slot).label.trimEnd() === tokenLabel)
  if (slots.length === 0) throw new Error(`the PKCS#11 module has no token ${tokenLabel}`)
  if (slots.length > 1) throw new Error(`the PKCS#11 module has two tokens ${tokenLabel}`)
  return slots[0]!
}

function refuseLacking(cryptoki: Cryptoki, able: readonly number[], tokenLabel: string): void {
  const needed = {
    CKM_AES_KEY_GEN: cryptoki.CKM_AES_KEY_GEN,
    CKM_AES_GCM: cryptoki.CKM_AES_GCM,
    CKM_GENERIC_SECRET_KEY_GEN: cryptoki.CKM_GENERIC_SECRET_KEY_GEN,
    CKM_SHA256_HMAC: cryptoki.CKM_SHA256_HMAC,
    CKM_EC_KEY_PAIR_GEN: cryptoki.CKM_EC_KEY_PAIR_GEN,
    CKM_ECDSA: cryptoki.CKM_ECDSA,
    CKM_EC_EDWARDS_KEY_PAIR_GEN: edwards.keyPairGen,
    CKM_EDDSA: edwards.eddsa,
  }
  const lacking = Object.entries(needed).filter(([, mechanism]) => !able.includes(mechanism))
  if (lacking.length === 0) return
  const names = lacking.map(([name]) => name).join(', ')
  throw new Error(`the token ${tokenLabel} cannot do ${names}`)
}

function refusesPin(cryptoki: Cryptoki, code: number | null): boolean {
  const { CKR_PIN_INCORRECT, CKR_PIN_LOCKED, CKR_PIN_EXPIRED, CKR_PIN_LEN_RANGE } = cryptoki
  return [CKR_PIN_INCORRECT, CKR_PIN_LOCKED, CKR_PIN_EXPIRED, CKR_PIN_LEN_RANGE].some(
    (one) => one === code,
  )
}

function close({ module, handle }: Session): void {
  try {
    module.C_CloseSession(handle)
  } catch {
    // It is given up because something failed; that failure is the one to tell.
  }
}

function codeOf(fault: unknown): number | null {
  return (fault as { code?: number } | null)?.code ?? null
}
