/**
 * トランザクション認証利用開始登録 (手順 4) — what is refused, in the published order of contract.ts.
 *
 *   serial ──starts, ACT1──▶ authentication-code ──12 digits, ACT2──▶ transaction-code ──8 digits──▶ done
 *     └── 登録済みのトークンを使う, TX ─────────────────────────▶ transaction-code ──8 digits──▶ done
 *
 * Pure: the caller brings what is stored and stores what follows. camera-token.md A5, A6.
 */
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { CompanyId, UserId } from '#kit/ids.ts'
import type { Right, Role } from '#kit/rights.ts'
import { codeFormRefusal, type CodeFormRefusal } from './code-form.ts'
import type { Device } from './devices-store.ts'
import type { TokenParameters } from './parameters.ts'
import type { Registration } from './registration-store.ts'
import { serialTyped } from './serials.ts'

/** Who holds a right that needs it (北陸FAQ: no right, no screen), and who manages users. */
export function needsToken(
  user: { readonly role: Role; readonly rights: ReadonlySet<Right> },
  { rightsNeedingToken }: Pick<TokenParameters, 'rightsNeedingToken'>,
): boolean {
  return user.role !== 'general' || rightsNeedingToken.some((right) => user.rights.has(right))
}

/** Until when 「あとで登録する」 is offered; null: no longer, or never. */
export function skippableUntil(
  { registeredAt }: { readonly registeredAt: Temporal.Instant },
  { now, skippableDays }: { now: Temporal.Instant; skippableDays: number },
): Temporal.Instant | null {
  const until = registeredAt.add({ hours: 24 * skippableDays })
  return Temporal.Instant.compare(now, until) < 0 ? until : null
}

export type SerialFormRefusal = 'serial-malformed' | 'serials-differ'

/** @returns the serial number, without zeros in front */
export function readSerials(typed: {
  readonly serial: string
  readonly serialAgain: string
}): Outcome<string, SerialFormRefusal> {
  const serial = serialTyped(typed.serial)
  if (serial === null) return refused('serial-malformed')
  if (serialTyped(typed.serialAgain) !== serial) return refused('serials-differ')
  return granted(serial)
}

export type SerialRefusal = 'serial-unknown' | 'serial-stopped' | 'serial-registered'

/** @param holders who signs with it today */
export function judgeDevice(
  device: Device | null,
  { companyId, holders }: { companyId: CompanyId; holders: readonly UserId[] },
): Outcome<Device, SerialRefusal> {
  // In stock, or another company's: nobody learns which serial numbers exist.
  if (device === null || device.companyId !== companyId) return refused('serial-unknown')
  if (device.state === 'discarded') return refused('serial-stopped')
  if (holders.length > 0) return refused('serial-registered')
  return granted(device)
}

export type ScanRefusal = 'scan-expired' | 'scan-spent' | CodeFormRefusal

interface Scanned {
  readonly registration: Pick<Registration, 'expiresAt' | 'tries'>
  readonly now: Temporal.Instant
  readonly triesPerCode: number
}

/** Whether a code may be tried at this 2D code at all. Nothing is counted for these. */
export function judgeScan(
  { registration, now, triesPerCode }: Scanned,
  code: string,
  step: Registration['step'],
): ScanRefusal | null {
  if (Temporal.Instant.compare(now, registration.expiresAt) >= 0) return 'scan-expired'
  if (registration.tries >= triesPerCode) return 'scan-spent'
  return codeFormRefusal(code, step)
}

/** 「あと○回」, once this one is counted. */
export function triesLeft(triesBefore: number, triesPerCode: number): number {
  return Math.max(triesPerCode - triesBefore - 1, 0)
}
