/**
 * パスフレーズ of the .p12 — what is wrong with it. The bank never sees it, so the rules stand in
 * the page. Printable ASCII: outside of it Windows, macOS and OpenSSL spell passwords differently;
 * 32 letters: the dialogs of older Windows take no more.
 */
import type { ja } from '../messages.ja.ts'

export const passphraseLengths = { lengthMin: 8, lengthMax: 32 } as const

export type PassphraseFault = keyof (typeof ja)['passphraseFaults']

export interface Passphrases {
  readonly passphrase: string
  readonly passphraseAgain: string
  readonly loginId: string
}

/** @returns by field; nothing where all is well */
export function faultsOf({ passphrase, passphraseAgain, loginId }: Passphrases): {
  readonly passphrase?: PassphraseFault
  readonly passphraseAgain?: PassphraseFault
} {
  const fault = faultOf(passphrase, loginId)
  if (fault !== null) return { passphrase: fault }
  if (passphraseAgain === '') return { passphraseAgain: 'required' }
  return passphraseAgain === passphrase ? {} : { passphraseAgain: 'differs' }
}

function faultOf(passphrase: string, loginId: string): PassphraseFault | null {
  if (passphrase === '') return 'required'
  if (!/^[!-~]+$/.test(passphrase)) return 'not-half-width'
  if (passphrase.length < passphraseLengths.lengthMin) return 'too-short'
  if (passphrase.length > passphraseLengths.lengthMax) return 'too-long'
  return passphrase.toLowerCase() === loginId.toLowerCase() ? 'same-as-login-id' : null
}
