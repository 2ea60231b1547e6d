/**
 * How passwords are kept: argon2id with a salt of their own and the vault's pepper.
 *
 * Stored as a PHC string without the pepper: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. The
 * owner of the password is bound in as associated data, so a hash copied to another user's row is
 * worth nothing. Hashing is the dearest thing an outsider can make us do: only a few run at once,
 * and only so many wait; the next is told `busy` before anything is counted against him.
 */
import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyVault } from '#outside/key-vault/port.ts'
import { normalised } from './passwords.ts'

const argon2 = promisify(argon2Callback)

export interface HashCost {
  readonly memory: number // KiB
  readonly passes: number
  readonly parallelism: number
}

/** OWASP's least; 46 ms on the machine of certificates-and-security.md C4. */
export const defaultHashCost: HashCost = { memory: 19_456, passes: 2, parallelism: 1 }

export interface HashingLimits {
  readonly atOnce: number
  readonly waiting: number
}
export const defaultHashingLimits: HashingLimits = { atOnce: 2, waiting: 64 }

/** Whose password, and which: the associated data. */
export type PasswordOwner = `${string}:${'login' | 'confirmation'}`

export interface Verdict {
  readonly right: boolean
  /** The cost has changed since this was stored: hash it anew. */
  readonly outdated: boolean
}

/** A place among the few that may hash. Given back by `leave`, whatever happens. */
export interface Seat {
  hash(password: string, owner: PasswordOwner): Promise<string>
  /** @param stored null where there is none: the same work is done, and the answer is wrong */
  verify(password: string, stored: string | null, owner: PasswordOwner): Promise<Verdict>
  leave(): void
}

export interface Hashing {
  /** @returns null when too many are waiting already */
  takeSeat(): Seat | null
  /** How many argon2 computations were made: equal for known and unknown IDs. */
  readonly computations: () => number
}

const saltBytes = 16
const tagBytes = 32

export function createHashing(needs: {
  vault: Pick<KeyVault, 'pepper'>
  cost?: HashCost
  limits?: HashingLimits
}): Hashing {
  const { vault, cost = defaultHashCost, limits = defaultHashingLimits } = needs
  const turn = turns(limits.atOnce)
  const dummySalt = randomBytes(saltBytes)
  let seats = 0
  let computations = 0

  const compute = async ({
    password,
    owner,
    salt,
    as,
  }: {
    password: string
    owner: PasswordOwner
    salt: Uint8Array
    as: HashCost
  }) => {
    const secret = await vault.pepper()
    computations += 1
    return turn(() =>
      argon2('argon2id', {
        message: Buffer.from(normalised(password)),
        nonce: salt,
        parallelism: as.parallelism,
        tagLength: tagBytes,
        memory: as.memory,
        passes: as.passes,
        secret,
        associatedData: Buffer.from(owner),
      }),
    )
  }

  const hash = async (password: string, owner: PasswordOwner) => {
    const salt = randomBytes(saltBytes)
    return phc(cost, salt, await compute({ password, owner, salt, as: cost }))
  }

  const verify = async (password: string, stored: string | null, owner: PasswordOwner) => {
    if (stored === null) {
      await compute({ password, owner, salt: dummySalt, as: cost })
      return { right: false, outdated: false }
    }
    const { cost: as, salt, tag } = parsePhc(stored)
    const computed = await compute({ password, owner, salt, as })
    return { right: timingSafeEqual(computed, tag), outdated: !sameCost(as, cost) }
  }

  return {
    computations: () => computations,
    takeSeat: () => {
      if (seats >= limits.atOnce + limits.waiting) return null
      seats += 1
      let left = false
      return {
        hash,
        verify,
        leave: () => {
          if (!left) seats -= 1
          left = true
        },
      }
    },
  }
}

/** Runs at most `atOnce` pieces of work; the others wait in line. */
function turns(atOnce: number) {
  const line: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((next) => line.push(next))
    else running += 1
    try {
      return await work()
    } finally {
      const next = line.shift()
      // The place goes straight to the next in line, so that nobody slips in between.
      if (next === undefined) running -= 1
      else next()
    }
  }
}

function phc({ memory, passes, parallelism }: HashCost, salt: Uint8Array, tag: Uint8Array): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

const phcForm = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function parsePhc(stored: string): { cost: HashCost; salt: Uint8Array; tag: Uint8Array } {
  const parts = phcForm.exec(stored)
  if (parts === null) throw new Error('a stored password is not in the form it was written in')
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number]
  const [salt, tag] = parts.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer]
  if (tag.length !== tagBytes) throw new Error('a stored password hash has the wrong length')
  return { cost: { memory, passes, parallelism }, salt, tag }
}

function sameCost(one: HashCost, other: HashCost): boolean {
  return (
    one.memory === other.memory &&
    one.passes === other.passes &&
    one.parallelism === other.parallelism
  )
}

/** Without padding, as the PHC form writes it. */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}
