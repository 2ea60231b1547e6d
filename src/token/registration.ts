/**
 * トランザクション認証利用開始登録 (手順 4), its first half: the serial number and the first 2D code,
 * a shared token, beginning anew, 「あとで登録する」. The codes are taken in registration-codes.ts.
 */
import type { User } from '#administration/index.ts'
import { sealActivationOne } from '#kit/ctp1/activation.ts'
import { qrText, tokenCodeOf } from '#kit/ctp1/message.ts'
import { sealTransaction } from '#kit/ctp1/transaction.ts'
import type { Origin, Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import type { RegistrationState } from './contract.ts'
import * as devices from './devices-store.ts'
import { holdersOf, holdingsOf, type Holding } from './holdings-store.ts'
import * as instances from './instances-store.ts'
import type { TokenDesk } from './needs.ts'
import { judgeDevice, readSerials, skippableUntil } from './registration-rules.ts'
import * as store from './registration-store.ts'
import type { Registration } from './registration-store.ts'
import { serialEnd } from './serials.ts'
import { deviceOf, isSuspended, madeTooMany } from './signing-desk.ts'
import type { TokenKeys } from './token-keys.ts'

export type RegistrationNeeds = TokenDesk & { readonly keys: TokenKeys }

export interface Came {
  readonly now: Temporal.Instant
  readonly origin: Origin
}

export interface Refused<Reason extends string> {
  readonly refuse: Reason
}

/** Where it stands; the screen shows this, also after a reload. */
export async function registrationState(
  { parameters, administration }: RegistrationNeeds,
  tx: Tx,
  visitor: Visitor,
  now: Temporal.Instant,
): Promise<RegistrationState> {
  const registration = await store.registrationOf(tx, visitor)
  const user = await administration.userById(tx, visitor.userId)
  const until = user && skippableUntil(user, { now, skippableDays: parameters.skippableDays })
  const users = await administration.usersOf(tx, visitor.companyId)
  return {
    step: registration?.step ?? 'serial',
    serial: registration?.serial ?? null,
    shared: registration?.shared ?? false,
    scan: registration && scanOf(registration, now, parameters),
    sharable: sharable(await holdingsOf(tx, visitor.companyId, parameters), users),
    skippableUntil: until?.toString() ?? null,
  }
}

function scanOf(
  { message, expiresAt, tries }: Registration,
  now: Temporal.Instant,
  { triesPerCode }: RegistrationNeeds['parameters'],
): RegistrationState['scan'] {
  const isOver = Temporal.Instant.compare(now, expiresAt) >= 0 || tries >= triesPerCode
  if (isOver) return null
  return { qr: qrText(message), now: now.toString(), expiresAt: expiresAt.toString() }
}

/** 登録済みのトークン, each once, with the names of those who use it. */
function sharable(all: readonly Holding[], users: readonly User[]): RegistrationState['sharable'] {
  const names = new Map(users.map(({ id, name }) => [id, name]))
  const usable = all.filter(({ suspended }) => !suspended)
  return [...Map.groupBy(usable, ({ instanceId }) => instanceId).values()].map((list) => ({
    tokenCode: tokenCodeOf(list[0]!.handle),
    serialEnd: serialEnd(list[0]!.serial),
    users: list.map(({ userId }) => names.get(userId) ?? '').join('、'),
  }))
}

export type StartRefusal =
  | 'serial-malformed'
  | 'serials-differ'
  | 'serial-unknown'
  | 'serial-stopped'
  | 'serial-registered'
  | 'too-many-challenges'

/** The first 2D code, for a serial number typed twice. Also the way to a new one. */
export async function start(
  needs: RegistrationNeeds,
  tx: Tx,
  {
    visitor,
    typed,
    now,
  }: {
    visitor: Visitor
    typed: { readonly serial: string; readonly serialAgain: string }
    now: Temporal.Instant
  },
): Promise<Refused<StartRefusal> | null> {
  const { keys, bankCode, parameters } = needs
  const read = readSerials(typed)
  if (!read.granted) return { refuse: read.reason }
  const found = await devices.deviceBySerial(tx, read.value, { lock: true })
  const live = found && (await instances.liveInstanceOf(tx, found.serial))
  const holders = live === null ? [] : await holdersOf(tx, live.id)
  const judged = judgeDevice(found, { companyId: visitor.companyId, holders })
  if (!judged.granted) return { refuse: judged.reason }
  if (await madeTooMany(tx, { signer: visitor, now, parameters })) {
    return { refuse: 'too-many-challenges' }
  }

  const { serial, profile } = judged.value
  const sequence = await devices.nextActivationSequence(tx, serial)
  const facts = { bankCode, serial, software: profile === 'software', sequence }
  const factoryKey = await keys.factoryKey(judged.value)
  const { message, digest } = await sealActivationOne(factoryKey, facts, visitor.loginId)
  const expiresAt = now.add({ minutes: parameters.activationMinutes })
  await store.saveRegistration(tx, visitor, {
    ...{ step: 'authentication-code', serial, instanceId: null, shared: false },
    ...{ message, digest, expiresAt },
  })
  await store.insertTally(tx, visitor, { kind: 'scan', serial: null, at: now })
  return null
}

export type ShareRefusal = 'token-code-unknown' | 'token-suspended' | 'too-many-challenges'

/** 登録済みのトークンを使う: straight to the 8 digits, over a message that says who joins. */
export async function share(
  needs: RegistrationNeeds,
  tx: Tx,
  { visitor, tokenCode, now }: { visitor: Visitor; tokenCode: string; now: Temporal.Instant },
): Promise<Refused<ShareRefusal> | null> {
  const { keys, bankCode, parameters } = needs
  const code = tokenCode.normalize('NFKC').replaceAll(/\D/g, '').padStart(13, '0')
  const all = await holdingsOf(tx, visitor.companyId, parameters)
  const held = all.find(({ handle }) => tokenCodeOf(handle) === code)
  const instance =
    held === undefined ? null : await instances.instanceById(tx, held.instanceId, { lock: true })
  if (instance === null) return { refuse: 'token-code-unknown' }
  if (isSuspended(instance, parameters)) return { refuse: 'token-suspended' }
  if (await madeTooMany(tx, { signer: visitor, now, parameters })) {
    return { refuse: 'too-many-challenges' }
  }

  const device = await deviceOf(tx, instance)
  const sequence = await instances.nextSequence(tx, instance.id)
  const software = device.profile === 'software'
  const facts = { bankCode, instance: instance.handle, software, sequence }
  const sealed = await sealTransaction(await keys.enc(device, instance), facts, {
    template: 'login-confirmation',
    fields: [
      { tag: 'login-id', value: visitor.loginId },
      { tag: 'text', value: 'トークン共用登録' },
    ],
  })
  const expiresAt = now.add({ minutes: parameters.challengeMinutes })
  await store.saveRegistration(tx, visitor, {
    ...{ step: 'transaction-code', serial: device.serial, instanceId: instance.id, shared: true },
    ...{ message: sealed.message, digest: sealed.digest, expiresAt },
  })
  await store.insertTally(tx, visitor, { kind: 'scan', serial: null, at: now })
  return null
}

/** 「あとで登録する」 */
export async function postpone(
  { administration, history, parameters }: RegistrationNeeds,
  tx: Tx,
  { visitor, came }: { visitor: Visitor; came: Came },
): Promise<Refused<'not-skippable'> | null> {
  const { companyId, userId } = visitor
  const { now: at, origin } = came
  const { skippableDays } = parameters
  const user = await administration.userById(tx, userId)
  if (user === null || skippableUntil(user, { now: at, skippableDays }) === null) {
    return { refuse: 'not-skippable' }
  }
  await store.savePostponement(tx, visitor, at)
  const operation = 'token-registration-postponed'
  await history.record(tx, { at, companyId, userId, operation, result: 'done', origin })
  return null
}
