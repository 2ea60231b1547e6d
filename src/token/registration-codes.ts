/**
 * トランザクション認証利用開始登録 (手順 4), its second half: トークン認証コード (12 digits) brings the
 * second 2D code, トランザクション認証番号 (8 digits) completes the registration.
 *
 * Every try is counted in a transaction of its own before the code is looked at, and taken back
 * when it was right. So ten at once try no more than three, and a process that dies in between
 * leaves one try fewer and nothing else.
 */
import type { CoolDowns } from '#identity/index.ts'
import { newInstance, sealActivationTwo, takeAuthenticationCode } from '#kit/ctp1/activation.ts'
import { sameCode } from '#kit/ctp1/bytes.ts'
import { transactionCode } from '#kit/ctp1/transaction.ts'
import { newId } from '#kit/ids.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { deviceBySerial, nextActivationSequence, type Device } from './devices-store.ts'
import { hasHeldBefore, holdersOf, insertHolding } from './holdings-store.ts'
import * as instances from './instances-store.ts'
import type { Instance } from './instances-store.ts'
import { judgeScan, triesLeft, type ScanRefusal } from './registration-rules.ts'
import type { Came, RegistrationNeeds } from './registration.ts'
import * as store from './registration-store.ts'
import type { Registration } from './registration-store.ts'
import { serialEnd } from './serials.ts'
import { deviceOf, isSuspended, madeTooMany } from './signing-desk.ts'
import { canComplete } from './still-good.ts'
import { recordSuspension } from './suspension.ts'

export type CodeNeeds = RegistrationNeeds & { readonly coolDowns: Pick<CoolDowns, 'begin'> }

interface Asked {
  readonly visitor: Visitor
  readonly code: string
  readonly came: Came
}

export type CodeOutcome<Reason extends string> = {
  readonly refuse: Reason
  readonly facts?: Readonly<Record<string, string>>
} | null

export type AuthenticationCodeRefusal =
  | 'registration-not-started'
  | 'serial-stopped'
  | 'too-many-authentication-codes'
  | ScanRefusal
  | 'authentication-code-wrong'
  | 'too-many-challenges'

/** 「トークン認証」 @returns null where the second 2D code is made */
export async function takeTwelve(
  needs: CodeNeeds,
  asked: Asked,
): Promise<CodeOutcome<AuthenticationCodeRefusal>> {
  const { database, keys, parameters } = needs
  const { visitor, code, came } = asked
  const { companyId } = visitor
  const counted = await database.asCompany(companyId, (tx) => countTwelve(needs, tx, asked))
  if ('refuse' in counted) return refusedCode(needs, asked, counted)

  const { registration, device } = counted
  const factoryKey = await keys.factoryKey(device)
  const { serial, digest } = registration
  const nonce = await takeAuthenticationCode(factoryKey, { serial, digest }, code)
  if (nonce === null) {
    const left = triesLeft(registration.tries, parameters.triesPerCode)
    const facts = { triesLeft: String(left) }
    return refusedCode(needs, asked, { refuse: 'authentication-code-wrong', facts })
  }
  return database.asCompany(companyId, async (tx) => {
    // Pressed twice: the second finds that the registration has gone on.
    const still = await store.registrationOf(tx, visitor, { lock: true })
    if (still === null || !sameScan(still, registration)) return null
    await store.takeBackAuthenticationCode(tx, visitor.userId, came.now)
    await askForEight(needs, tx, { visitor, device, nonce, factoryKey, now: came.now })
    return null
  })
}

type Judged<Reason extends string> =
  | { readonly registration: Registration; readonly device: Device }
  | { readonly refuse: Reason; readonly facts?: Readonly<Record<string, string>> }

async function countTwelve(
  { parameters }: CodeNeeds,
  tx: Tx,
  { visitor, code, came: { now } }: Asked,
): Promise<Judged<AuthenticationCodeRefusal>> {
  const registration = await store.registrationOf(tx, visitor, { lock: true })
  if (registration?.step !== 'authentication-code') return { refuse: 'registration-not-started' }
  const { serial } = registration
  const device = await deviceBySerial(tx, serial, { lock: true })
  if (device?.state !== 'assigned') return { refuse: 'serial-stopped' }
  const since = now.subtract({ hours: 24 })
  const tried = await store.authenticationCodesSince(tx, { serial, userId: visitor.userId }, since)
  const { authenticationCodesPerDevice, authenticationCodesPerUser, triesPerCode } = parameters
  if (tried.device >= authenticationCodesPerDevice || tried.user >= authenticationCodesPerUser) {
    return { refuse: 'too-many-authentication-codes' }
  }
  const refuse = judgeScan({ registration, now, triesPerCode }, code, 'authentication-code')
  if (refuse !== null) return { refuse }
  if (await madeTooMany(tx, { signer: visitor, now, parameters })) {
    return { refuse: 'too-many-challenges' }
  }
  await store.countTry(tx, visitor.userId)
  await store.insertTally(tx, visitor, { kind: 'authentication-code', serial, at: now })
  return { registration, device }
}

/** ACT2, for a new instance that stays pending until its 8 digits were right. */
async function askForEight(
  { keys, bankCode, parameters }: CodeNeeds,
  tx: Tx,
  {
    visitor,
    device,
    nonce,
    factoryKey,
    now,
  }: {
    visitor: Visitor
    device: Device
    nonce: number
    factoryKey: CryptoKey
    now: Temporal.Instant
  },
): Promise<void> {
  const { serial, profile } = device
  const { companyId } = visitor
  const id = newId<'instance'>(now.epochMilliseconds)
  const { instance: handle, seed } = newInstance()
  const sequence = await nextActivationSequence(tx, serial)
  const facts = { bankCode, serial, instance: handle, nonce, seed }
  const software = profile === 'software'
  const { message, digest } = await sealActivationTwo(factoryKey, { software, sequence }, facts)
  const sealed = await keys.sealSeed(id, seed)
  const made = { id, companyId, serial, handle, nonce, seed: sealed }
  // 40 random bits: two that are equal are not to be expected in the life of a bank.
  if (!(await instances.insertInstance(tx, made, now))) throw new Error('a handle was drawn twice')
  const expiresAt = now.add({ minutes: parameters.activationMinutes })
  await store.saveRegistration(tx, visitor, {
    ...{ step: 'transaction-code', serial, instanceId: id, shared: false },
    ...{ message, digest, expiresAt },
  })
  await store.insertTally(tx, visitor, { kind: 'scan', serial: null, at: now })
}

export type CompletionRefusal =
  | 'registration-not-started'
  | 'not-activated'
  | 'serial-stopped'
  | 'token-suspended'
  | ScanRefusal
  | 'code-wrong'

/** 「認証確認」 @returns null where the token is registered */
export async function takeEight(
  needs: CodeNeeds,
  asked: Asked & { readonly activated: boolean },
): Promise<CodeOutcome<CompletionRefusal>> {
  const { database, keys, parameters } = needs
  const { visitor, code } = asked
  const { companyId } = visitor
  const counted = await database.asCompany(companyId, (tx) => countEight(needs, tx, asked))
  if ('refuse' in counted) return refusedCode(needs, asked, counted)

  const { registration, device, instance } = counted
  const mac = await keys.mac(device, instance)
  if (!sameCode(await transactionCode(mac, registration.digest), code)) {
    return database.asCompany(companyId, async (tx) => {
      const now = await instances.instanceById(tx, instance.id, { lock: true })
      if (registration.shared && now !== null && now.fails >= parameters.failsMax) {
        const { came } = asked
        await recordSuspension(needs, tx, {
          signer: visitor,
          instance: now,
          came,
          as: 'wrong-codes',
        })
      }
      const left = triesLeft(registration.tries, parameters.triesPerCode)
      const facts = { triesLeft: String(left) }
      return recordedRefusal(needs, tx, asked, { refuse: 'code-wrong' as const, facts })
    })
  }
  return database.asCompany(companyId, (tx) =>
    complete(needs, tx, { asked, registration, instance }),
  )
}

type Eight =
  | { readonly registration: Registration; readonly device: Device; readonly instance: Instance }
  | { readonly refuse: CompletionRefusal }

async function countEight(
  { parameters }: CodeNeeds,
  tx: Tx,
  { visitor, code, activated, came: { now } }: Asked & { readonly activated: boolean },
): Promise<Eight> {
  const registration = await store.registrationOf(tx, visitor, { lock: true })
  const { instanceId = null } = registration ?? {}
  if (registration?.step !== 'transaction-code' || instanceId === null) {
    return { refuse: 'registration-not-started' }
  }
  // A shared token is activated already: there is nothing to tick.
  if (!activated && !registration.shared) return { refuse: 'not-activated' }
  const instance = await instances.instanceById(tx, instanceId, { lock: true })
  const device = instance && (await deviceOf(tx, instance))
  if (instance === null || instance.state === 'ended' || device?.state !== 'assigned') {
    return { refuse: 'serial-stopped' }
  }
  if (isSuspended(instance, parameters)) return { refuse: 'token-suspended' }
  const { triesPerCode, failsMax } = parameters
  const refuse = judgeScan({ registration, now, triesPerCode }, code, 'transaction-code')
  if (refuse !== null) return { refuse }
  if (!(await instances.countFail(tx, instance.id, failsMax))) return { refuse: 'token-suspended' }
  await store.countTry(tx, visitor.userId)
  return { registration, device, instance }
}

async function complete(
  needs: CodeNeeds,
  tx: Tx,
  {
    asked,
    registration,
    instance,
  }: { asked: Asked; registration: Registration; instance: Instance },
): Promise<CodeOutcome<CompletionRefusal>> {
  const { history, mails, coolDowns } = needs
  const { visitor, came } = asked
  const { companyId, userId, userName } = visitor
  const { now: at, origin } = came
  const { serial } = registration
  const still = await store.registrationOf(tx, visitor, { lock: true })
  // Pressed twice: the first press has completed it.
  if (still === null || !sameScan(still, registration)) return null
  await store.forgetRegistration(tx, userId)
  if (!(await canComplete(tx, registration, instance))) {
    return recordedRefusal(needs, tx, asked, { refuse: 'serial-stopped' })
  }
  await instances.forgiveFails(tx, instance.id, 'all')
  if (!registration.shared) {
    const before = await instances.liveInstanceOf(tx, serial)
    // Two users with one device at once: who came first keeps it.
    if (before !== null && (await holdersOf(tx, before.id)).length > 0) {
      return recordedRefusal(needs, tx, asked, { refuse: 'serial-stopped' })
    }
    if (before !== null)
      await instances.endInstance(tx, { id: before.id, as: 'registered-anew' }, at)
    await instances.activate(tx, instance.id, at)
  }
  const isFirst = !(await hasHeldBefore(tx, userId))
  const id = newId<'holding'>(at.epochMilliseconds)
  const made = { id, companyId, userId, instanceId: instance.id }
  if (!(await insertHolding(tx, made, at))) throw new Error('this user holds a token already')
  if (!isFirst) await coolDowns.begin(tx, { companyId, userId, cause: 'token-registered' }, at)
  const facts = { userName, at, serialEnd: serialEnd(serial) }
  await mails.queueToUserAndMasters(
    tx,
    { companyId, userId, template: 'token-registered', facts },
    at,
  )
  await history.record(tx, {
    ...{ at, companyId, userId, operation: 'token-registration', result: 'done', origin },
    facts: { serial, ...(registration.shared && { shared: 'yes' }) },
  })
  return null
}

function sameScan(one: Registration, other: Registration): boolean {
  return Buffer.from(one.message).equals(other.message)
}

async function refusedCode<Reason extends string>(
  needs: CodeNeeds,
  asked: Asked,
  refusal: { readonly refuse: Reason; readonly facts?: Readonly<Record<string, string>> },
): Promise<CodeOutcome<Reason>> {
  return needs.database.asCompany(asked.visitor.companyId, (tx) =>
    recordedRefusal(needs, tx, asked, refusal),
  )
}

async function recordedRefusal<Reason extends string>(
  { history }: CodeNeeds,
  tx: Tx,
  { visitor: { companyId, userId }, came: { now: at, origin } }: Asked,
  refusal: { readonly refuse: Reason; readonly facts?: Readonly<Record<string, string>> },
): Promise<CodeOutcome<Reason>> {
  const said = { operation: 'token-registration', result: 'refused' } as const
  await history.record(tx, { at, companyId, userId, ...said, reason: refusal.refuse, origin })
  return refusal
}
