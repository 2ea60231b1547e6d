/** トランザクション認証 — the port of signing.ts, carried out. The order of checks: kit/challenge.ts. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { CodeRefusal } from '#kit/challenge.ts'
import { displayPages } from '#kit/ctp1/fields.ts'
import { sealTransaction, transactionCode } from '#kit/ctp1/transaction.ts'
import { newId } from '#kit/ids.ts'
import { granted, refused } from '#kit/outcome.ts'
import type { Origin } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import * as challenges from './challenge-store.ts'
import { codeFormRefusal } from './code-form.ts'
import { deviceBySerial, type Device } from './devices-store.ts'
import * as instances from './instances-store.ts'
import type { Instance } from './instances-store.ts'
import type { TokenDesk } from './needs.ts'
import { triesLeft } from './registration-rules.ts'
import { scansSince, insertTally } from './registration-store.ts'
import type { Asked, Redeemed, Signer, Signing, Typed } from './signing.ts'
import { isStillGood } from './still-good.ts'
import { recordSuspension } from './suspension.ts'
import type { TokenKeys } from './token-keys.ts'

type Needs = TokenDesk & { readonly keys: TokenKeys }

export function createSigning(needs: Needs): Signing {
  return {
    hasToken: async (tx, signer) => (await instances.instanceHeldBy(tx, signer)) !== null,
    deviceOf: async (tx, signer) => (await instances.instanceHeldBy(tx, signer))?.serial ?? null,
    issue: (tx, asked, now) => issue(needs, tx, { asked, now }),
    redeem: (typed, came, work) => redeem(needs, typed, { came, work }),
    holds: async (tx, { canonical, challengeId: id, ...signed }) => {
      const stored = await challenges.signedHash(tx, { id, ...signed })
      return stored !== null && same(stored, hashOf(canonical))
    },
  }
}

export function isSuspended(
  { suspendedAs, fails }: Pick<Instance, 'suspendedAs' | 'fails'>,
  { failsMax }: Needs['parameters'],
): boolean {
  // A process that died between counting and judging leaves the count: that is enough.
  return suspendedAs !== null || fails >= failsMax
}

async function issue(
  { keys, bankCode, parameters }: Needs,
  tx: Tx,
  { asked, now }: { asked: Asked; now: Temporal.Instant },
): ReturnType<Signing['issue']> {
  const { signer, purpose, subjectId, content, canonical } = asked
  const instance = await instances.instanceHeldBy(tx, signer)
  if (instance === null) return refused('token-missing')
  if (isSuspended(instance, parameters)) return refused('token-suspended')
  if (await madeTooMany(tx, { signer, now, parameters })) return refused('too-many-challenges')

  const device = await deviceOf(tx, instance)
  if (device.state !== 'assigned') return refused('token-suspended')
  const sequence = await instances.nextSequence(tx, instance.id)
  const software = device.profile === 'software'
  const facts = { bankCode, instance: instance.handle, software, sequence }
  const sealed = await sealTransaction(await keys.enc(device, instance), facts, content)
  const id = newId<'challenge'>(now.epochMilliseconds)
  const expiresAt = now.add({ minutes: parameters.challengeMinutes })
  const { message, digest, plaintext, qr } = sealed
  const made = { id, ...signer, instanceId: instance.id, purpose, subjectId, message, digest }
  const bound = { content: plaintext, canonicalHash: hashOf(canonical), expiresAt }
  await challenges.insertChallenge(tx, { ...made, ...bound }, now)
  await insertTally(tx, signer, { kind: 'scan', serial: null, at: now })
  return granted({
    id,
    qr,
    template: content.template,
    // In the device's own order: people compare line by line.
    shows: displayPages(content)
      .flat()
      .map(({ tag, value }) => ({ tag, value })),
    now: now.toString(),
    expiresAt: expiresAt.toString(),
  })
}

export async function madeTooMany(
  tx: Tx,
  {
    signer,
    now,
    parameters,
  }: { signer: Signer; now: Temporal.Instant; parameters: Needs['parameters'] },
): Promise<boolean> {
  const made = await scansSince(tx, signer.userId, now.subtract({ hours: 1 }))
  return made >= parameters.scansPerHour
}

export async function deviceOf(tx: Tx, { serial }: Pick<Instance, 'serial'>): Promise<Device> {
  const device = await deviceBySerial(tx, serial)
  if (device === null) throw new Error(`an instance of the unknown device ${serial}`)
  return device
}

interface Came {
  readonly now: Temporal.Instant
  readonly origin: Origin
}
interface Work<Value> {
  readonly canonical: (tx: Tx) => Promise<string | null>
  readonly change: (tx: Tx, signed: { readonly challengeId: string }) => Promise<Value>
}

async function redeem<Value>(
  needs: Needs,
  typed: Typed,
  { came, work }: { came: Came; work: Work<Value> },
): Promise<Redeemed<Value>> {
  const { database, keys } = needs
  const { signer, code } = typed
  const { companyId } = signer
  const counted = await database.asCompany(companyId, (tx) => count(needs, tx, { typed, came }))
  if ('refuse' in counted) {
    await database.asCompany(companyId, (tx) => recordRefusal(needs, tx, { typed, came, counted }))
    return refusedWith(counted.refuse)
  }

  const { challenge, instance, device } = counted
  const mac = await keys.mac(device, instance)
  if (!same(Buffer.from(await transactionCode(mac, challenge.digest)), Buffer.from(code))) {
    return wrong(needs, { typed, came, counted, mac })
  }
  try {
    return await database.asCompany(companyId, async (tx) => {
      if (!(await challenges.useChallenge(tx, challenge.id, came.now))) throw new Lost('spent')
      if (!(await isStillGood(tx, signer, instance))) throw new Lost('spent')
      await instances.forgiveFails(tx, instance.id, 'all')
      await instances.markUsed(tx, instance.id, came.now)
      const canonical = await work.canonical(tx)
      if (canonical === null || !same(hashOf(canonical), challenge.canonicalHash)) {
        throw new Lost('changed')
      }
      return granted(await work.change(tx, { challengeId: challenge.id }))
    })
  } catch (fault) {
    return settleLost(needs, { typed, came, counted, fault })
  }
}

/** Nothing of the change is kept: another press was faster, or what was signed has changed. */
class Lost extends Error {
  override readonly name = 'Lost'
  readonly why: 'spent' | 'changed'

  constructor(why: 'spent' | 'changed') {
    super(why)
    this.why = why
  }
}

interface Counted {
  readonly challenge: challenges.StoredChallenge
  readonly instance: Instance
  readonly device: Device
}

/** Counts the try before the code is looked at: fifty at once try three. */
async function count(
  { parameters }: Needs,
  tx: Tx,
  { typed, came }: { typed: Typed; came: Came },
): Promise<Counted | { readonly refuse: CodeRefusal }> {
  const { signer, purpose, subjectId, challengeId: id, code } = typed
  const held = await instances.instanceHeldBy(tx, signer)
  if (held === null) return { refuse: 'token-missing' }
  if (isSuspended(held, parameters)) return { refuse: 'token-suspended' }
  const challenge = isUuid(id)
    ? await challenges.challengeById(tx, { id, ...signer }, { lock: true })
    : null
  const isAsked = challenge?.purpose === purpose && challenge.subjectId === subjectId
  if (challenge === null || !isAsked) return { refuse: 'challenge-unknown' }
  // Made with a token that this user has since exchanged for another.
  if (challenge.instanceId !== held.id) return { refuse: 'challenge-spent' }
  if (challenge.state !== 'open') return { refuse: 'challenge-spent' }
  if (challenge.tries >= parameters.triesPerCode) return { refuse: 'challenge-spent' }
  if (Temporal.Instant.compare(came.now, challenge.expiresAt) >= 0) {
    return { refuse: 'challenge-expired' }
  }
  const malformed = codeFormRefusal(code, 'transaction-code')
  if (malformed !== null) return { refuse: malformed }

  if (!(await instances.countFail(tx, held.id, parameters.failsMax))) {
    return { refuse: 'token-suspended' }
  }
  await challenges.countTry(tx, id)
  return { challenge, instance: held, device: await deviceOf(tx, held) }
}

async function wrong<Value>(
  needs: Needs,
  { typed, came, counted, mac }: { typed: Typed; came: Came; counted: Counted; mac: CryptoKey },
): Promise<Redeemed<Value>> {
  const { database, parameters } = needs
  const { signer, code } = typed
  const { challenge } = counted
  const left = triesLeft(challenge.tries, parameters.triesPerCode)
  return database.asCompany(signer.companyId, async (tx) => {
    const others = await challenges.otherDigests(tx, challenge, 5)
    const codes = await Promise.all(others.map((digest) => transactionCode(mac, digest)))
    const reason = codes.includes(code) ? 'code-of-another-challenge' : 'code-wrong'
    if (left === 0) await challenges.spendChallenge(tx, challenge.id, came.now)
    const instance = await instances.instanceById(tx, counted.instance.id, { lock: true })
    await recordRefusal(needs, tx, { typed, came, counted: { refuse: reason } })
    if (instance !== null && instance.fails >= parameters.failsMax) {
      await recordSuspension(needs, tx, { signer, instance, came, as: 'wrong-codes' })
    }
    return { granted: false, reason, facts: { triesLeft: String(left) } } as const
  })
}

async function settleLost<Value>(
  needs: Needs,
  { typed, came, counted, fault }: { typed: Typed; came: Came; counted: Counted; fault: unknown },
): Promise<Redeemed<Value>> {
  const { challenge, instance } = counted
  const changed = fault instanceof Lost && fault.why === 'changed'
  const refuse = changed ? 'content-changed' : 'challenge-spent'
  await needs.database.asCompany(typed.signer.companyId, async (tx) => {
    if (changed) await challenges.spendChallenge(tx, challenge.id, came.now)
    // The code was right: its try was no error.
    await instances.forgiveFails(tx, instance.id, 'one')
    if (fault instanceof Lost) await recordRefusal(needs, tx, { typed, came, counted: { refuse } })
  })
  if (!(fault instanceof Lost)) throw fault
  return refusedWith(refuse)
}

async function recordRefusal(
  { history }: Needs,
  tx: Tx,
  {
    typed: { signer, purpose },
    came: { now: at, origin },
    counted: { refuse: reason },
  }: { typed: Typed; came: Came; counted: { refuse: CodeRefusal } },
): Promise<void> {
  const said = { operation: 'transaction-authentication', result: 'refused', reason } as const
  await history.record(tx, { at, ...signer, ...said, facts: { purpose }, origin })
}

function refusedWith(reason: CodeRefusal) {
  return { granted: false as const, reason, facts: {} }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

function hashOf(canonical: string): Uint8Array {
  return createHash('sha256').update(canonical).digest()
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
