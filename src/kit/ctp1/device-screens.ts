/** What the device of CTP1 shows, and what it keeps when its power goes: shapes only. */
import type { Field, TemplateName, UnknownField } from './fields.ts'

/** What is wrong, as the device says it. */
export type DeviceError =
  | 'E-VER' // a message of another version of the protocol
  | 'E-TYPE' // a type of message, or a way of signing, that this device does not have
  | 'E-AUTH' // not from the bank to this device: changed on the way, or meant for another
  | 'E-SEQ' // out of turn: ACT2 before ACT1, a transaction before the registration
  | 'E-OLD' // older than the last message, or as old and another one
  | 'E-TAG' // a content that this device cannot show whole, so it does not sign it
  | 'E012' // the registration was not finished in 90 seconds, and is cancelled

export type Screen =
  | { readonly kind: 'off' }
  | { readonly kind: 'blank' } // no serial yet: a software token before its voucher
  | { readonly kind: 'dp002' } // not activated
  | { readonly kind: 'ready' } // activated
  | { readonly kind: 'camera' }
  | { readonly kind: 'confirm-replacement'; readonly loginId: string } // E017
  | { readonly kind: 'authentication-code'; readonly loginId: string; readonly code12: string } // トークン認証コード
  | { readonly kind: 'help'; readonly page: 1 | 2; readonly pages: 2 }
  | { readonly kind: 'camera-two' } // waits for the second 2D code
  | {
      readonly kind: 'registration-code' // トークン登録
      readonly loginId: string
      readonly code8: string
      readonly secondsLeft: number
    }
  | {
      readonly kind: 'confirm-registration' // E011, after the first of the two presses
      readonly loginId: string
      readonly code8: string
      readonly secondsLeft: number
    }
  | { readonly kind: 'activated' } // The device is activated.
  | {
      readonly kind: 'fields'
      readonly template: TemplateName
      readonly fields: readonly (Field | UnknownField)[] // of this page
      readonly page: number // from 1
      readonly pages: number
    }
  | { readonly kind: 'transaction-code'; readonly template: TemplateName; readonly code8: string }
  | { readonly kind: 'menu' } // its one line is Token info
  | {
      readonly kind: 'token-info'
      readonly serial: string
      readonly bankCode: string
      readonly software: boolean
      readonly tokenCode: string | null // トークンコード; null: not activated
    }
  | { readonly kind: 'message'; readonly code: DeviceError }

/** The last message that was accepted. */
export interface LastSeen {
  readonly sequence: number
  readonly fingerprint: string
}

export interface StoredInstance {
  readonly handle: bigint
  readonly loginId: string // of who registered the device
  readonly enc: CryptoKey // AES-GCM, to decrypt only
  readonly mac: CryptoKey // HMAC, to sign only
  readonly last: LastSeen | null // transaction
}

/** Survives the power; its keys cannot be exported. */
export interface StoredDevice {
  readonly serial: string
  readonly bankCode: string
  readonly software: boolean
  readonly factoryKey: CryptoKey // HKDF
  readonly lastActivation: LastSeen | null // ACT1 or ACT2
  readonly instance: StoredInstance | null // null: not activated
}

/** `save` resolves only when the device would survive a power cut. */
export interface DeviceStore {
  load(): Promise<StoredDevice | null>
  save(device: StoredDevice): Promise<void>
  wipe(): Promise<void>
}
