/**
 * トークンの入庫 — a PSKC file (RFC 6030) comes in whole or not at all: one person brings it, another
 * one approves (four eyes), every key is sealed before it is stored.
 */
import { newId } from '#kit/ids.ts'
import type { Came, RegistrationNeeds } from './registration.ts'
import { insertDelivery, insertDevice } from './devices-store.ts'
import { readPskc, type PskcRefusalReason } from './pskc.ts'

export type DeliveryRefusal =
  | 'approver-missing'
  | 'approver-is-the-same'
  | PskcRefusalReason
  | 'file-known' // this very file was brought in before
  | 'serial-known' // facts: serial

export interface Delivered {
  readonly serials: number
  readonly fileHash: string // SHA-256, hex
}
export interface RefusedDelivery {
  readonly refuse: DeliveryRefusal
  readonly facts: Readonly<Record<string, string>>
}

/** @param preSharedKey agreed with the maker of the tokens; overwritten by nobody but the caller */
export async function bringIn(
  needs: RegistrationNeeds,
  given: {
    readonly file: Uint8Array
    readonly preSharedKey: Uint8Array
    readonly by: string
    readonly approvedBy: string
  },
  came: Came,
): Promise<Delivered | RefusedDelivery> {
  const { file, preSharedKey, by, approvedBy } = given
  if (by === '' || approvedBy === '') return { refuse: 'approver-missing', facts: {} }
  if (by === approvedBy) return { refuse: 'approver-is-the-same', facts: {} }
  const read = readPskc(file, preSharedKey)
  if (!read.granted) return { refuse: read.reason, facts: read.facts }

  const { tokens, sha256: fileHash } = read.value
  const { now, origin } = came
  const id = newId<'delivery'>(now.epochMilliseconds)
  try {
    return await needs.database.asBank(async (tx) => {
      const delivery = { id, fileHash: Buffer.from(fileHash, 'hex'), serials: tokens.length }
      const people = { broughtBy: by, approvedBy }
      if (!(await insertDelivery(tx, { ...delivery, ...people }, now))) {
        throw new Refusal({ refuse: 'file-known', facts: {} })
      }
      for (const { serial, factoryKey: plain } of tokens) {
        const factoryKey = await needs.keys.sealFactoryKey(serial, plain)
        const device = { serial, profile: 'hardware', companyId: null, factoryKey } as const
        if (!(await insertDevice(tx, { ...device, deliveryId: id }, now))) {
          throw new Refusal({ refuse: 'serial-known', facts: { serial } })
        }
      }
      const facts = { lines: String(tokens.length), file: fileHash, by, approvedBy }
      const said = { operation: 'token-import', result: 'done', facts, origin } as const
      await needs.history.record(tx, { at: now, companyId: null, userId: null, ...said })
      return { serials: tokens.length, fileHash }
    })
  } catch (fault) {
    if (fault instanceof Refusal) return fault.told
    throw fault
  }
}

/** Takes back what was stored of this file. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly told: RefusedDelivery

  constructor(told: RefusedDelivery) {
    super(told.refuse)
    this.told = told
  }
}
