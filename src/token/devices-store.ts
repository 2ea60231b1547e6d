/** トークン (devices) and their 入庫 — the SQL. Decides nothing. */
import { sql } from 'kysely'
import type { CompanyId } from '#kit/ids.ts'
import type { Tx } from '#platform/database/database.ts'

export interface Device {
  readonly serial: string // シリアル番号
  readonly profile: 'hardware' | 'software'
  readonly state: 'in-stock' | 'assigned' | 'discarded' // 在庫・割当済み・廃棄
  readonly companyId: CompanyId | null
  readonly factoryKey: Uint8Array // sealed
}

interface Row {
  serial: string
  profile: Device['profile']
  state: Device['state']
  company_id: CompanyId | null
  factory_key: Uint8Array
}
const columns = sql`serial, profile, state, company_id, factory_key`

function deviceOf({ company_id: companyId, factory_key: factoryKey, ...same }: Row): Device {
  return { ...same, companyId, factoryKey }
}

/** @param lock true: registrations of one device are judged one after the other */
export async function deviceBySerial(
  tx: Tx,
  serial: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Device | null> {
  const { rows } = await sql<Row>`
    select ${columns} from token.device where serial = ${serial}
      ${lock ? sql`for no key update` : sql``}`.execute(tx)
  return rows[0] === undefined ? null : deviceOf(rows[0])
}

export async function devices(
  tx: Tx,
  { companyId }: { companyId: CompanyId | null },
): Promise<readonly Device[]> {
  const { rows } = await sql<Row>`
    select ${columns} from token.device
     where ${companyId}::uuid is null or company_id = ${companyId}
     order by length(serial), serial`.execute(tx)
  return rows.map(deviceOf)
}

/** The next sequence of this device's 2D codes. @throws when 2^24 are used up */
export async function nextActivationSequence(tx: Tx, serial: string): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`
    update token.device set activation_sequence = activation_sequence + 1
     where serial = ${serial} returning activation_sequence as sequence`.execute(tx)
  return rows[0]!.sequence
}

export interface NewDevice extends Omit<Device, 'state'> {
  readonly deliveryId: string | null
}

/** @returns false when the serial number is known */
export async function insertDevice(
  tx: Tx,
  device: NewDevice,
  now: Temporal.Instant,
): Promise<boolean> {
  const { serial, profile, companyId, factoryKey, deliveryId } = device
  const state = companyId === null ? 'in-stock' : 'assigned'
  const { numAffectedRows } = await sql`
    insert into token.device (serial, profile, state, company_id, factory_key, delivery_id,
      made_at, assigned_at)
    values (${serial}, ${profile}, ${state}, ${companyId}, ${factoryKey}, ${deliveryId}, ${now},
      ${companyId === null ? null : now})
    on conflict (serial) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export interface Delivery {
  readonly id: string
  readonly fileHash: Uint8Array
  readonly serials: number
  readonly broughtBy: string
  readonly approvedBy: string
}

/** @returns false when this very file was brought in before */
export async function insertDelivery(
  tx: Tx,
  { id, fileHash, serials, broughtBy, approvedBy }: Delivery,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into token.delivery (id, file_hash, serials, brought_by, approved_by, at)
    values (${id}, ${fileHash}, ${serials}, ${broughtBy}, ${approvedBy}, ${now})
    on conflict (file_hash) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** 割当. @returns false when it is not in stock */
export async function assignDevice(
  tx: Tx,
  { serial, companyId }: { serial: string; companyId: CompanyId },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update token.device set state = 'assigned', company_id = ${companyId}, assigned_at = ${now}
     where serial = ${serial} and state = 'in-stock'`.execute(tx)
  return numAffectedRows === 1n
}

/** 廃棄. @returns false when it was discarded before */
export async function discardDevice(tx: Tx, serial: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update token.device set state = 'discarded'
     where serial = ${serial} and state <> 'discarded'`.execute(tx)
  return numAffectedRows === 1n
}
