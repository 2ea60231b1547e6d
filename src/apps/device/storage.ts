/**
 * What survives the power — IndexedDB, which keeps keys that no program can read out: a CryptoKey
 * goes in and comes back as it is (camera-token.md A9). One device lives at one origin.
 */
import type { DeviceStore, StoredDevice } from '#kit/ctp1/device-screens.ts'

/** Kept until the bank's answer is here, so that a lost answer can be asked for again. */
export interface Unfinished {
  readonly voucher: string // 引換コード
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

export interface DeviceStorage extends DeviceStore {
  unfinished(): Promise<Unfinished | null>
  keepUnfinished(unfinished: Unfinished): Promise<void>
  dropUnfinished(): Promise<void>
  /** The device instead of the unfinished issue: both or neither. */
  become(device: StoredDevice): Promise<void>
}

const table = 'kept'
const deviceKey = 'device'
const unfinishedKey = 'unfinished'

/** @throws where the browser keeps nothing, e.g. in some private windows */
export async function openStorage(name = 'camera-token'): Promise<DeviceStorage> {
  const database = await opened(name)
  const load = async <Kept>(key: string) => {
    const request = database.transaction(table).objectStore(table).get(key)
    return ((await answered(request)) as Kept | undefined) ?? null
  }
  const change = (act: (store: IDBObjectStore) => void) => {
    const transaction = database.transaction(table, 'readwrite', { durability: 'strict' })
    act(transaction.objectStore(table))
    return committed(transaction)
  }
  return {
    load: () => load<StoredDevice>(deviceKey),
    save: (device) => change((store) => store.put(device, deviceKey)),
    wipe: () => change((store) => store.clear()),
    unfinished: () => load<Unfinished>(unfinishedKey),
    keepUnfinished: (unfinished) => change((store) => store.put(unfinished, unfinishedKey)),
    dropUnfinished: () => change((store) => store.delete(unfinishedKey)),
    become: (device) =>
      change((store) => {
        store.put(device, deviceKey)
        store.delete(unfinishedKey)
      }),
  }
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(table))
  return answered(request)
}

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(asError(request.error)))
  })
}

/** A request that succeeded is not yet on the disk; a transaction that completed is. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(asError(transaction.error)))
  })
}

function asError(error: DOMException | null): Error {
  return error ?? new Error('the browser’s storage gave no reason')
}

/** Asks the browser not to clear the keys when the disk gets full. @returns whether it promised */
export async function askToPersist(): Promise<boolean> {
  const { storage } = navigator as { storage?: StorageManager }
  if (storage?.persist === undefined) return false
  return (await storage.persisted()) || storage.persist()
}

/**
 * Resolves when this window alone has the device: two that press its buttons would overwrite each
 * other. The lock is free again when the window is closed.
 */
export async function haveAlone(waits: () => void): Promise<void> {
  const { locks } = navigator as { locks?: LockManager }
  if (locks === undefined) return
  await new Promise<void>((resolve, reject) => {
    const keep = () => {
      resolve()
      return new Promise<never>(() => undefined)
    }
    const first = locks.request('camera-token', { ifAvailable: true }, (lock) => {
      if (lock !== null) return keep()
      waits()
      locks.request('camera-token', keep).catch(reject)
      return null
    })
    first.catch(reject)
  })
}
